"""Numbers and figures: the grammar, and what damaged input must not do."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.attribute.figures import figures
from secondsource.attribute.numbers import NumberReader, Numbers
from secondsource.attribute.parse import Parser
from secondsource.attribute.times import times
from secondsource.attribute.timewords import Calendar
from secondsource.attribute.words import lex
from secondsource.data import table
from secondsource.language import load
from secondsource.model import Article, Attribution, Cue, Figure, Segment, Sentence, Speaker, When, WhenField

NUMBERS = Numbers(table("numbers"))


def numbers(text: str) -> list[tuple[str, float, float | None, str]]:
    words = lex(text, 0, len(text))
    found = NumberReader(text, words, NUMBERS).all()
    return [(text[words[n.first].start : words[n.stop - 1].end], n.low, n.high, n.bound) for n in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a quarter of a million", (250_000, 250_000, "exact")),
        ("half a dozen", (6, 6, "exact")),
        ("two to three thousand", (2000, 3000, "range")),
        ("several hundred", (300, None, "vague")),
        ("hundreds of thousands", (200_000, None, "vague")),
        ("nearly 1.2 million", (1_080_000, 1_199_999, "less_than")),
        ("at least another 30", (30, None, "at_least")),
        ("some 200", (180, 220, "about")),
        ("12 000", (12_000, 12_000, "exact")),
    ],
)
def test_a_number_with_its_bounds(text: str, expected: tuple[float, float | None, str]) -> None:
    assert numbers(text) == [(text, *expected)]


@pytest.mark.parametrize(
    "text",
    [
        "1,2,3,4", "12,34,567", "1.2.3", "9" * 40, "-12", "minus 12", "T-72", "3rd", "58-year-old", "$40", "40%", "two thirds",
        "one in five", "2-1", "007", "40km", "½", "a third of 60",
    ],
)  # fmt: skip
def test_what_is_no_plain_number_is_left_out(text: str) -> None:
    assert numbers(text) == []


def test_a_run_of_number_words_grows_no_giant() -> None:
    assert all(n[1] < 10_000 for n in numbers("one hundred and " * 400))


def test_a_handing_over_is_no_bound() -> None:
    assert [n[0] for n in numbers("they handed over 11 crates and took over 3")] == ["11", "3"]


@cache
def parser() -> Parser:
    return Parser(load())


def read(text: str, attributions: tuple[Attribution, ...] = (), published: str = "2031-03-05") -> tuple[Figure, ...]:
    segments = (Segment(kind="body", start=0, end=len(text)),)
    field = WhenField(value=When(earliest=published, latest=published, precision="day"))
    article = Article(name="x", sha256="0" * 64, text=text, published=field, segments=segments)
    split = (Sentence(start=0, end=len(text), paragraph=0, segment="body"),)
    found = times(article, split, Calendar(table("times")))
    return figures(article, parser()(text, split), attributions, found, NUMBERS)


@pytest.mark.slow
def test_the_innermost_attribution_holds_the_figure_and_its_speaker_counts() -> None:
    text = "The abbot told us the flood had drowned 40 hectares and that 12 monks were killed."
    article = Article(name="x", sha256="0" * 64, text=text)
    place = text.index("12")
    speaker, content = Speaker(mention=None, evidence=article.quote(0, 9)), article.quote(place - 5, len(text))
    made = Attribution(article=article.id, mode="indirect", speakers=(speaker,), cue=Cue(kind="say"), content=(content,))
    (found,) = read(text, (made,))
    assert (found.attribution, found.low, found.counted, found.whose) == (made.id, 12, "killed", "monks")


@pytest.mark.slow
def test_a_running_total_holds_on_the_day_of_the_article_unless_another_is_named() -> None:
    (found,) = read("So far 70 weavers have been killed.")
    assert found.scope == "cumulative"
    assert found.as_of is not None
    assert found.as_of.latest == "2031-03-05"
    (found,) = read("As of Monday, 70 weavers had been killed in the war.")
    assert found.as_of is not None
    assert found.as_of.latest == "2031-03-03"


@pytest.mark.slow
def test_the_parts_of_a_toll_by_place_count_the_same() -> None:
    found = read("The abbot said 21 monks had been killed, 15 in a northern district and another six in Tisk.")
    assert [(f.low, f.counted, f.whose) for f in found] == [
        (21, "killed", "monks"),
        (15, "killed", "monks"),
        (6, "killed", "monks"),
    ]


@pytest.mark.slow
def test_the_toll_of_an_attack_is_not_that_of_the_war() -> None:
    found = read("The attack, in which 43 weavers died, was the worst in a war that has killed 10,000.")
    assert [(f.low, f.scope) for f in found] == [(43, "incident"), (10000, "cumulative")]
    found = read("Tisk was home to around 24,000 residents and more than 8,000 people have fled to the town since.")
    assert [f.scope for f in found] == ["unknown", "cumulative"]


@pytest.mark.slow
def test_more_wounded_are_no_addition_to_the_dead() -> None:
    found = read("At least 56 dead including 11 children and dozens more wounded were found after the raid.")
    assert [(f.counted, f.whose, f.scope) for f in found] == [
        ("killed", None, "incident"),
        ("killed", "children", "incident"),
        ("wounded", None, "incident"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "One road to a ceasefire remains.",
        "One of the weavers spoke.",
        "Two-thirds of the town was destroyed.",
        "A second weaver died.",
        "One day the war will end.",
        "The match ended 3-2.",
        "The weaver, 43, was shot.",
    ],
)
def test_a_number_that_counts_nobody_is_no_figure(text: str) -> None:
    assert read(text) == ()


@pytest.mark.slow
def test_a_sentence_without_words_of_a_parse_gives_none() -> None:
    text = "Nine soldiers died."
    segments = (Segment(kind="body", start=0, end=len(text)),)
    article = Article(name="x", sha256="0" * 64, text=text, segments=segments)
    assert figures(article, (Sentence(start=0, end=len(text), paragraph=0, segment="body"),), (), (), NUMBERS) == ()


WORDS = (
    "12 1,2,3,4 -5 0 men soldiers killed wounded were toll to from between and at least more than dozens of "
    "the a half million hundred twenty - – , . said since so far Monday 99999999999999999999999 ٣ ² other its "
    "both sides lives crossed including"
)
PIECES = st.sampled_from(WORDS.split(" "))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=20), st.sampled_from(["", " "]))
def test_no_words_can_make_it_fail(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    for found in read(text):
        assert found.low >= 0
        assert found.high is None or found.high >= found.low
        assert all(q.exact == text[q.start : q.end] for q in found.evidence)
