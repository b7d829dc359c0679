"""The case: what goes in stays, in any order of adding, through versions, retractions, erasures and rebuilds."""

import contextlib
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import Draft, story
from secondsource.case import Case
from secondsource.errors import BadInput, DamagedCase
from secondsource.invariants import fingerprint
from secondsource.model import Problem
from secondsource.pipeline import assemble
from shelf import AT, Shelf, again, documents, exported, files, made, opened

SEEDS = st.lists(st.integers(0, 500), min_size=2, max_size=6)


def draft(
    name: str, content: str = "the bridge would stay open all winter", toll: int = 12, speaker: str = "Orla Venn"
) -> Draft:
    return Draft(name, "Lisk Courier", "2031-03-05").tell("Rain fell on Lisk.").say(speaker, content).toll(toll)


def test_what_is_added_is_the_dossier_of_the_same_documents(tmp_path: Path) -> None:
    shelf = Shelf()
    given_now = documents(shelf, story([3, 8, 21]))
    with made(tmp_path / "case", shelf) as case:
        added = case.add(given_now, at=AT)
        assert len(added.articles) == 3
        assert fingerprint(case.dossier()) == fingerprint(assemble(shelf.readings.values()))
        assert case.dossier() == case.dossier()  # made anew, and from what was kept
        assert not case.verify().findings


def test_adding_again_changes_no_byte(tmp_path: Path) -> None:
    shelf = Shelf()
    given_now = documents(shelf, story([3, 8, 21]))
    with made(tmp_path / "case", shelf) as case:
        case.add(given_now, at=AT)
        before = (tmp_path / "case" / "audit.jsonl").read_bytes()
        again_added = case.add(given_now, at="2031-07-01T00:00:00Z")
        assert (again_added.run, again_added.known) == (None, 3)
        assert (tmp_path / "case" / "audit.jsonl").read_bytes() == before
        assert len(case.runs()) == 2


@settings(max_examples=12, deadline=None)
@given(SEEDS, st.randoms(use_true_random=False))
def test_any_order_of_adding_equals_a_rebuild(seed: list[int], chance: random.Random) -> None:
    shelf = Shelf()
    given_now = documents(shelf, story(seed))
    shuffled = given_now[:]
    chance.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder:
        one, other = made(Path(folder) / "one", shelf), made(Path(folder) / "other", shelf, "another name")
        one.add(given_now, at=AT)
        for place, member in enumerate(shuffled):  # one call each
            other.add([member], at=f"2031-08-{1 + place:02}T00:00:00Z", by="somebody else")
        wanted = exported(one, Path(folder) / "out-one")
        assert exported(other, Path(folder) / "out-other") == wanted
        rebuilt = again(other, shelf)
        assert exported(rebuilt, Path(folder) / "out-rebuilt") == wanted
        assert not rebuilt.verify().findings
        one.close()
        rebuilt.close()


def test_an_export_holds_no_clock_run_name_or_path(tmp_path: Path) -> None:
    shelf = Shelf()
    with made(tmp_path / "case", shelf, "Secret name") as case:
        case.add(documents(shelf, story([3, 8])), at="2031-06-01T08:00:17Z", by="Someone")
        held = b"".join(exported(case, tmp_path / "out").values())
    for word in (b"Secret name", str(tmp_path).encode(), b"08:00:17", b"Someone", b'"run"'):
        assert word not in held


def test_a_changed_page_is_a_new_version(tmp_path: Path) -> None:
    shelf, url = Shelf(), "https://www.courier.example/lisk/bridge?utm_source=x"
    with made(tmp_path / "case", shelf) as case:
        first = case.add([shelf.put(draft("", toll=12), url)], at="2031-06-01T08:00:00Z")
        second = case.add([shelf.put(draft("", toll=15), "http://courier.example/lisk/bridge")], at="2031-06-03T08:00:00Z")
        assert [(v.new, v.before) for v in second.versions] == [(second.articles[0], first.articles[0])]
        assert [r.article.id for r in case.dossier().readings] == list(second.articles)
        shown = case.show(second.articles[0])
        assert [(e.before, e.after) for e in shown.edits] == [("12", "15")]
        assert shown.versions == (*first.articles, *second.articles)
        assert case.show(first.articles[0]).article.state == "superseded"  # type: ignore[union-attr]
        # As of the day before, the page was another.
        assert [r.article.id for r in case.dossier(case.run_of("2031-06-02")).readings] == list(first.articles)
        found = case.diff("2031-06-02", "2031-06-04")
        assert {line.kind for line in found.new} <= {"figure", "question"}
        assert [c.kind for c in found.changed] == ["article"] or all(c.kind in {"article", "question"} for c in found.changed)
        # The new version taken back, the old one counts again.
        case.retract(second.articles[0], "a page of the archive, not of the paper", at="2031-06-05T08:00:00Z")
        assert [r.article.id for r in case.dossier().readings] == list(first.articles)


def test_the_address_of_a_whole_site_makes_no_versions(tmp_path: Path) -> None:
    shelf = Shelf()
    with made(tmp_path / "case", shelf) as case:
        for toll in (1, 2):
            member = shelf.put(draft(f"{toll}.txt", toll=toll), "https://courier.example/")
            assert not case.add([member], at=AT).versions
        assert len(case.dossier().readings) == 2


def test_a_retracted_article_leaves_no_trace_but_its_reason(tmp_path: Path) -> None:
    shelf = Shelf()
    drafts = story([3, 8, 21])
    with made(tmp_path / "case", shelf) as case:
        added = case.add(documents(shelf, drafts), at=AT)
        gone = case.retract(added.articles[1], "hoax", at="2031-06-02T00:00:00Z")
        left = [r for r in shelf.readings.values() if r.article.id != gone]
        told = Problem(name=drafts[1].name, stage="case", text="retracted: hoax", article=gone)
        assert fingerprint(case.dossier()) == fingerprint(assemble(left, [told]))
        refused = case.add(documents(shelf, drafts), at=AT).refused
        assert [p.article for p in refused] == [gone]
        with pytest.raises(BadInput, match="already"):
            case.retract(gone, "again", at=AT)
        with pytest.raises(BadInput, match="say why"):
            case.retract(added.articles[0], " ", at=AT)


def test_an_erased_article_leaves_no_word(tmp_path: Path) -> None:
    shelf = Shelf()
    secret = draft("secret-name.txt", "the informant lives behind the mill", speaker="Quorra Zint")
    with made(tmp_path / "case", shelf) as case:
        case.add([shelf.put(secret), *documents(shelf, story([3, 8]))], at=AT)
        case.dossier()
        erased = case.erase("secret-name.txt", "safety of a person", at="2031-06-02T00:00:00Z")
        assert erased.files == 2
        assert not case.verify().findings
        assert not case.search("informant")
        assert "Quorra" not in fingerprint(case.dossier())
        assert case.add([shelf.put(secret)], at=AT).refused
        wanted = fingerprint(case.dossier())
        again(case, shelf).close()
    left = b"".join(files(tmp_path / "case").values())
    for word in (b"informant", b"Quorra", b"secret-name"):
        assert word not in left
    with opened(tmp_path / "case", shelf) as case:
        assert fingerprint(case.dossier()) == wanted
        assert not case.verify().findings


def test_what_cannot_be_read_is_kept_and_told_once(tmp_path: Path) -> None:
    shelf = Shelf()
    good = shelf.put(draft("a.txt"))
    bad = Problem(name="b.pdf", stage="read", text="the PDF has no text layer")
    with made(tmp_path / "case", shelf) as case:
        assert case.add([good, bad], at=AT).problems == (bad,)
        case.add([good, bad], at=AT)
        assert case.dossier().problems == (bad,)
        case.add([shelf.put(draft("b.pdf", toll=3))], at=AT)
        assert case.dossier().problems == ()


def test_search_takes_no_text_for_a_query(tmp_path: Path) -> None:
    shelf = Shelf()
    with made(tmp_path / "case", shelf) as case:
        case.add([shelf.put(draft("a.txt", speaker="Ilse Varnhölt")), shelf.put(draft("b.txt", "no ship may leave"))], at=AT)
        for text in ('a" OR', "NEAR(", "-", "*", "text:bridge", "'; DROP TABLE articles; --", 'bridge" NOT "x', "(", "AND"):
            with contextlib.suppress(BadInput):  # nothing but marks: there is nothing to look for
                case.search(text)
        assert {h.kind for h in case.search("bridge")} == {"statement", "article"}
        assert [h.name for h in case.search('"may leave"', kind="statement")] == ["b.txt"]
        assert [h.name for h in case.search("bri*", kind="statement")] == ["a.txt"]
        assert [h.actor for h in case.search(actor="varnholt", kind="statement")] == ["Ilse Varnhölt"]
        assert len(case.search(day="2031-03-05", kind="statement")) == len(case.search(day="2031-03", kind="statement")) == 2
        assert not case.search(day="2031-03-06", kind="statement")
        assert [h.thing for h in case.search("12", thing="killed", limit=1)] == ["killed"]
        case.dossier()
        assert case.fresh()
        verdicts = {q.verdict for q in case.dossier().questions}
        assert verdicts
        for verdict in verdicts:
            assert all(verdict in h.verdicts for h in case.search(verdict=verdict))
        with pytest.raises(BadInput, match="no day"):
            case.search(day="yesterday")


def test_show_leads_from_a_line_to_the_bytes(tmp_path: Path) -> None:
    shelf = Shelf()
    member = shelf.put(draft("a.txt"))
    with made(tmp_path / "case", shelf) as case:
        case.add([member], at=AT)
        for hit in case.search("bridge", kind="statement"):
            shown = case.show(hit.id[:20])
            place = shown.places[0]
            original = (tmp_path / "case" / shown.file).read_bytes()
            assert original[place.first_byte : place.last_byte].decode() == place.exact == hit.text
        with pytest.raises(BadInput, match="nothing in this case"):
            case.show("claim-nothing")


def test_runs_and_days_name_states(tmp_path: Path) -> None:
    shelf = Shelf()
    with made(tmp_path / "case", shelf) as case:
        case.add([shelf.put(draft("a.txt"))], at="2031-06-01T23:59:00Z")
        case.add([shelf.put(draft("b.txt", "no ship may leave", 20))], at="2031-06-03T00:00:00Z")
        assert [case.run_of(p) for p in ("2031-05-29", "2031-06-01", "2031-06-02", "2031-06-03", 2, "3")] == [0, 2, 2, 3, 2, 3]
        found = case.diff("2031-06-01", "2031-06-03")
        assert "no ship may leave" in [line.text for line in found.new]
        assert not found.dropped
        assert [line.text for line in case.diff(3, 2).dropped if line.kind == "statement"] == ["no ship may leave"]
        for wrong in ("9", "June", "2031-6-1"):
            with pytest.raises(BadInput):
                case.run_of(wrong)


def test_no_case_and_other_models_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="secondsource init"):
        Case.open(tmp_path)
    shelf = Shelf()
    made(tmp_path / "case", shelf).close()
    with pytest.raises(BadInput, match="not empty"):
        made(tmp_path / "case", shelf)
    with opened(tmp_path / "case", shelf) as case, case.tables.change():
        case.tables.set_meta("model", "en_core_web_lg 9.9")
    with pytest.raises(DamagedCase, match="never mixed"):
        opened(tmp_path / "case", shelf)
    (tmp_path / "case" / "case.db").unlink()
    with pytest.raises(DamagedCase, match="doctor"):
        opened(tmp_path / "case", shelf)


def test_what_the_analyst_enters_is_in_the_dossier(tmp_path: Path) -> None:
    shelf = Shelf()
    with made(tmp_path / "case", shelf) as case:
        case.add([shelf.put(draft("a.txt"))], at=AT)
        folder = tmp_path / "case"
        (folder / "outlets.toml").write_text('["Lisk Courier"]\nreliability = "B"\nby = "I. Analyst"\n')
        (folder / "case.toml").write_text('name = "x"\n[roles]\n"Orla Venn" = "mediator"\n')
        dossier = case.dossier()
        assert [(o.name, o.reliability) for o in dossier.outlets] == [("Lisk Courier", "B")]
        assert [a.role_in_story for a in dossier.actors if a.name == "Orla Venn"] == ["mediator"]
        (folder / "case.toml").write_text('[roles]\n"Orla Venn" = "hero"\n')
        with pytest.raises(BadInput, match=r"case\.toml"):
            case.dossier()
