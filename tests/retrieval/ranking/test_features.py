"""Each feature by hand on small examples, and the common subsequence against the textbook's."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Article, Retriever
from retrieval.engines import Group
from retrieval.evaluation.measuring.runs import retriever_over
from retrieval.query.question import Question
from retrieval.query.question_words import Seeks
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.features import FEATURE_NAMES, FEATURES, Feature, FeatureGroup, matrix
from retrieval.ranking.sentence_view import SentenceView
from retrieval.ranking.word_order import MetUnits, common_subsequences
from tests.conftest import ROOT
from tests.indexes import passage_numbers

pytestmark = pytest.mark.usefixtures("analyzer")

ARTICLE = Article(
    "a",
    "باغ انار",
    "باغ انار روستا چهارصد درخت دارد. برداشت میوه در آبان آغاز می‌شود. او میوه را به شهر برد."
    "\n\nسنگ کوه سرخ. کوه سنگ سرخ. سرخ کوه دور سنگ."
    "\n\nپل چوبی رودخانه در سال ۱۳۲۰ ساخته شد، «پل کهنه» (نام دیگر آن) بود؟",
)
Values = dict[str, float]


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return retriever_over([ARTICLE], "rank-bm25")


def of(retriever: Retriever, opening: str, question: Question | str) -> Values:
    """The features of the sentence that begins with `opening`."""
    asked = retriever.read(question) if isinstance(question, str) else question
    evidence = Evidence(asked, retriever.index, passage_numbers(retriever.index))
    found = matrix(SentenceView(evidence, np.arange(len(evidence.numbers))))
    (row,) = (row for row in range(len(found)) if evidence.sentence(row).text.startswith(opening))
    return dict(zip(FEATURE_NAMES, found[row].tolist(), strict=True))


def asking(*terms: str, order: str = "", slot: int | None = None, seeks: Seeks = Seeks.ANYTHING) -> Question:
    """A question for terms that weigh 1 each, in this order or in the given one."""
    units = tuple((unit,) for unit in order.split()) or tuple((term,) for term in terms)
    return Question("", tuple(Group((term,)) for term in terms), (1.0,) * len(terms), units, slot, seeks=seeks)


def test_every_feature_has_a_name_of_its_own() -> None:
    assert len(set(FEATURE_NAMES)) == len(FEATURE_NAMES) == len(FEATURES)


def documented() -> str:
    """The features as `docs/ranking.md` has them: a line for each name, by group."""
    rows = ["| feature | its value | counts for | confidence |", "|---|---|---|---|"]
    named: dict[str, list[Feature]] = {}
    for feature in FEATURES:
        named.setdefault(feature.name, []).append(feature)
    for group in FeatureGroup:
        rows.append(f"| **{group}** | | | |")
        for name, (first, *others) in named.items():
            if first.group is group:
                kinds = [one.seeks.value if one.seeks else "all" for one in (first, *others)]
                raises = "raises it" if first.raises_confidence else ""
                rows.append(f"| `{name}` | {first.says} | {', '.join(kinds)} | {raises} |")
    return "\n".join(rows)


def test_the_documentation_has_the_table_of_features() -> None:
    expected = documented()
    assert expected in (ROOT / "docs" / "ranking.md").read_text(encoding="utf-8"), f"write there:\n{expected}"


@pytest.mark.parametrize("seeks", Seeks)
def test_every_feature_has_a_finite_value_and_types_keep_to_themselves(retriever: Retriever, seeks: Seeks) -> None:
    values = of(retriever, "پل چوبی", asking("پل", "رودخانه", "ندارد", seeks=seeks))
    assert list(values) == list(FEATURE_NAMES)
    assert all(math.isfinite(value) for value in values.values())
    others = [feature.full_name for feature in FEATURES if feature.seeks not in (None, seeks)]
    assert not any(values[name] for name in others), others


def longest_common(code: Sequence[int], order: Sequence[Sequence[int]]) -> int:
    """The textbook's table."""
    table = [[0] * (len(order) + 1) for _ in range(len(code) + 1)]
    for i, unit in enumerate(code):
        for j, alternatives in enumerate(order):
            table[i + 1][j + 1] = table[i][j] + 1 if unit in alternatives else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


@given(
    rows=st.integers(1, 12).flatmap(
        lambda width: st.lists(st.lists(st.integers(-1, 5), min_size=width, max_size=width), min_size=1, max_size=4)
    ),
    order=st.lists(st.sets(st.integers(0, 5), max_size=3).map(tuple), max_size=80).map(tuple),
)
def test_order_is_the_longest_common_subsequence(rows: list[list[int]], order: tuple[tuple[int, ...], ...]) -> None:
    found = common_subsequences(MetUnits.of(np.array(rows)), order)
    assert found.tolist() == [longest_common(row, order) for row in rows]


def test_words_in_the_order_of_the_question(retriever: Retriever) -> None:
    question = asking("سنگ", "کوه", "سرخ")
    found = {opening: of(retriever, opening, question) for opening in ("سنگ کوه", "کوه سنگ", "سرخ کوه")}
    assert [values["order"] for values in found.values()] == pytest.approx([1, 2 / 3, 1 / 3])
    assert [values["word pairs"] for values in found.values()] == [1, 0, 0]
    assert [values["covered"] for values in found.values()] == [1, 1, 1]
    assert [values["density"] for values in found.values()] == [1, 1, 3 / 4]
    assert [values["nothing new"] for values in found.values()] == [1, 1, 0]


def test_stop_words_count_for_themselves(retriever: Retriever) -> None:
    question = asking("پل", "سال", order="پل در سال از")
    values = of(retriever, "پل چوبی", question)
    assert values["stop words"] == 1 / 2, "«در», not «از»"
    assert values["order"] == 3 / 4
    assert values["word pairs"] == 1 / 3
    assert of(retriever, "باغ", question)["stop words"] == 0


def test_what_opens_a_sentence(retriever: Retriever) -> None:
    question = asking("پل", "رودخانه", "ساخت")
    values = of(retriever, "پل چوبی", question)
    assert values["opening"] == pytest.approx(2 / 3)
    assert values["covered"] >= values["opening"]
    typed = of(retriever, "پل چوبی", asking("پل", "رودخانه", seeks=Seeks.PLACE))
    assert typed["place: opening"] == typed["opening"] == 1


@pytest.mark.parametrize(("slot", "before", "after"), [(None, 0, 0), (0, 0, 0), (1, 1, 0), (2, 1, 0)])
def test_room_for_the_answer_beside_the_question_word(
    retriever: Retriever, slot: int | None, before: float, after: float
) -> None:
    # «باغ انار …» has new words behind «انار», and none before «باغ».
    values = of(retriever, "باغ انار", asking("باغ", "انار", slot=slot))
    assert (values["slot before"], values["slot after"]) == (before, after)


def test_room_before_the_word_that_follows_the_question_word(retriever: Retriever) -> None:
    values = of(retriever, "باغ انار", asking("درخت", slot=0))
    assert (values["slot before"], values["slot after"]) == (0, 1)
    headed = Question("", (Group(("درخت",)),), (1.0,), (("درخت",),), slot=0, head=("درخت",))
    assert of(retriever, "باغ انار", headed)["slot after"] == 0, "the answer stands where the noun asked for stands"


def test_what_stands_near_what_is_asked_for(retriever: Retriever) -> None:
    near = of(retriever, "باغ انار", asking("درخت", "میوه", seeks=Seeks.QUANTITY))
    assert near["quantity: number near"] == pytest.approx(1 / 2)
    assert near["quantity: number"] == 1
    time = of(retriever, "پل چوبی", asking("پل", "رودخانه", seeks=Seeks.TIME))
    assert (time["time: year"], time["time: number"]) == (1, 1)
    assert time["time: time near"] == pytest.approx(3 / 2), "«پل» stands on both sides of the year"
    assert of(retriever, "سنگ کوه", asking("سنگ", seeks=Seeks.TIME))["time: time near"] == 0
    repeated = of(retriever, "پل چوبی", Question("", (Group(("1320",)),), (1.0,), (("1320",),), seeks=Seeks.TIME))
    assert repeated["time: year"] == repeated["time: number"] == 0, "what the question says is no answer"


def test_place_shape_and_marks(retriever: Retriever) -> None:
    question = asking("پل", "میوه")
    bridge, first, last = (of(retriever, opening, question) for opening in ("پل", "باغ", "او"))
    assert (bridge["alone"], first["alone"]) == (1, 0)
    assert (first["last"], last["last"]) == (0, 1)
    assert (first["position"], last["position"]) == pytest.approx((0, math.log(3)))
    assert (first["short, first"], last["short, first"]) == (1, 0)
    assert [bridge[name] for name in ("quotation marks", "parentheses", "question mark")] == [1, 1, 1]
    assert [first[name] for name in ("quotation marks", "parentheses", "question mark")] == [0, 0, 0]
    assert of(retriever, "پل", asking("پل", seeks=Seeks.LIST))["list: commas"] == 1


def test_what_title_neighbours_and_passage_add(retriever: Retriever) -> None:
    question = asking("انار", "برداشت", "شهر", "هیچجا")
    values = of(retriever, "برداشت", question)
    assert values["covered"] == 1 / 4
    assert values["covered by the title"] == 1 / 4
    assert values["covered beyond the title"] == 1 / 3
    assert values["covered by the passage"] == 3 / 4
    assert values["covered by the rest"] == 1 / 4
    assert values["missing"] == 1 / 4
    behind = of(retriever, "او", question)
    assert behind["refers back"] == 1
    assert behind["reference resolved"] == 1 / 4
    assert behind["covered with the sentence before"] == 3 / 4
    assert behind["sentence before"] == pytest.approx(values["sentence"])
    assert (values["sentence after better"] > 0) == (behind["sentence"] > values["sentence"])
    assert of(retriever, "باغ", question)["sentence before"] == 0, "the passage begins here"


def test_the_head_is_the_noun_asked_for(retriever: Retriever) -> None:
    values = [of(retriever, opening, "کدام درخت انار در باغ است؟")["head"] for opening in ("باغ", "برداشت")]
    assert values == [1, 0]


def test_a_word_asked_twice_is_one_word(retriever: Retriever) -> None:
    once, twice = (of(retriever, "سنگ کوه", text) for text in ("کوه سرخ کجاست؟", "کوه کوه سرخ سرخ کجاست؟"))
    for name in ("sentence", "passage", "covered", "opening", "head"):
        assert once[name] == pytest.approx(twice[name]), name
    assert 0 < twice["order"] <= 1


def test_a_row_has_the_same_features_alone_and_among_others(retriever: Retriever) -> None:
    question = retriever.read("سنگ کوه در کدام سال به شهر باغ انار برده شد؟")
    evidence = Evidence(question, retriever.index, passage_numbers(retriever.index))
    rows = np.arange(len(evidence.numbers))
    together = matrix(SentenceView(evidence, rows))
    for row in rows:
        assert matrix(SentenceView(evidence, np.array([row]))) == pytest.approx(together[[row]])


def test_only_the_beginning_of_a_very_long_sentence_is_compared_in_order() -> None:
    long = retriever_over([Article("a", "", "سنگ " * 300 + "کوه سرخ")], "rank-bm25")
    values = of(long, "سنگ", asking("کوه", "سرخ"))
    assert values["covered"] == 1
    assert values["order"] == 0
    assert of(long, "سنگ", asking("سنگ", "کوه"))["order"] == 1 / 2
