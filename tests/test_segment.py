"""Pages come apart into typed segments; comments, notes and adverts stay out of the report."""

from hypothesis import given, settings
from hypothesis import strategies as st

import reading_cases
from secondsource.data import table
from secondsource.model import SPOKEN, Article, Page, Segment
from secondsource.segment.sentences import sentences
from secondsource.segment.zones import zones


def kinds(text: str) -> list[tuple[str, str]]:
    found = zones(Page(name="a", sha256="0", text=text), table("zones"))
    return [(one.kind, text[one.start : one.end]) for one in found]


def test_a_lone_sentence_is_body() -> None:
    for text in ("Leave a Reply", "By Ann Lee", "The council met.", "  Source: Norvik News \n"):
        assert kinds(text) == [("body", text.strip())]


def test_segment_cases() -> None:
    results = [reading_cases.segment_result(case) for case in reading_cases.cases("segment")]
    failed = [f"{result.case.name}: {result.found}" for result in results if not result.passed]
    assert len(results) - len(failed) >= 0.95 * len(results), failed


def test_no_comment_of_any_case_is_body() -> None:
    for case in reading_cases.cases("segment"):
        article, segments = reading_cases.read(case)
        body = " ".join(article.text[one.start : one.end] for one in segments if one.kind in SPOKEN)
        for kind, words in case.expected:
            if kind == "reader_comment":
                assert words.split(" ... ")[-1] not in body, case.name


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(
    ["Leave a Reply", "3 Comments", "[Editor's note: x", "]", "By Ann Lee", "March 5, 2031", "Source: Norvik News",
     "Comments are closed.",
     "The council of Harl met on Friday and went home.", "1. One thing", "Photo: Ida Brenn", "",
     "Ann\nAnn\n2031-03-05 10:00\nHm."]),
    st.text(max_size=40)), max_size=15))  # fmt: skip
def test_segments_are_in_order_disjoint_and_lose_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = zones(Page(name="a", sha256="0", text=text), table("zones"))
    place = 0
    for one in found:
        assert place <= one.start < one.end <= len(text)
        assert not text[place : one.start].strip()
        place = one.end
    assert not text[place:].strip()


def test_sentences_stay_within_lines_and_spoken_segments() -> None:
    text = "Late council\nMr. Lee of Harl left at 5 p.m. on Friday. “No. 5 is shut,” he said.\n\nSubscribe"
    segments = (
        Segment(kind="title", start=0, end=12),
        Segment(kind="body", start=13, end=82),
        Segment(kind="boilerplate", start=84, end=93),
    )
    found = sentences(Article(name="a", sha256="0", text=text, segments=segments))
    assert [text[one.start : one.end] for one in found] == [
        "Late council", "Mr. Lee of Harl left at 5 p.m. on Friday.", "“No. 5 is shut,” he said.",
    ]  # fmt: skip
    assert [one.paragraph for one in found] == [0, 1, 1]
