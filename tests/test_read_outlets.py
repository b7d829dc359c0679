"""Who published it, whose copy it is: lines of their own around the report, told by their shape."""

import pytest

from secondsource.data import table
from secondsource.model import Article, Member
from secondsource.read.masthead import masthead
from secondsource.read.page import page
from secondsource.segment.zones import zones

TITLE = "Traders march against the closing of the bridge"
BODY = (
    "The council of Harl voted on Monday to close the old bridge, and traders in Harl said that they would march.\n\n"
    "About forty people came with lanterns and stood there until midnight, a witness said.\n\n"
    "The mayor said he would not change his mind before the spring.\n"
)


def read(text: str) -> Article:
    shown = page(Member(name="a.txt", payload=text.encode(), media="text/plain"))
    return masthead(shown, zones(shown, table("zones")), table("agencies"))


def below(head: str) -> Article:
    return read(f"{TITLE}\n{head}\n\n{BODY}")


def above_all(foot: str) -> Article:
    return read(f"{TITLE}\n\n{BODY}\n{foot}\n")


def copied(article: Article) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in article.relations]


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("Tamber Post", "Tamber Post"),
        ("The Lone Piper", "The Lone Piper"),
        ("Tamber Post\n5 March 2031", "Tamber Post"),
        ("5 March 2031\nTamber Post", "Tamber Post"),
        ("Tamber Post | 5 March 2031", "Tamber Post"),
        ("March 5, 2031 | Tamber Post", "Tamber Post"),
        ("Tamber Post - Wednesday, 5 March 2031", "Tamber Post"),
        ("Tamber Morning Kite, 5 March 2031", "Tamber Morning Kite"),
        ("Harl Kite, 5 March 2031", "Harl Kite"),
        ("The Harl Reporter, 5 March 2031", "The Harl Reporter"),
        ("Tamber Herald (English edition), 5 March 2031", "Tamber Herald"),
        ("By Ann Lee, Tamber Post", "Tamber Post"),
        ("By Ann Lee for the Tamber Post, 5 March 2031", "Tamber Post"),
        ("By Ann Lee | Tamber Post | 5 March 2031", "Tamber Post"),
        ("By Ann Lee\nTamber Post", "Tamber Post"),
    ],
)
def test_outlets_by_the_title(head: str, outlet: str) -> None:
    article = below(head)
    assert (article.outlet.value, article.outlet.basis) == (outlet, "stated")
    assert article.outlet.evidence[0].exact == outlet
    assert article.byline.value in (None, "Ann Lee")


@pytest.mark.parametrize(
    "head",
    [
        "Ann Lee, 5 March 2031", "Jordan Cole, 5 March 2031", "Reuters, 5 March 2031", "Norvik News Agency", "Latest News",
        "Chief Editor, 5 March 2031", "Harl, 5 March 2031", "Tamber Post Staff", "From Harl Gazette", "From Our Correspondent",
        "Press release of the Ministry of Ports", "5 March 2031", "World Today",
    ],
)  # fmt: skip
def test_no_outlet_is_read_from_what_may_be_another_name(head: str) -> None:
    assert below(head).outlet.value is None


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("From Harl Gazette", ["Harl Gazette"]),
        ("From The Tamber Post", ["The Tamber Post"]),
        ("From Norvik News Agency", ["Norvik News Agency"]),
        ("Norvik News Agency", ["Norvik News Agency"]),
        ("Ann Lee / Norvik Press", ["Norvik Press"]),
        ("Norvik Press / Harl", ["Norvik Press"]),
        ("AFP, Harl", ["AFP"]),
        ("Afp March 05, 2031", ["Afp"]),
        ("Press release of the Ministry of Ports", ["Ministry of Ports"]),
        ("From Our Correspondent", []),
        ("From Ann Lee in Harl", []),
        ("From the Archive", []),
    ],
)
def test_whose_copy_by_a_line_below_the_title(head: str, names: list[str]) -> None:
    assert copied(below(head)) == [("republished_from", name) for name in names]


@pytest.mark.parametrize(
    ("foot", "said"),
    [
        ("With reporting by Norvik Agency", [("derived_from", "Norvik Agency")]),
        ("Norvik Press contributed to this report.", [("derived_from", "Norvik Press")]),
        ("Ann Lee contributed to this report.", []),
        ("With additional reporting by Ann Lee", []),
        ("Sources: Norvik Agency, Tamber Press", [("derived_from", "Norvik Agency"), ("derived_from", "Tamber Press")]),
        ("Article source: https://www.tamberpost.example/a/1", [("derived_from", "tamberpost.example")]),
        ("Reuters and AFP", [("republished_from", "Reuters"), ("republished_from", "AFP")]),
        ("The Far Parish", [("republished_from", "The Far Parish")]),
        ("This article first appeared in the Tamber Post.", [("republished_from", "Tamber Post")]),
        ("Courtesy of Tamber Post", [("republished_from", "Tamber Post")]),
        ("Copyright 2031 The Associated Press. All rights reserved.", [("republished_from", "The Associated Press")]),
        ("Staff and agencies", []),
    ],
)
def test_whose_copy_by_a_line_at_the_foot(foot: str, said: list[tuple[str, str]]) -> None:
    article = above_all(foot)
    assert copied(article) == said
    assert article.outlet.value is None


@pytest.mark.parametrize(
    ("lead", "dateline", "name"),
    [
        ("HARL, Ohio (AP) — ", "HARL, Ohio (AP)", "AP"),
        ("HARL, Ont. (CP) — ", "HARL, Ont. (CP)", "CP"),
        ("HARL, 5 March 2031 (Norvik Press) - ", "HARL, 5 March 2031 (Norvik Press)", "Norvik Press"),
        ("Harl, Ohio (Norvik Press) -- ", "Harl, Ohio (Norvik Press)", "Norvik Press"),
        ("Harl, Norvik CNN — ", "Harl, Norvik CNN", "CNN"),
        ("HARL, Tamber Province, March 5, 2031 (AFP) – ", "HARL, Tamber Province, March 5, 2031 (AFP)", "AFP"),
    ],
)
def test_agencies_in_datelines(lead: str, dateline: str, name: str) -> None:
    article = read(f"{TITLE}\n\n{lead}{BODY}")
    assert article.dateline.value == dateline
    assert copied(article) == [("republished_from", name)]


def test_a_papers_name_before_the_first_words_is_no_place() -> None:
    article = read(f"{TITLE}\n\nTAMBER POST — {BODY}")
    assert (article.outlet.value, article.dateline.value) == ("TAMBER POST", None)


def test_a_short_headline_is_the_title_and_not_the_papers_line() -> None:
    article = read(f"Old bridge shut\nFar Bulletin, Wednesday 5 March 2031\n\n{BODY}")
    assert (article.title.value, article.outlet.value) == ("Old bridge shut", "Far Bulletin")


def test_furniture_around_the_head() -> None:
    head = "• City Dawn Noon Dusk\n• Harl 05:17 12:07 17:34\nHome / World / Old bridge shut at last by the council\n\n"
    article = read(f"{head}Old bridge shut at last by the council\nharl bridge_001.jpg\n\n{BODY}")
    assert article.title.value == "Old bridge shut at last by the council"
    kinds = [one.kind for one in article.segments]
    assert kinds == ["boilerplate", "title", "caption", "body"]
