"""Dates of publication: orders of "published" and "updated", numeric dates, stamps with zones, live pages, other calendars."""

import pytest

from secondsource.data import table
from secondsource.model import Member, WhenField
from secondsource.read.masthead import masthead
from secondsource.read.page import page
from secondsource.segment.zones import zones

TITLE = "Traders march against the closing of the bridge"
BODY = (
    "The council of Harl voted on Monday to close the old bridge, and traders said that they would march.\n\n"
    "About forty people came with lanterns and stood there until midnight, a witness said.\n"
)


def published(head: str, foot: str = "", name: str = "a.txt") -> WhenField:
    """The day of a page with `head` below its title and `foot` below its report."""
    text = f"{TITLE}\n{head}\n\n{BODY}\n{foot}"
    shown = page(Member(name=name, payload=text.encode(), media="text/plain"))
    return masthead(shown, zones(shown, table("zones")), table("agencies")).published


def ends(field: WhenField) -> tuple[str | None, str | None]:
    return (field.value.earliest, field.value.latest) if field.value else (None, None)


@pytest.mark.parametrize(
    "head",
    [
        "Published 5 March 2031\nUpdated 7 March 2031",
        "Updated 7 March 2031\nPublished 5 March 2031",
        "Last modified 7 March 2031 | Published 5 March 2031",
        "Posted 5 March 2031, Updated 7 March 2031",
        "UPDATED: March 7, 2031 | CREATED: March 5, 2031",
        "First published on Wed 5 Mar 2031\nLast modified on Fri 7 Mar 2031",
    ],
)
def test_the_day_of_a_change_is_not_the_day(head: str) -> None:
    assert ends(published(head)) == ("2031-03-05", "2031-03-05")


def test_only_a_change_leaves_the_earliest_open() -> None:
    assert ends(published("Last modified on Fri 7 Mar 2031")) == (None, "2031-03-07")
    assert ends(published("", "Last updated 7 March 2031\n")) == (None, "2031-03-07")


@pytest.mark.parametrize(
    ("head", "first", "last"),
    [
        ("03/04/2031", "2031-03-04", "2031-04-03"),
        ("Published 04/03/2031", "2031-03-04", "2031-04-03"),
        ("25/03/2031", "2031-03-25", "2031-03-25"),
        ("03/25/2031", "2031-03-25", "2031-03-25"),
        ("Monday 03/03/2031", "2031-03-03", "2031-03-03"),
        ("Friday 04/04/2031", "2031-04-04", "2031-04-04"),
        ("05.03.2031", "2031-03-05", "2031-03-05"),
    ],
)
def test_numeric_dates_of_two_readings_are_a_range(head: str, first: str, last: str) -> None:
    assert ends(published(head)) == (first, last)


@pytest.mark.parametrize(
    "head",
    [
        "5 mars 2031", "5. März 2031", "5 de marzo de 2031", "5 марта 2031", "15 Muharram 1453", "1410/12/14", "14 Esfand 1409",
        "29 February 2031", "Published 3 hours ago", "Yesterday", "Mar 5", "Printed on 9 March 2031", "Accessed 9 March 2031",
        "© 2031",
    ],
)  # fmt: skip
def test_other_calendars_other_languages_and_half_dates_are_left_alone(head: str) -> None:
    assert published(head).basis == "absent"


@pytest.mark.parametrize(
    ("head", "zone"),
    [
        ("5 March 2031 23:30 EST", "zone EST"),
        ("5 March 2031 23:30 +0300", "zone +0300"),
        ("2031-03-05T23:30:00Z", "zone Z"),
        ("2031-03-05T23:30:00+05:30", "zone +05:30"),
        ("Wed, 05 Mar 2031 23:30:00 GMT", "zone GMT"),
        ("5 March 2031 11:30 PM (GMT+4)", "zone GMT+4"),
        ("5 March 2031 23:30", "zone not given"),
    ],
)
def test_a_stamp_keeps_the_pages_clock_and_names_its_zone(head: str, zone: str) -> None:
    field = published(head)
    assert (*ends(field), field.note) == ("2031-03-05T23:30", "2031-03-05T23:30", zone)


def test_a_page_that_grows_is_of_all_its_days() -> None:
    entries = "\n".join(f"{day} March 2031 {hour}:15\n\n{BODY}" for day in (5, 6, 7) for hour in ("09", "13"))
    field = published(entries)
    assert (ends(field), field.basis) == (("2031-03-05", "2031-03-07"), "inferred")
    assert ends(published(f"Published 4 March 2031\n\n{BODY}\n{entries}")) == ("2031-03-04", "2031-03-04")


def test_the_day_of_another_article_and_of_the_visit_are_not_the_day() -> None:
    assert published("", "Read also: Storm hits Harl again and takes two roofs\n9 March 2031\n").basis == "absent"
    text = f"8.38 AM Sunday, 9 March 2031\nHome\nWorld\nSport\n9 March 2031\n\n{TITLE}\n\n{BODY}"
    shown = page(Member(name="a.txt", payload=text.encode(), media="text/plain"))
    assert masthead(shown, zones(shown, table("zones")), table("agencies")).published.basis == "absent"
