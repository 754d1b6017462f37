"""`retrieval evaluate` as an engineer starts it, and what it writes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR, nDCG

from retrieval import DEFAULT_ENGINE, Caution, Sentence
from retrieval.__main__ import main
from retrieval.corpus.articles import read_corpus
from retrieval.evaluation.datasets import reading
from retrieval.evaluation.datasets.judged import Collection, Span
from retrieval.evaluation.experiment import Plan, evaluate, hold_out, limited
from retrieval.evaluation.measuring import metrics, runs
from retrieval.evaluation.measuring.runs import Finding, FoundSentence
from retrieval.evaluation.perturbing import perturbations
from retrieval.evaluation.results import comparing, records, report
from tests.conftest import ROOT, Run
from tests.retrieval.evaluation.judged_files import BAKER, VILLAGE, paragraph, write_corpus, write_rows, write_squad

pytestmark = pytest.mark.usefixtures("analyzer")  # the word tables are compiled before the first process starts

HOSTILE = '<script>alert("۱")</script> & <b>'


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write_squad(tmp_path / "village.json")


@pytest.fixture
def collection(village: Path) -> Collection:
    return reading.read([village])


def test_the_whole_way_from_a_squad_file_to_figures(run: Run, village: Path, tmp_path: Path) -> None:
    out = {name: tmp_path / f"out.{name}" for name in ("json", "html", "trec")}
    options = [part for name, path in out.items() for part in (f"--{name}", str(path))]

    done = run(
        "retrieval",
        "evaluate",
        str(village),
        *options,
        "--absent",
        "--engine",
        "rank-bm25",
        "--perturb",
        "half-spaces-lost",
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "3 articles, 9 sentences, engine rank-bm25" in done.stdout
    assert "village: 7 questions, 6 answerable" in done.stdout
    assert re.search(r"  S@1 +1\.000  \[1\.000, 1\.000\]", done.stdout)
    assert "village, half of the articles held out" in done.stdout
    assert "village, drop under half-spaces-lost-corpus" in done.stdout
    found = json.loads(out["json"].read_text(encoding="utf-8"))
    assert found["version"] == 1
    assert found["collection"] == {"articles": 3, "sentences": 9, "questions": 7}
    assert found["groups"][0]["measures"]["A@1"] == [1, 1, 1]
    assert 0 <= found["groups"][0]["answering"]["AUROC"][0] <= 1
    assert [row["perturbation"] for row in found["perturbed"]] == [
        "half-spaces-lost-question",
        "half-spaces-lost-corpus",
    ]
    assert len(found["questions"]) == 7
    assert out["html"].read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_trec_files_give_the_same_measures_to_others(collection: Collection, tmp_path: Path) -> None:
    found = evaluate(collection, Plan())
    records.write_trec(found, tmp_path / "trec")
    for level, measure, name in (("sentences", RR @ 10, "MRR@10"), ("passages", nDCG @ 10, "passage nDCG@10")):
        qrels = ir_measures.read_trec_qrels(str(tmp_path / "trec" / f"{level}.qrels"))  # type: ignore[no-untyped-call]
        ranked = ir_measures.read_trec_run(str(tmp_path / "trec" / f"{level}.run"))  # type: ignore[no-untyped-call]
        assert ir_measures.calc_aggregate([measure], qrels, ranked)[measure] == pytest.approx(
            found.groups[0].measures[name].value
        )


def test_our_rows_and_trec_topics_are_asked_of_a_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    rows = write_rows(
        tmp_path / "rows.jsonl",
        {"question": "نانوا کیست؟", "status": "answered", "must": ["حیدر قاسمی"]},
        {"question": "قیمت دلار چند است؟", "status": "not_found"},
        {"question": "آن کجاست؟", "status": "answered", "must": ["نام دیگر"]},
    )
    topics, qrels = tmp_path / "topics.tsv", tmp_path / "qrels.txt"
    topics.write_text("t1\tباغ انار چند درخت دارد؟\n", encoding="utf-8")
    qrels.write_text("t1 0 village.txt 1\n", encoding="utf-8")

    assert main(["evaluate", str(rows), str(topics), "--corpus", str(corpus), "--qrels", str(qrels)]) == 0

    out, error = capsys.readouterr()
    assert "rows.jsonl, line 3: what the answer must contain stands in no sentence of the corpus" in error
    assert "rows: 2 questions, 1 answerable" in out
    topics_part = out.partition("topics: 1 questions, 1 answerable")[2].partition("\n\n")[0]
    assert re.search(r"  P@1 +1\.000", topics_part)
    assert "S@1  " not in topics_part, "only passages were judged"


def test_same_seed_same_bytes_whatever_the_number_of_processes(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "PARALLEL_QUESTIONS", 1)
    monkeypatch.setattr(runs, "QUESTIONS_A_CHUNK", 2)
    names = ("one-typo", "hamza-corpus")

    def measured(seed: int, jobs: int) -> str:
        plan = Plan(seed=seed, jobs=jobs, absent=True, perturbations=names)
        return records.to_json(evaluate(collection, plan))

    assert measured(5, jobs=1) == measured(5, jobs=2)
    assert measured(5, jobs=1) != measured(6, jobs=1)


def test_an_evaluation_compared_with_itself_and_with_a_run_is_no_better(collection: Collection, tmp_path: Path) -> None:
    found = evaluate(collection, Plan())
    (tmp_path / "earlier.json").write_text(records.to_json(found), encoding="utf-8")
    records.write_trec(found, tmp_path / "trec")
    for name, measures in (
        ("earlier.json", set(found.measured)),
        ("trec/sentences.run", set(found.measured) - {"A@1"}),
        ("trec/passages.run", {name for name in found.measured if name.startswith(("P@", "passage"))}),
    ):
        (compared,) = comparing.compare(found, comparing.read_earlier(tmp_path / name, collection))
        assert set(compared.differences) == measures
        assert {found[:4] for found in compared.differences.values()} == {(0, 0, 0, 1)}
        assert not any(found.won or found.lost for found in compared.differences.values())


def test_a_worse_earlier_run_shows_the_difference(collection: Collection, tmp_path: Path) -> None:
    found = evaluate(collection, Plan())
    earlier = json.loads(records.to_json(found))
    for row in earlier["questions"]:
        row["measures"] = dict.fromkeys(row["measures"], 0.0)
    path = tmp_path / "earlier.json"
    path.write_text(json.dumps(earlier), encoding="utf-8")
    (compared,) = comparing.compare(found, comparing.read_earlier(path, collection))
    assert compared.differences["S@1"].value == found.groups[0].measures["S@1"].value > 0
    assert compared.differences["S@1"].p < 0.1
    assert "Against the earlier run" in report.to_html(found, [compared])


Tell = Callable[..., str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Run a command that fails; gives its one line."""

    def tell(*arguments: str | Path) -> str:
        assert main(["evaluate", *map(str, arguments)]) == 2
        out, error = capsys.readouterr()
        assert out == ""
        assert error.startswith("retrieval: ")
        assert error.count("\n") == 1
        return error

    return tell


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"questions": 3}', "it is no evaluation"),
        ('{"version": 2, "questions": []}', "another version of this program wrote it"),
        ('{"questions": [{"id": "x", "measures": {"S@1": 1}}]}', "it shares no question"),
        ("village/0/0/0 Q0 d 1 2.5 tag\n", "it has no sentence or passage of this collection"),
        ("q Q0 d 1 2.5 tag\n", "it shares no question"),
        ("q Q0 d 1 high tag\n", "line 1: «high» is no score"),
        ("q Q0 d 1\n", "line 1: it has 4 columns"),
        ("", "it has no lines"),
    ],
)
def test_what_cannot_be_compared_is_named(
    told: Tell, village: Path, tmp_path: Path, content: str, expected: str
) -> None:
    (tmp_path / "earlier").write_text(content, encoding="utf-8")
    line = told(village, "--compare", tmp_path / "earlier")
    assert str(tmp_path / "earlier") in line
    assert expected in line


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["none.json"], "none.json: it cannot be read"),
        (["rows.jsonl"], "name them with --corpus DIR"),
        (["village.json", "--perturb", "noise"], "no perturbation is called «noise»"),
        (["village.json", "--engine", "noise"], "no engine is called «noise»"),
        (["village.json", "--json", "no/such/out.json"], "out.json: it cannot be written"),
        (["village.json", "--trec", "village.json"], "village.json: it cannot be written"),
        (["village.json", "--corpus", "nowhere"], "there is no such corpus"),
    ],
)
def test_a_mistake_is_told_in_one_line(
    told: Tell, village: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str
) -> None:
    monkeypatch.chdir(village.parent)
    assert expected in told(*arguments)


@pytest.mark.parametrize("missing", ["ir_measures", "scipy", "jinja2", "matplotlib"])
def test_without_the_extra_the_error_names_the_command(
    told: Tell, village: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    assert f"needs {missing}, which is not installed; run `pip install 'pasokh[evaluation]'`" in told(village)


def test_asking_imports_nothing_of_the_evaluation() -> None:
    program = (
        "import sys, bot.__main__, retrieval.__main__\n"
        "retrieval.__main__._parser()\n"
        "print([name for name in ('ir_measures', 'scipy', 'jinja2', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "[]\n"


class Page(HTMLParser):
    """Checks that every element is closed where it should be, and keeps what it is asked about."""

    EMPTY = frozenset({"meta", "input", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_report_is_well_formed_and_escapes_what_is_hostile(tmp_path: Path) -> None:
    hostile = paragraph(f"{HOSTILE} نانوا حیدر است. {HOSTILE} نانوا پیر است.", (f"نانوا کیست {HOSTILE}؟", "پیر"))
    path = write_squad(tmp_path / '"><img src=x>.json', [{"title": HOSTILE, "paragraphs": [hostile]}, *VILLAGE])
    found = evaluate(reading.read([path]), Plan(absent=True, perturbations=("one-typo",)))

    page = report.to_html(found)

    parsed = Page(page)
    assert parsed.open == []
    assert "&lt;script&gt;alert(" in page
    assert "<script>alert" not in page
    assert "<img" not in page
    assert [tag for tag, _ in parsed.tags].count("script") == 1
    used = [attributes.get(name) for _, attributes in parsed.tags for name in ("src", "href")]
    assert all(target.startswith("#") for target in used if target), "nothing is fetched"
    failed = [attributes for tag, attributes in parsed.tags if tag == "details"]
    assert len(failed) == len(report.failures(found)) > 0
    assert all(attributes["data-kind"] in report.FAILURE_KINDS for attributes in failed)
    assert ("summary", {"dir": "rtl"}) in parsed.tags


def test_every_kind_of_failure_is_told_with_its_gold_sentence_and_shares(collection: Collection) -> None:
    found = evaluate(collection, Plan())
    # Sentences 1, 2 and 3, 4, 5 of the first article; the gold sentence of question 1 is the second.
    one, two, three = found.sentences[:3]

    def finding(number: int, *ranked: Sentence, confidence: float = 0.9) -> Finding:
        hits = tuple(
            FoundSentence(
                Span(hit.article.id, hit.start, hit.end),
                Span(hit.article.id, hit.passage.start, hit.passage.end),
                -rank,
                {"order": rank + 0.5, "kind of answer": 2.0},
            )
            for rank, hit in enumerate(ranked)
        )
        return Finding(collection.questions[number], "person", hits, hits[0].sentence if hits else None, confidence)

    findings = [finding(1, three, two), finding(1, one), finding(1), finding(1, two, confidence=0.1), finding(1, two)]
    findings += [replace(findings[-1], quotation=Span(two.article.id, two.start, two.start + 4)), finding(5, one)]
    findings = [replace(found, judged=replace(found.judged, id=f"q{place}")) for place, found in enumerate(findings)]
    measured = metrics.measure(findings, found.sentences, collection.texts)
    found = replace(found, findings=findings, measured=measured)

    failures = report.failures(found)

    assert [failure.kind for failure in failures] == [
        "elsewhere", "neighbour", "nothing", "withheld", "quotation", "unfounded",
    ]  # fmt: skip
    first = failures[0]
    assert first.first
    assert first.first[1] == ("", three.text, "")
    assert [gold for _, gold in first.golds] == [("نانوا ", "حیدر قاسمی", " سی سال است که آنجا کار می‌کند.")]
    assert (first.rank, first.shares) == (2, [("order", 0.5, 1.5), ("kind of answer", 2.0, 2.0)])
    assert (failures[1].rank, failures[1].shares[0]) == (None, ("kind of answer", 2.0, None))
    assert (failures[2].first, failures[2].shares) == (None, [])
    assert failures[4].first
    assert failures[4].first[1] == ("", two.text[:4], two.text[4:])
    assert failures[5].golds == []
    assert Page(report.to_html(found)).open == []


def test_a_limit_draws_the_same_questions_and_keeps_all_articles(collection: Collection) -> None:
    some = limited(collection, Plan(limit=3))
    assert (len(some.questions), some.articles) == (3, collection.articles)
    assert some == limited(collection, Plan(limit=3))
    assert [judged for judged in collection.questions if judged in some.questions] == list(some.questions)
    assert limited(collection, Plan(limit=99)) == collection


def test_half_of_the_articles_are_held_out_with_their_answers(collection: Collection) -> None:
    half = hold_out(collection, seed=1)
    kept = {article.id for article in half.articles}
    assert len(kept) == 2
    assert len(half.questions) == 6, "questions that never had an answer are not asked"
    for before, after in zip((one for one in collection.questions if one.answerable), half.questions, strict=True):
        assert after.answerable == (before.article in kept)
        assert after.answers == (before.answers if after.answerable else ())
    assert hold_out(collection, seed=1) == half
    assert any(hold_out(collection, seed).articles != half.articles for seed in range(2, 9))


def test_questions_are_asked_of_the_perturbed_texts(collection: Collection) -> None:
    plan = Plan(perturbations=tuple(perturbations.PERTURBATIONS))
    drops = {one.perturbation: one.drops["S@1"].value for one in evaluate(collection, plan).perturbed}
    assert list(drops) == list(perturbations.PERTURBATIONS)
    assert all(value == 0 for name, value in drops.items() if name.endswith(("-question", "-corpus")))


def test_articles_keep_their_details_on_the_way_to_the_retriever(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    header = "---\ntitle: نانوایی\ndate: 1404-10-06\nsource: روزنامه\nauthor: نویسنده\nurl: https://example.org\n---\n"
    (corpus / "baker.md").write_text(header + BAKER, encoding="utf-8")
    articles = read_corpus(corpus).articles
    assert tuple(runs.retriever_over(articles, DEFAULT_ENGINE).articles) == articles


def test_the_more_careful_the_fewer_are_answered(village: Path, tmp_path: Path) -> None:
    answered = []
    for caution in Caution:
        out = tmp_path / f"{caution.name}.json"
        assert main(["evaluate", str(village), "--caution", caution.name.lower(), "--json", str(out)]) == 0
        found = json.loads(out.read_text(encoding="utf-8"))
        assert found["plan"]["threshold"] == caution.value
        answered.append(found["groups"][0]["answering"]["answered, of the answerable"][0])
    assert answered == sorted(answered), "from careful to eager"
    assert answered[-1] > 0
