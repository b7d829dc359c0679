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


STORY = (
    "Clerks in Harl went home late after the council met for a third time that week.\n\n"
    "The mayor of the town said that no vote was taken before the bells rang nine.\n\n"
    "A fourth meeting of the same council was called for Friday in the old mill."
)


def kinds_of(text: str) -> dict[str, str]:
    """Line -> its kind."""
    return {line.strip(): kind for kind, words in kinds(text) for line in words.split("\n") if line.strip()}


def test_buttons_and_sections_are_told_by_their_words() -> None:
    buttons = ["Text size Aa Aa", "Email Article", "Print Article", "Send Feedback"]
    top = "\n".join(["[NavLink]", "Africa", "", "Council of Harl meets for a third time", "", *buttons])
    found = kinds_of(f"{top}\n\n{STORY}\n\n242\n\nTop Stories\n\nLatest Headlines")
    assert {found[line] for line in ["[NavLink]", "Africa", *buttons, "242", "Latest Headlines"]} == {"boilerplate"}
    assert found["Council of Harl meets for a third time"] == "title"


def test_captions_are_told_by_their_shape() -> None:
    captions = [
        "Clerks leave the old mill in Harl, Lowmarch, Jan. 13, 2031. (Reuters)",
        "The council has met three times this week [AFP]",
        "Ann Lee (l) and Tom Roe (r) at the old mill in Harl", "Lowmarch Foreign Minister Ann Lee",
        "FILE - Ann Lee, clerk of the council, gestures during a meeting in Harl, March 27, 2031.",
    ]  # fmt: skip
    for caption in captions:
        found = kinds_of(f"Council of Harl meets for a third time\n\n{caption}\n\n{STORY}")
        assert found[caption] == "caption", caption
        assert found[STORY.partition("\n")[0]] == "body"


def test_a_standfirst_stands_above_the_rest_of_the_head() -> None:
    first = "Clerks of a small town stay up after a quarrel over its old mill."
    found = kinds_of(f"Council of Harl meets for a third time\n\n{first}\n\nLast updated: 24 May 2031 07:42\n\n{STORY}")
    assert found[first] == "subheading"


def test_whose_copy_it_is_and_when_is_no_comment() -> None:
    head = "Council of Harl meets for a third time\nClerks in Harl went home late, said the mayor of the town on Friday."
    found = kinds_of(f"{head}\n- World\n- Reuters\n- Published Date: 07:11 | 13 January 2031\n{STORY}".replace("\n\n", "\n"))
    assert "reader_comment" not in found.values()
    assert found["- Reuters"] == "origin_line"


def test_a_headline_that_asks_is_the_title_below_an_advert_too() -> None:
    found = kinds_of(f"Advertisement\n\nCouncil of Harl to meet again?\n\n{STORY}")
    assert found["Council of Harl to meet again?"] == "title"


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
