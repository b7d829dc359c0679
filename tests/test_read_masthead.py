"""The papers of an article: what is stated, inferred or left open."""

from datetime import date

import pytest

import reading_cases
from secondsource.data import table
from secondsource.model import Article, Hint, Member, Page
from secondsource.read.dates import dates, day_of, on_or_before
from secondsource.read.masthead import masthead
from secondsource.read.page import doubt, page
from secondsource.segment.sentences import sentences
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


LEAD = "Clerks in Harl went home late after the council met for a third time.\n\nThe mayor said that no vote was taken."


@pytest.mark.parametrize(
    ("stamp", "value", "origin"),
    [
        ("Harl, May 24 (IANS) ", "Harl, May 24 (IANS)", "IANS"),
        ("Harl, May 24 (IANS): ", "Harl, May 24 (IANS)", "IANS"),
        ("Harl, June 22, 2031 (AFP) – ", "Harl, June 22, 2031 (AFP)", "AFP"),
        ("HARL, LOWMARCH (2:40 P.M.) – ", "HARL, LOWMARCH (2:40 P.M.)", None),
        ("HARL: ", "HARL", None),
        ("HARL—", "HARL", None),
        ("Harl (Lowmarch), Aug 8: ", "Harl (Lowmarch), Aug 8", None),
        ("February 23, 2031 (AFP) – ", "February 23, 2031 (AFP)", "AFP"),
        ("May 5 – (AFP) – ", "May 5 – (AFP)", "AFP"),
        ("(Reuters) - ", "(Reuters)", "Reuters"),
        ("AFP - ", "AFP", "AFP"),
        ("HARL, November 3. /TASS/. ", "HARL, November 3. /TASS/", "TASS"),
        ("HARL (Norvik News / Sputnik - 23rd July, 2031) ", "HARL (Norvik News / Sputnik - 23rd July, 2031)", "Sputnik"),
    ],
)
def test_datelines_are_read_and_are_part_of_no_sentence(stamp: str, value: str, origin: str | None) -> None:
    read = article(f"Council of Harl meets for a third time\n\n{stamp}{LEAD}")
    assert read.dateline.value == value
    assert [one.name for one in read.relations if one.kind == "republished_from"] == ([origin] if origin else [])
    spoken = [read.text[one.start : one.end] for one in sentences(read)]
    assert spoken[1] == LEAD.partition("\n")[0]


@pytest.mark.parametrize(
    "start", ["UPDATE: ", "NATO–Lowmarch ", "Harl – ", "COVID-19 ", "The talks, Oct. 5 - ", "Mayor Ann Lee (AP) "]
)
def test_what_is_no_dateline(start: str) -> None:
    assert article(f"Council of Harl meets for a third time\n\n{start}{LEAD}").dateline.value is None


def test_turns_of_an_interview_are_no_datelines() -> None:
    turns = "NORVIK: When did you meet?\n\nLEE: We met late and went home at nine."
    text = f"Ann Lee on the third meeting of the council\n\n{turns}"
    assert article(text).dateline.value is None


def test_a_dateline_without_a_year_takes_it_from_a_change_soon_after() -> None:
    text = f"Council of Harl meets for a third time\n\nHarl, Aug 17 (IANS) {LEAD}\n\nLast modified: August 18, 2031"
    field = article(text).published
    assert field.value is not None
    assert (field.value.earliest, field.value.latest, field.basis) == ("2031-08-17", "2031-08-17", "inferred")
    later = article(text.replace("2031", "2033").replace("August 18", "November 18")).published.value
    assert later is not None
    assert later.earliest is None
    assert article(f"Council of Harl meets\n\nHarl, Aug 17 (IANS) {LEAD}").published.value is None


def test_the_date_below_the_headline_is_the_reports_own() -> None:
    text = f"Sun, 17 Nov 2031 10:53 GMT\n\nCouncil of Harl meets for a third time\n\nMon, 18 Aug 2031 20:32 GMT\n\n{LEAD}"
    value = article(text).published.value
    assert value is not None
    assert value.earliest == "2031-08-18T20:32"


def test_unnamed_agencies_are_nobodys_copy() -> None:
    for line in ("Source:\nAgencies", "Source: News Agencies, Edited by Website Team"):
        assert not article(f"Council of Harl meets for a third time\n\n{LEAD}\n\n{line}").relations


def test_an_agency_after_the_last_stop_is_whose_copy_it_is() -> None:
    for end in (" PTI", " --AFP", " (Reuters)", " – (Reuters)"):
        read = article(f"Council of Harl meets for a third time\n\n{LEAD}{end}")
        assert [one.kind for one in read.relations] == ["republished_from"]


def test_a_page_that_markup_cannot_tell_apart_is_a_doubt_in_words() -> None:
    deep = "<div>" * 400 + "".join(f"<p>The council of Harl met for the {n}th time and went home.</p>" for n in range(4, 9))
    found = page(Member(name="a", payload=f"<html><body>{deep}</body></html>".encode(), media="text/html"))
    assert "tree" in (doubt(found) or "")
    assert doubt(page(Member(name="a", payload=b"The council met.", media="text/plain"))) is None


@pytest.mark.parametrize("media", ["text/plain", "text/html"])
def test_a_primary_document_stays_marked(media: str) -> None:
    given = page(Member(name="a", payload=b"<p>The council met late and went home.</p>", media=media, document=True))
    assert masthead(given, zones(given, table("zones")), table("agencies")).document


def test_masthead_cases() -> None:
    results = [reading_cases.masthead_result(case) for case in reading_cases.cases("masthead")]
    failed = [f"{result.case.name}: {result.found}" for result in results if not result.passed]
    assert len(results) - len(failed) >= 0.95 * len(results), failed
