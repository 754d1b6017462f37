"""The synthetic collection: the same bytes from the same seed, read without problems, and gold sentences."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from benchmarks.synthetic import FORMS, LENGTH, MOST, SHORTEST, SPREAD, Collection
from benchmarks.vocabulary import EXPONENT, FUNCTION_WORDS, NAMES, UNUSED_NAMES, VERBS, words
from retrieval import Analyzer, Article, read_corpus
from retrieval.evaluation.datasets import question_rows
from retrieval.text.passages import passages, sentences

SENTENCES = 2000


@pytest.fixture(scope="module")
def collection() -> Collection:
    return Collection(SENTENCES)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(folder: Path, sentences: int, **arguments: object) -> Path:
    Collection(sentences, **arguments).write(folder)  # type: ignore[arg-type]
    return folder


def sentences_of(article: Article) -> list[str]:
    return [sentence.text for passage in passages(article) for sentence in sentences(passage)]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path, form: str) -> None:
    one, two, other = (
        files(written(tmp_path / name, 300, seed=seed, form=form)) for name, seed in (("1", 7), ("2", 7), ("3", 8))
    )
    assert one == two
    assert not set(one.values()) & set(other.values())


def test_a_smaller_collection_is_the_beginning_of_a_larger(collection: Collection) -> None:
    smaller = list(Collection(SENTENCES // 2))
    for ours, theirs in zip(smaller[:-1], collection, strict=False):
        assert (ours.id, ours.title, ours.text) == (theirs.id, theirs.title, theirs.text)
    last = smaller[-1].sentences
    assert len(last) <= len(collection.article(len(smaller) - 1).sentences)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_back_whole(tmp_path: Path, collection: Collection, form: str) -> None:
    corpus = read_corpus(written(tmp_path / "corpus", SENTENCES, form=form))
    assert corpus.problems == ()
    assert len(corpus.articles) == len(collection)
    for article, composed in zip(corpus.articles, collection, strict=True):
        assert article.id.startswith(composed.id.removesuffix(".txt") if form != "jsonl" else composed.id[5:11])
        assert (article.title, article.date, article.source) == (composed.title, composed.date, composed.source)
        assert sentences_of(article) == composed.sentences
    assert sum(len(sentences_of(article)) for article in corpus.articles) == SENTENCES


def test_articles_lie_in_sub_folders(tmp_path: Path) -> None:
    folder = written(tmp_path / "corpus", 6000)
    counts = Counter(path.parent for path in folder.rglob("*.txt"))
    assert len(counts) > 1
    assert max(counts.values()) <= 250


def test_lengths_are_a_dispatchs(collection: Collection) -> None:
    lengths = np.array([len(sentence.split()) for article in collection for sentence in article.sentences])
    sizes = [len(article.sentences) for article in collection]
    assert lengths.min() >= SHORTEST
    assert abs(np.log(lengths).mean() - LENGTH) < 0.05
    assert abs(np.log(lengths).std() - SPREAD) < 0.05
    assert 10 <= np.mean(sizes) <= 20
    assert max(sizes) <= MOST


def test_frequencies_fall_by_zipfs_law() -> None:
    random = np.random.default_rng(3)
    counts = np.sort(np.bincount(words().draw(random, 1_000_000)))[::-1][30:1000]
    slope = np.polyfit(np.log(np.arange(30, 1000)), np.log(counts), 1)[0]
    assert abs(slope + EXPONENT) < 0.1


def test_a_larger_collection_has_more_words(collection: Collection) -> None:
    some = {rank for article in Collection(SENTENCES // 4) for rank in article.ranks.tolist()}
    more = {rank for article in collection for rank in article.ranks.tolist()}
    assert len(more) > 1.8 * len(some)


def test_the_words_are_persian_as_it_is_written(analyzer: Analyzer) -> None:
    known = words()
    assert len(set(known.ranked)) > 0.99 * len(known.ranked)
    assert len(known.unused) == UNUSED_NAMES
    assert len(known.ranked) > NAMES
    top = known.ranked[len(FUNCTION_WORDS) : 20_000]
    assert 0.1 < np.mean(["\u200c" in word for word in top]) < 0.4
    assert np.mean([bool(analyzer.terms(word)) for word in top]) > 0.98
    assert not any(analyzer.terms(word) for word in FUNCTION_WORDS[:10])
    assert all(word == " ".join(word.split()) for word in (*known.ranked, *known.unused, *VERBS))


def test_each_gold_sentence_stands_in_its_article_and_absent_names_nowhere(
    collection: Collection, analyzer: Analyzer
) -> None:
    questions = collection.questions(200)
    assert Counter(question.kind for question in questions) == {"plain": 120, "typo": 40, "absent": 40}
    text = {article.id: article.text for article in collection}
    numbered = [sentence for article in collection for sentence in article.sentences]
    unused = set(words().unused)
    everything = set(" ".join(text.values()).replace("،", "").replace(".", "").split())
    for question in questions:
        if question.kind == "absent":
            assert question.gold == question.article == ""
            assert len(unused.intersection(question.text.split())) == 2
        else:
            assert question.gold in text[question.article]
            assert numbered[question.number] == question.gold
            shared = set(analyzer.terms(question.text)) & set(analyzer.terms(question.gold))
            assert len(shared) >= 2
    assert not unused & everything
    assert questions == collection.questions(200)


def test_the_evaluation_reads_the_questions(tmp_path: Path, collection: Collection) -> None:
    corpus = read_corpus(written(tmp_path / "corpus", SENTENCES))
    path = tmp_path / "questions.jsonl"
    questions = collection.questions(30)
    path.write_text("\n".join(json.dumps(question.row()) for question in questions), encoding="utf-8")
    judged = question_rows.read(path, corpus.articles)
    assert judged.problems == ()
    assert [bool(one.answers) for one in judged.questions] == [bool(question.gold) for question in questions]
