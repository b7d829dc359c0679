"""What an analyst rules holds: on the dossier, through a rebuild, a new version of the page, an export into another case."""

from pathlib import Path
from typing import Any

import pytest

from invented import Draft
from secondsource.case import Case, doubts, exports
from secondsource.errors import BadInput
from secondsource.model import Decision, Dossier, Reading
from secondsource.resolve.rulings import KINDS, check, rule
from shelf import AT, Shelf, again, made

COURIER, GAZETTE = "https://courier.example/lisk/bridge", "https://gazette.example/lisk"
BRIDGE, SHIPS, GUNS = "the bridge would stay open all winter", "no ship may leave before dawn", "no gun had been moved"


def courier(opening: str = "Rain fell on Lisk.") -> Draft:
    made_now = Draft("", "Lisk Courier", "2031-03-05").tell(opening).say("Orla Venn", BRIDGE).say("Tam Besker", SHIPS)
    return made_now.toll(12).began("2031-03-01")


def gazette() -> Draft:
    made_now = Draft("", "Corran Gazette", "2031-03-06").tell("The road to Corran is dry.").say("Ruo Hald", GUNS)
    return made_now.say("Orla Wenn", "nobody had asked her").toll(15)


def decision(
    kind: str, target: dict[str, str], value: object = None, reason: str = "asked the desk", day: str = "01"
) -> Decision:
    return Decision(kind=kind, target=target, value=value, by="I. Analyst", date=f"2031-07-{day}T00:00:00Z", reason=reason)


def line(case: Case, words: str, kind: str = "statement") -> dict[str, str]:
    """The target of the line with these words."""
    return case.target(next(h.id for h in case.search(f'"{words}"', kind=kind)))


def mention(words: str, url: str = COURIER) -> dict[str, str]:
    return {"article": url, "exact": words, "slot": "mention"}


def thirty(case: Case) -> list[Decision]:
    """Thirty decisions, of every kind at least one."""
    bridge, ships, guns = (line(case, words) for words in (BRIDGE, SHIPS, GUNS))
    toll, began = line(case, "12", "figure"), line(case, "The fighting began", "claim")
    page = {"article": COURIER, "slot": "article"}
    made_now = [
        decision("confirm", bridge), decision("confirm", guns), decision("confirm", toll), decision("confirm", began),
        decision("reject", line(case, "nobody had asked her")),
        decision("set_speaker", ships, "Ilse Varnholt"), decision("set_speaker", guns, None),
        decision("set_speaker", bridge, "Tam Besker", "misread"),
        decision("set_when", ships, "2031-03-04"), decision("set_when", began, "2031-02"),
        decision("set_when", toll, "2031-03-03"),
        decision("set_when", page, {"earliest": "2031-03-04", "latest": "2031-03-05"}), decision("set_when", guns, None),
        decision("set_figure", toll, {"low": 13, "high": 13}),
        decision("set_figure", toll, {"counter": "the harbour board"}, day="02"),
        decision("set_figure", toll, {"bound": "at_least", "high": None}, day="03"),
        decision("set_kind", began, "clash"), decision("set_kind", bridge, "promise"),
        decision("set_kind", mention("Tam Besker"), "organisation"),
        decision("merge_actors", mention("Orla Wenn", GAZETTE), mention("Orla Venn")),
        decision("split_actors", mention("Ruo Hald", GAZETTE)),
        decision("same_origin", {"article": COURIER}, GAZETTE), decision("not_a_copy", {"article": GAZETTE}, COURIER),
        decision("grade_outlet", {"outlet": "Lisk Courier"}, {"reliability": "B", "owner": "the town"}),
        decision("set_role", mention("Orla Venn"), "mediator"), decision("set_role", mention("Tam Besker"), "party"),
        decision("redact", mention("Ruo Hald", GAZETTE)),
        decision("note", bridge, "compare with the minutes"), decision("note", toll, "called the hospital"),
        decision("note", page, "the page was printed"),
    ]  # fmt: skip
    assert {d.kind for d in made_now} == set(KINDS)
    assert len({d.id for d in made_now}) == 30
    return made_now


def case_of_two(folder: Path, shelf: Shelf) -> Case:
    case = made(folder, shelf)
    case.add([shelf.put(courier(), COURIER), shelf.put(gazette(), GAZETTE)], at=AT)
    return case


def effects(dossier: Dossier) -> dict[str, Any]:
    """What the thirty come to, without ids that a new version of the page changes."""
    names = {a.id: a.name for a in dossier.actors}
    actor_of = dossier.cluster_of("actor")
    said = {
        a.content[0].exact: (
            [names.get(actor_of.get(s.mention or "", "")) for s in a.speakers],
            a.said and a.said.earliest,
            a.cue.kind,
        )
        for r in dossier.readings
        for a in r.attributions
    }
    figures = {(f.low, f.high, f.bound, f.counter, f.as_of and f.as_of.earliest) for r in dossier.readings for f in r.figures}
    return {
        "said": said,
        "figures": figures,
        "claims": {(c.act, c.when and c.when.earliest) for r in dossier.readings for c in r.claims},
        "roles": {(a.name, a.role_in_story, a.kind) for a in dossier.actors},
        "origins": sorted(len(o.articles) for o in dossier.origins),
        "outlets": {(o.name, o.reliability, o.owner, o.by) for o in dossier.outlets},
        "published": {r.article.published.value and r.article.published.value.earliest for r in dossier.readings},
        "decisions": sorted((d.id, d.found) for d in dossier.decisions),
    }


def right(found: dict[str, Any]) -> None:
    """Whether each of the thirty did what it says."""
    assert found["said"] == {
        BRIDGE: (["Tam Besker"], "2031-03-05", "promise"),
        SHIPS: (["Ilse Varnholt"], "2031-03-04", "say"),
        GUNS: ([], None, "say"),
    }
    assert found["figures"] == {(13, None, "at_least", "the harbour board", "2031-03-03"), (15, 15, "exact", None, None)}
    assert found["claims"] == {("clash", "2031-02-01")}
    roles = {name: (role, kind) for name, role, kind in found["roles"]}
    assert roles["Tam Besker"] == ("party", "organisation")
    assert [role for name, (role, _) in roles.items() if name in {"Orla Venn", "Orla Wenn"}] == ["mediator"]
    assert not any("Ruo" in name for name in roles)
    assert found["origins"] == [2]
    assert ("Lisk Courier", "B", "the town", "I. Analyst") in found["outlets"]
    assert found["published"] == {"2031-03-04", "2031-03-06"}
    assert len(found["decisions"]) == 30
    assert all(there for _, there in found["decisions"])


def test_thirty_decisions_survive_rebuild_new_version_and_import(tmp_path: Path) -> None:
    shelf = Shelf()
    case = case_of_two(tmp_path / "case", shelf)
    ruled = thirty(case)
    assert case.decide_all(ruled, at=AT) == 30
    assert case.decide_all(ruled, at=AT) == 0
    wanted = effects(case.dossier())
    right(wanted)
    case = again(case, shelf)
    assert effects(case.dossier()) == wanted
    # A new version: another opening, so that every offset is another.
    newer = shelf.put(courier("For three days rain had been falling on Lisk and on the hills behind it."), COURIER)
    assert case.add([newer], at="2031-07-05T00:00:00Z").versions
    assert effects(case.dossier()) == wanted
    case.export_jsonl(tmp_path / "out")
    other = made(tmp_path / "other", shelf)
    other.add([newer, shelf.put(gazette(), GAZETTE)], at=AT)
    imported = list(exports.decisions_of((tmp_path / "out" / "decisions.jsonl").read_bytes()))
    assert other.decide_all(imported, at=AT) == 30
    after = effects(other.dossier())
    # What is hidden is hidden in the export too, so that the one decision that names it finds nothing there.
    hidden = {d.id for d in imported if "█" in d.target.get("exact", "")}
    assert {name for name, there in after.pop("decisions") if not there} == hidden
    assert not other.verify().findings
    case.close()
    other.close()


def test_a_decision_is_undone_by_another_and_comes_back(tmp_path: Path) -> None:
    shelf = Shelf()
    with case_of_two(tmp_path / "case", shelf) as case:
        ruled = decision("set_speaker", line(case, SHIPS), "Ilse Varnholt")
        undone = decision("reject", {"decision": ruled.id}, day="02")
        restored = decision("reject", {"decision": undone.id}, day="03")
        for one, speaker in ((ruled, "Ilse Varnholt"), (undone, "Tam Besker"), (restored, "Ilse Varnholt")):
            case.decide(one, at=AT)
            assert effects(case.dossier())["said"][SHIPS][0] == [speaker]
        assert len(case.decisions()) == 3


def test_a_decision_without_its_words_is_kept_and_told(tmp_path: Path) -> None:
    shelf = Shelf()
    with case_of_two(tmp_path / "case", shelf) as case:
        case.decide(decision("reject", line(case, SHIPS)), at=AT)
        changed = Draft("", "Lisk Courier", "2031-03-05").tell("Rain fell.").say("Orla Venn", BRIDGE)
        case.add([shelf.put(changed, COURIER)], at="2031-07-05T00:00:00Z")
        dossier = case.dossier()
        assert [d.found for d in dossier.decisions] == [False]
        assert any(d.reason == "a decision no longer finds its words" for d in case.doubtful())
        # As of the day before, its words were there.
        assert [d.found for d in case.dossier(case.run_of("2031-07-04")).decisions] == [True]


def test_a_rejected_statement_takes_what_rests_on_it(tmp_path: Path) -> None:
    shelf = Shelf()
    with case_of_two(tmp_path / "case", shelf) as case:
        case.decide(decision("reject", line(case, SHIPS)), at=AT)
        assert SHIPS not in effects(case.dossier())["said"]
        assert case.search(f'"{SHIPS}"', kind="statement")  # it stays in the case


def test_no_decisions_change_nothing() -> None:
    readings = (courier().reading(), gazette().reading())
    assert rule(readings, ()).readings == readings


@pytest.mark.parametrize(
    ("kind", "target", "value"),
    [
        ("guess", {"exact": "x"}, None),
        ("set_when", {"exact": "x"}, "yesterday"),
        ("set_when", {"exact": "x"}, {"earliest": 3}),
        ("set_figure", {"exact": "x"}, {"colour": 3}),
        ("set_figure", {"exact": "x"}, {"low": "many"}),
        ("set_figure", {"exact": "x"}, {"bound": "nearly"}),
        ("grade_outlet", {"outlet": "x"}, {"reliability": "G"}),
        ("grade_outlet", {}, {"reliability": "A"}),
        ("set_role", {"exact": "x"}, "hero"),
        ("same_origin", {"exact": "x"}, "y"),
        ("confirm", {}, None),
        ("set_kind", {"exact": "x", "slot": "segment"}, "poem"),
    ],
)
def test_decisions_that_nobody_could_follow_are_refused(kind: str, target: dict[str, str], value: object) -> None:
    with pytest.raises(BadInput):
        check(decision(kind, target, value))


def test_decisions_come_from_a_table(tmp_path: Path) -> None:
    shelf = Shelf()
    with case_of_two(tmp_path / "case", shelf) as case:
        ships = next(h.id for h in case.search(f'"{SHIPS}"', kind="statement"))
        toll = next(h.id for h in case.search("12", kind="figure"))
        table = (
            f'kind,id,value,reason\nset_speaker,{ships},Ilse Varnholt,"asked, twice"\n'
            f'set_figure,{toll},"{{""low"": 14, ""high"": 14}}",recount\n\n'
        )
        found = list(doubts.from_csv(case, table, by="I. Analyst", date="2031-07-01"))
        assert case.decide_all(found, at=AT) == 2
        shown = effects(case.dossier())
        assert shown["said"][SHIPS][0] == ["Ilse Varnholt"]
        assert (14, 14, "exact", None, None) in shown["figures"]
        for wrong in ("kind,id\nguess,x\n", "id,value\nx,y\n", f"kind,id,value\nset_figure,{toll},{{\n"):
            with pytest.raises(BadInput):
                list(doubts.from_csv(case, wrong, by="I. Analyst", date="2031-07-01"))


@pytest.mark.slow
def test_a_segment_of_another_kind_is_read_again(tmp_path: Path) -> None:
    from short_reports import report

    member = report(3)
    with Case.init(tmp_path / "case", at=AT) as case:
        case.add([member], at=AT)
        before: Reading = case.dossier().readings[0]
        assert before.attributions
        body = next(s for s in before.article.segments if s.kind == "body")
        words = before.article.text[body.start : body.start + 30]
        target = {"article": before.article.sha256, "exact": words, "slot": "segment"}
        hide = decision("set_kind", target, "reader_comment")
        case.decide(hide, at=AT)
        assert not case.dossier().readings[0].attributions
        case.decide(decision("set_kind", target, "body", day="02"), at=AT)
        assert case.dossier().readings[0].attributions == before.attributions
