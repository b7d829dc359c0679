"""Whose a sentence is said to be: only what words state, on small invented pages. Each of these was once read wrongly."""

from functools import cache

import pytest

from secondsource.model import Member, Passport, Reading
from secondsource.pipeline import Reader, Tracer, assemble

pytestmark = pytest.mark.slow

PAGES = {
    "courier.txt": """Canal to stay dry for weeks

The Courier, 4 May 2032

The locks of Dray will be filled only after two masons have seen the wall, the warden of the canal, Ana Vell, said on Monday.

"We shall not hurry a wall that has stood for ninety years," Vell told the board. "Who pays for it is another question."

About 30 barges have been stuck above the locks since Easter. Each village says the other let the water out.
""",
    "echo.txt": """Warden demands new wall for Dray

The Echo, 5 May 2032

…from The Courier

"We shall not hurry a wall that has stood for ninety years," Ana Vell told the board.

About 30 barges have been stuck above the locks since Easter.
""",
    "bell.txt": """Mayor hopeful after talk

The Bell, 5 May 2032

Mayor Piers Odd told reporters on Tuesday that he was cheered by a conversation with Ana Vell.

He called her plan "a lamp in a long tunnel".
""",
}


@cache
def tracer() -> Tracer:
    reader = Reader()
    members = [Member(name=name, payload=text.encode(), media="text/plain") for name, text in PAGES.items()]
    return Tracer(assemble([r for r in map(reader, members) if isinstance(r, Reading)]), reader=reader)


def pages(found: Passport) -> set[str]:
    return {tracer().library.article(c.article).name for c in found.chains}


def test_a_frame_at_the_end_of_a_long_sentence_names_the_mouth() -> None:
    found = tracer()("The locks of Dray will be filled only after two masons have seen the wall")
    assert found.speakers == ("Ana Vell",)
    known = {a.id for r in tracer().library.dossier.readings for a in r.attributions}
    assert {m.attribution for c in found.chains for m in c.matches if m.attribution} <= known


def test_what_the_page_tells_itself_is_not_said_by_whom_its_headline_names() -> None:
    found = tracer()("About 30 barges have been stuck above the locks since Easter.")
    assert pages(found) == {"courier.txt", "echo.txt"}
    assert found.speakers == ()


def test_another_sentence_of_the_same_speech_is_no_wording_of_it() -> None:
    found = tracer()("Who pays for it is another question.")
    assert pages(found) == {"courier.txt"}
    assert not any("ninety" in m.words.exact for c in found.chains for m in c.matches)


def test_each_and_both_are_no_mouth() -> None:
    found = tracer()("Each village says the other let the water out.")
    assert found.speakers == ()
    assert "Each village" in found.answer


def test_a_person_is_no_channel() -> None:
    found = tracer()("a lamp in a long tunnel")
    assert "Odd" in found.speakers[0]
    assert not any(h.kind == "channel" and "Vell" in h.name for c in found.chains for h in c.hops)


def test_too_few_words_are_answered() -> None:
    assert "whole sentence" in tracer()("said on Monday").answer
