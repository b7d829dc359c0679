"""Times: what the cases' format has no field for, and what damaged input must not do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.attribute.times import times
from secondsource.attribute.timewords import Calendar
from secondsource.data import table
from secondsource.model import Article, Segment, Sentence, TimeExpression, When, WhenField

CALENDAR = Calendar(table("times"))


def read(text: str, earliest: str | None = "2031-03-05", latest: str | None = None) -> tuple[TimeExpression, ...]:
    value = When(earliest=earliest, latest=latest or earliest, precision="day") if earliest else None
    segments = (Segment(kind="body", start=0, end=len(text)),)
    article = Article(name="x", sha256="0" * 64, text=text, published=WhenField(value=value), segments=segments)
    found = times(article, (Sentence(start=0, end=len(text), paragraph=0, segment="body"),), CALENDAR)
    for t in found:
        assert t.quote.exact == text[t.quote.start : t.quote.end]
    return found


def one(text: str, earliest: str | None = "2031-03-05", latest: str | None = None) -> TimeExpression:
    (found,) = read(text, earliest, latest)
    return found


def test_a_weekday_that_does_not_fit_its_date_is_marked_and_the_date_stays() -> None:
    found = one("The charter was sealed on Friday, 3 February 2031.")
    assert found.when.earliest == "2031-02-03"
    assert "Monday" in found.note


def test_a_weekday_chooses_between_the_last_such_date_and_the_next() -> None:
    assert one("Polling day is Thursday, March 20.").when.earliest == "2031-03-20"


def test_what_is_relative_names_what_it_was_counted_from() -> None:
    assert one("The ferry sank yesterday.").anchor == "2031-03-05"
    assert one("The ferry sank on 2 May 2029.").anchor is None


def test_a_day_of_publication_that_is_one_of_two_settles_only_what_holds_from_both() -> None:
    assert one("Shots were heard on Sunday.", "2031-03-05", "2031-03-06").when.earliest == "2031-03-02"
    assert one("Shots were heard yesterday.", "2031-03-05", "2031-03-06").when.precision == "unknown"
    assert one("Shots were heard on Thursday.", "2031-03-05", "2031-03-06").when.precision == "unknown"


def test_an_nth_day_tells_the_first_by_its_count() -> None:
    found = one("Rain fell for the fifth consecutive day on Tuesday.")
    assert found.note == "by this count the first day is 2031-02-28"


@pytest.mark.parametrize("words", ["31 September", "29 February 2021", "30.02.2031", "2031-13-45", "February 30"])
def test_a_day_that_does_not_exist_is_found_and_not_invented(words: str) -> None:
    found = one(f"The permit of {words} is a forgery.")
    assert (found.quote.exact, found.when.earliest, found.when.latest) == (words, None, None)
    assert found.note == "no such day"


def test_a_numeric_date_of_two_readings_is_not_chosen() -> None:
    assert one("It is dated 03/04/2031.").note == "day and month could be exchanged"


def test_today_in_a_quotation_counts_from_the_day_of_speaking() -> None:
    found = read("“We march tomorrow,” the marshal said on Sunday.")
    assert [t.when.earliest for t in found] == ["2031-03-03", "2031-03-02"]


@pytest.mark.parametrize(
    "text",
    [
        "The crew may march on under General August Brand.", "Room 2031 is closed and 1,2,3,4 is a list.", "Call 555 2030 now.",
        "The train of 1430 GMT was late.", "A total of 2030 tents burned.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert read(text) == ()


def test_a_printed_zone_is_kept_and_none_is_invented() -> None:
    assert one("The quake came at 04:17 GMT on Monday.").when.earliest == "2031-03-03T04:17+00:00"
    assert one("The quake came at 04:17 local time on Monday.").when.earliest == "2031-03-03T04:17"


WORDS = (
    "since until from between night of the end late Monday May March 31 February 2021 1980 s - – , . : 12 a.m. "
    "last next this week year ago for a few three th “ ” \" ' today ٣ ² 99999999999999999999 first day in row "
    "on at to and Sunday's /"
)
DAYS = [None, "2031-03-05", "0001-01-01", "9999-12-31"]
PIECES = st.sampled_from(WORDS.split(" "))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES, max_size=25), st.sampled_from(["", " "]), st.sampled_from([None, "2031-03-05", "0001-01-01", "9999-12-31"])
)
def test_no_words_can_make_it_fail(pieces: list[str], gap: str, published: str | None) -> None:
    for found in read(gap.join(pieces) or "x", published):
        ends = (found.when.earliest, found.when.latest)
        assert (found.when.precision == "unknown") == (ends == (None, None))
        assert None in ends or str(ends[0]) <= str(ends[1])
