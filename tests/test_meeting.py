"""Which figures and times meet in one question: incidents by their times, sums by their size, bouts by their day."""

import pytest

from secondsource import model
from secondsource.compare.meeting import by_time, meets, one_incident, one_sum, running
from secondsource.compare.questions import questions
from secondsource.engine import components
from secondsource.model import Claim, Figure, Member, Quote, When
from secondsource.pipeline import Reader, assemble


def day(iso: str, last: str | None = None) -> When:
    return When(earliest=iso, latest=last or iso, precision="range" if last else "day")


def figure(name: str, low: float, published: str, happened: str = "", place: str | None = "p", scope: str = "incident",
           sentence: str = "words") -> model.Testimony:  # fmt: skip
    made = Figure(article=name, counted="killed", whose=None, counter=None, low=low, high=low, bound="exact",
                  scope=scope, evidence=(Quote(name, 0, len(sentence), sentence),))  # type: ignore[arg-type]  # fmt: skip
    return model.Testimony(id=name, article=name, origin=name, evidence=made.evidence, figure=made, place=place, story="s",
                     day=day(published), happened=(day(happened),) if happened else ())  # fmt: skip


def test_figures_of_two_days_at_one_place_are_of_two_incidents() -> None:
    friday, saturday = figure("a", 3, "2031-05-03", "2031-05-02"), figure("b", 1, "2031-05-03", "2031-05-03")
    made = questions([friday, saturday], {}, components)[1]
    assert {(j.kind, j.rule) for j in made} == {("not_comparable", "figures_of_two_days")}
    assert not one_incident(figure("a", 3, "2031-05-07", "2031-05-02"), figure("b", 1, "2031-05-07", "2031-05-07"))
    assert one_incident(friday, figure("c", 4, "2031-05-03"))
    assert not one_incident(figure("d", 85, "2031-05-03", "2029-09-01"), figure("c", 4, "2031-05-03"))


def test_a_figure_without_a_time_joins_no_two_incidents() -> None:
    held = [
        figure("a", 3, "2031-05-03", "2031-05-02"),
        figure("b", 1, "2031-05-07", "2031-05-07"),
        figure("c", 4, "2031-05-05"),
    ]
    assert [[t.id for t in group] for group in by_time(held, one_incident, components)] == [["a"], ["b"], ["c"]]
    assert [[t.id for t in group] for group in by_time(held[::2], one_incident, components)] == [["a", "c"]]


def test_two_incidents_under_one_heading_are_told_apart_by_their_days() -> None:
    held = [figure("a", 3, "2031-05-02", "2031-05-02"), figure("b", 1, "2031-05-08", "2031-05-08")]
    asked, _, _ = questions(held, {"p": "Olme"}, components)
    assert sorted(q.text for q in asked) == [
        "How many people were killed in Olme on 2031-05-02?",
        "How many people were killed in Olme on 2031-05-08?",
    ]


@pytest.mark.parametrize(("less", "more", "one"), [(43, 10_000, False), (101, 1201, True), (0, 20, True), (11, 150, True)])
def test_a_sum_many_times_another_is_another(less: float, more: float, one: bool) -> None:
    left, right = (figure(str(n), n, "2031-05-02", scope="cumulative", place=None) for n in (less, more))
    assert one_sum(left, right) == one


def test_the_toll_of_another_year_is_no_running_total() -> None:
    assert not running(figure("a", 150, "2031-05-02", "2027-01-01", scope="cumulative"))
    assert running(figure("a", 150, "2031-05-02", "2031-05-01", scope="cumulative"))


def signing(name: str, side: str | None, *others: str) -> model.Testimony:
    evidence = (Quote(name, 0, 5, "words"),)
    claim = Claim(article=name, act="sign", object="agreement", evidence=evidence, when=day("2031-05-02"))
    return model.Testimony(id=name, article=name, origin=name, evidence=evidence, claim=claim, story="s", place="p", actor=side,
                     actor_side=side, with_actor=others, with_sides=others, day=day("2031-05-03"))  # fmt: skip


def test_both_who_signed_are_parties_to_it() -> None:
    both = signing("a", "Orsenia", "Kestria")
    assert both.doers == {"Orsenia", "Kestria"}
    assert meets(both, signing("b", "Kestria"), "deed")
    assert meets(both, signing("b", None), "deed")
    assert not meets(both, signing("b", "Velmora"), "deed")
    asked, judged, _ = questions(
        [both, signing("b", "Orsenia", "Kestria")], {a: a for a in ("Orsenia", "Kestria", "p")}, components
    )
    assert "Did Kestria and Orsenia sign in p?" in {q.text for q in asked}
    assert {j.kind for j in judged} == {"supports"}


def test_two_counters_conflict_where_both_sentences_name_the_place() -> None:
    def told(name: str, low: float, where: str) -> model.Testimony:
        return figure(name, low, "2031-06-01", place=None, sentence=f"{low:.0f} people were killed {where} on Saturday.")

    def kinds(*held: model.Testimony) -> set[str]:
        return {j.kind for j in questions(held, {}, components)[1]}

    assert kinds(told("a", 12, "at the Mirel Pass"), told("b", 17, "near the Mirel Pass")) == {"conflicts"}
    assert kinds(told("a", 12, "in June"), told("b", 17, "in June")) == {"possible"}


def test_a_total_that_says_what_it_includes_contradicts_nobody_who_leaves_it_out() -> None:
    whole = figure("a", 72, "2031-05-02", sentence="The toll rose to 72 including five attackers.", scope="cumulative")
    bare = figure("b", 67, "2031-05-03", sentence="The toll has risen to 67.", scope="cumulative")
    other = figure("c", 60, "2031-05-03", sentence="The toll is 60.", scope="cumulative")
    assert {j.kind for j in questions([whole, bare], {}, components)[1]} == {"compatible"}
    assert {j.kind for j in questions([whole, other], {}, components)[1]} == {"conflicts"}


REPORTS = {
    "a.txt": "Bridge falls\nVescan Herald, Friday 14 March 2031\n\nThe bridge at Orrin fell on Monday, 12 March 2031.",
    "b.txt": "Rust\nThe Craft Gazette, Saturday 15 March 2031\n\nRust was known. The span gave way on Monday, "
    "12 March 2031, with nobody on it.",
    "c.txt": "Ferry back\nLask Courier, Sunday 16 March 2031\n\nThe ferry runs again since Thursday, 13 March 2031.",
}  # fmt: skip


def test_a_rare_error_that_two_share_is_a_hint_and_joins_nothing() -> None:
    reader = Reader()
    dossier = assemble(reader(Member(name=n, payload=t.encode(), media="text/plain")) for n, t in REPORTS.items())
    hints = [p for p in dossier.problems if p.stage == "resolve"]
    assert [(p.name in REPORTS, "12 March 2031" in p.text, "hint" in p.text) for p in hints] == [(True, True, True)]
    assert len(dossier.origins) == 3
