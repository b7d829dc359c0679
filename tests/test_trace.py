"""A sentence's passport, on small invented pages: who carries it, by which hops, what changed, and an answer to any input."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from secondsource.model import Hop, Member, Passport, Reading
from secondsource.pipeline import Reader, Tracer, assemble, unfit
from secondsource.render import passport as show

pytestmark = pytest.mark.slow

WIRE = """Harbour to stay shut, says minister

3 March 2031

PORT ELM, March 3 (Lowland Press Agency) – Minister Orla Venn told Channel Nine on Monday that she saw no reason to hurry.

"The harbour stays shut until the last wreck is raised," Venn told Channel Nine. "Nobody will sail over a grave."

The fishermen's union, which was not told beforehand, said that 40 boats were idle.
"""
COPY = """Minister vows to keep ships out for good

…from Lowland Press Agency

4 March 2031

PORT ELM – Minister Orla Venn told Channel Nine on Monday that she saw no reason to hurry.

"The harbour stays shut until the last wreck is raised," Venn told Channel Nine. "Nobody will sail over a grave."

The fishermen's union, which was not told beforehand, said that 40 boats were idle.
"""
OTHER = """Ferries are late

4 March 2031

Ferry manager Piers Holl said that the timetable would change. "The office stays shut until the new clock is hung," Holl said.

1 Comment
Osk
2031-03-04 10:00

They should sell the wrecks to the highest bidder and be done with it.
"""


@cache
def tracer() -> Tracer:
    reader = Reader()
    pages = {"wire.txt": WIRE, "copy.txt": COPY, "other.txt": OTHER}
    members = [Member(name=name, payload=text.encode(), media="text/plain") for name, text in pages.items()]
    return Tracer(assemble([r for r in map(reader, members) if isinstance(r, Reading)]), reader=reader)


def ask(sentence: str) -> Passport:
    return tracer()(sentence)


def carriers(found: Passport) -> set[str]:
    return {tracer().library.article(c.article).name for c in found.chains}


QUOTE = "The harbour stays shut until the last wreck is raised"


@pytest.mark.parametrize("sentence", [QUOTE, f"“{QUOTE}”", f"«{QUOTE.upper()}»", f"  '{QUOTE}' ", QUOTE.replace(" ", "  ")])
def test_the_same_words_in_any_marks_are_found(sentence: str) -> None:
    found = ask(sentence)
    assert carriers(found) == {"wire.txt", "copy.txt"}
    assert found.status == "found"
    assert found.speakers == ("Orla Venn",)
    assert all(c.matches[0].kind == "same_words" for c in found.chains)


def test_the_chain_runs_from_mouth_through_channel_and_agency_to_the_page() -> None:
    chain = next(c for c in ask(QUOTE).chains if tracer().library.article(c.article).name == "copy.txt")
    kinds = [h.kind for h in chain.hops]
    assert kinds == ["speaker", "channel", "credited", "page"]
    assert [h.name for h in chain.hops[:3]] == ["Orla Venn", "Channel Nine", "Lowland Press Agency"]


def test_every_stated_hop_rests_on_words() -> None:
    texts = {r.article.id: r.article.text for r in tracer().library.dossier.readings}

    def rests(hop: Hop) -> bool:
        return all(texts[q.article][q.start : q.end] == q.exact for q in hop.evidence)

    hops = [h for c in ask(QUOTE).chains for h in c.hops]
    assert all(rests(h) for h in hops)
    assert all(h.evidence for h in hops if h.kind in {"speaker", "channel", "credited"} and h.basis == "stated")


def test_a_headline_stands_beside_the_quotation() -> None:
    found = [m for c in ask(QUOTE).chains for m in c.matches if m.segment == "title"]
    assert all(m.against is not None for m in found)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The harbour stays open until the last wreck is raised by Osk", None),
        ("The harbour does not stay shut until the last wreck is raised", None),
        ("30 boats were idle", "40"),
    ],
)
def test_another_name_number_or_not_is_another_sentence(sentence: str, word: str | None) -> None:
    found = ask(sentence)
    if word is not None:
        assert found.status == "not_found"
    assert found.answer


def test_a_word_changed_is_shown_against_the_page() -> None:
    found = ask("The harbour stays closed until the last wreck is raised")
    assert carriers(found) == {"wire.txt", "copy.txt"}
    assert any(c.kind == "changed" and "shut" in c.text and "closed" in c.text for c in found.pasted)


def test_a_look_alike_of_another_speaker_does_not_carry_it() -> None:
    assert "other.txt" not in carriers(ask(QUOTE))


def test_a_comment_is_evidence_for_nothing() -> None:
    found = ask("They should sell the wrecks to the highest bidder")
    assert found.status == "not_evidence"
    assert not found.chains
    assert "comment" in found.answer


@pytest.mark.parametrize(
    ("sentence", "status"),
    [("", "empty"), ("  ", "empty"), ("“ ”", "empty"), ("harbour", "one_word"), (WIRE, "whole_article")],
)
def test_what_is_no_sentence_is_answered_in_words(sentence: str, status: str) -> None:
    found = ask(sentence)
    assert found.status == status
    assert len(found.answer) > 20
    assert unfit(sentence) == found.answer


@pytest.mark.parametrize("sentence", ["Гавань закрыта до весны", "Der Hafen bleibt geschlossen, bis das Wrack gehoben ist"])
def test_another_language_is_answered_in_words(sentence: str) -> None:
    assert ask(sentence).status == "other_language"


def test_the_order_of_the_reports_changes_nothing() -> None:
    dossier = tracer().library.dossier
    again = Tracer(assemble(reversed(dossier.readings)), reader=tracer().reader)
    assert again(QUOTE) == ask(QUOTE)


def test_page_and_card_are_inert_and_hold_the_words() -> None:
    found, dossier = ask(QUOTE), tracer().library.dossier
    for made in (show.to_html(found, dossier), show.to_svg(found, dossier)):
        assert "<script" not in made
        assert not re.search(r"(?:src|href)=", made)
    assert QUOTE in show.to_html(found, dossier)
    assert "Orla Venn" in show.to_svg(found, dossier)
    read = json.loads(show.to_json(found, dossier))
    assert read["schema"] == "secondsource/passport/1"
    assert {a["name"] for a in read["in"]} == {"wire.txt", "copy.txt"}


@pytest.mark.parametrize("text", ["<script>alert(1)</script> & so on", '"><img src=x onerror=a(1)> he said', "a\u202eb \x00 c"])
def test_hostile_sentences_stay_text(text: str) -> None:
    found, dossier = ask(text), tracer().library.dossier
    for made in (show.to_html(found, dossier), show.to_svg(found, dossier)):
        assert "<script>" not in made
        assert "<img" not in made
    assert show.to_text(found, dossier)


def run(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "secondsource.cli", "trace", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=300, text=True)


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "wire.txt").write_text(WIRE)
    done = run("-", tmp_path / "in", "-q", "-o", tmp_path / "p.html", "-o", tmp_path / "p.svg", "--json", stdin=QUOTE)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "found"
    assert (tmp_path / "p.svg").read_text().startswith("<svg")
    assert "no such file" in run(QUOTE, tmp_path / "nowhere", "-q").stderr
    assert run("", tmp_path / "in", "-q").returncode == 2
    assert run(QUOTE, tmp_path / "in", "-o", tmp_path / "p.docx").returncode == 2
