"""The papers of an article: what is stated, inferred or left open."""

from datetime import date

import pytest

import reading_cases
from secondsource.data import table
from secondsource.model import Article, Hint, Member, Page
from secondsource.read.dates import dates, day_of, on_or_before
from secondsource.read.masthead import masthead
from secondsource.read.page import page
from secondsource.segment.zones import zones


def article(text: str, hints: tuple[Hint, ...] = (), media: str = "text/plain") -> Article:
    given: Page = page(Member(name="a", payload=text.encode(), media=media, hints=hints))
    return masthead(given, zones(given, table("zones")), table("agencies"))


@pytest.mark.parametrize(
    ("words", "day", "clock"),
    [
        ("Wed, 5 March 2031 4:25 PM", "2031-03-05", "16:25"),
        ("March 5, 2031", "2031-03-05", None),
        ("5th of March 2031", "2031-03-05", None),
        ("2031-03-05T07:30:00Z", "2031-03-05", "07:30"),
        ("2031/03/05 07.30", "2031-03-05", "07:30"),
        ("25.03.2031", "2031-03-25", None),
        ("12:05 a.m., March 5, 2031", "2031-03-05", "00:05"),
        ("Mar. 5, 2031 | 12 pm", "2031-03-05", "12:00"),
    ],
)
def test_absolute_dates(words: str, day: str, clock: str | None) -> None:
    found = dates(words)
    assert len(found) == 1
    assert found[0].on == date.fromisoformat(day)
    assert found[0].clock == clock


def test_what_is_no_date() -> None:
    assert not dates("they may 5 times say 30.13.2031 or 1.2.3, and 31 February 2031")
    assert dates("on March 5")[0].on is None
    assert dates("05/03/2031")[0].either == date(2031, 5, 3)
    assert day_of("some time in 2031") is None
    assert on_or_before(1, date(2031, 3, 6)) == date(2031, 3, 4)


def test_every_evidence_is_the_words_at_its_place() -> None:
    for stage in ("segment", "masthead"):
        for case in reading_cases.cases(stage):
            read, _ = reading_cases.read(case)
            fields = (read.title, read.outlet, read.byline, read.dateline, read.published)
            quotes = [quote for field in fields for quote in field.evidence]
            quotes += [quote for relation in read.relations for quote in relation.evidence]
            for quote in quotes:
                assert quote.exact == read.text[quote.start : quote.end]
                assert quote.exact.strip()


def test_a_manifest_and_a_feed_speak_for_the_page() -> None:
    given = (
        Hint(where="manifest", name="published", value="2031-03-05"),
        Hint(where="manifest", name="outlet", value="Tamber Post"),
        Hint(where="feed", name="source", value="Norvik News"), Hint(where="manifest", name="url", value="https://a.example/1"),
    )  # fmt: skip
    read = article("The council met on Friday and went home late.", given)
    assert (read.outlet.value, read.published.basis, read.url) == ("Tamber Post", "stated", "https://a.example/1")
    assert [(one.kind, one.name) for one in read.relations] == [("republished_from", "Norvik News")]
    assert read.language == "en"


def test_stamps_that_disagree_without_reason_are_no_day() -> None:
    head = '<meta property="article:published_time" content="2031-03-05"><meta name="pubdate" content="2031-07-09">'
    body = "<h1>Late council in Harl</h1><p>The council met on Friday and went home late.</p><p>It will meet again.</p>"
    read = article(f"<html><head>{head}</head><body>{body}</body></html>", media="text/html")
    assert read.published.value is None


def test_masthead_cases() -> None:
    results = [reading_cases.masthead_result(case) for case in reading_cases.cases("masthead")]
    failed = [f"{result.case.name}: {result.found}" for result in results if not result.passed]
    assert len(results) - len(failed) >= 0.95 * len(results), failed
