"""Five real reports: what a first version must see in them. The texts belong to their publishers and stay outside."""

import os
from pathlib import Path

import pytest

from secondsource.invariants import quotes_in
from secondsource.model import SPOKEN, Dossier, Reading
from secondsource.pipeline import Reader, assemble
from secondsource.read.formats import members

SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", Path(__file__).parents[2] / "shared"))
SEEDS = SHARED / "seeds"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="skipped: the folder with the five real reports is not here"),
]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    reader = Reader()
    documents = [m for path in sorted(SEEDS.glob("*.txt")) for m in members(path.name, path.read_bytes())]
    return assemble(reader(document) for document in documents)


def reading(dossier: Dossier, number: str) -> Reading:
    return next(r for r in dossier.readings if r.article.name.startswith(number))


@pytest.mark.parametrize(
    ("number", "days", "basis"),
    [
        ("000", {"2020-10-04"}, "stated"),
        ("001", {"2020-11-17"}, "inferred"),
        ("003", {"2020-10-01", "2020-10-02"}, "inferred"),
        ("004", {"2020-11-01"}, "stated"),
    ],
)
def test_days_of_publication(dossier: Dossier, number: str, days: set[str], basis: str) -> None:
    field = reading(dossier, number).article.published
    assert field.value is not None
    assert {(field.value.earliest or "")[:10], (field.value.latest or "")[:10]} <= days
    assert field.basis == basis
    assert field.evidence


def test_an_undated_report_stays_undated(dossier: Dossier) -> None:
    assert reading(dossier, "002").article.published.basis == "absent"


def test_origins_are_those_that_the_words_name(dossier: Dossier) -> None:
    names = sorted(origin.name or "" for origin in dossier.origins)
    assert len(dossier.origins) == 5
    assert [name for name in names if name] == ["Al Jazeera", "Iran Press TV", "Sputnik News"]


def test_notes_comments_and_adverts_are_evidence_for_nothing(dossier: Dossier) -> None:
    for found in dossier.readings:
        kinds = {s.kind for s in found.article.segments}
        assert kinds - SPOKEN, found.article.name
        for record in (*found.attributions, *found.claims, *found.figures):
            for quote in quotes_in(record):
                at = [s.kind for s in found.article.segments if s.start <= quote.start < s.end]
                assert set(at) <= SPOKEN, (found.article.name, quote)


def test_three_spellings_are_one_person(dossier: Dossier) -> None:
    bearers = {a.id: a for a in dossier.actors if any("ashin" in alias or "oshin" in alias for alias in a.aliases)}
    persons = [a for a in bearers.values() if a.kind == "person"]
    assert len(persons) == 1
    spelt = " ".join(persons[0].aliases)
    assert all(name in spelt for name in ("Pashinyan", "Pashinian", "Poshinian"))


def test_the_start_of_the_war_is_a_question_with_an_answer_that_contradicts_itself(dossier: Dossier) -> None:
    starts = [q for q in dossier.questions if q.kind == "time" and {"2020-09-27", "2020-09-26"} <= {a.text for a in q.answers}]
    assert len(starts) == 1
    question = starts[0]
    answers = {a.text: a.reported_by for a in question.answers}
    assert question.verdict == "internally_inconsistent"
    assert answers["2020-09-26"].origins_low == 0
    assert answers["2020-09-27"].origins_low == 2


def test_a_toll_that_grew_is_no_conflict(dossier: Dossier) -> None:
    tolls = [q for q in dossier.questions if q.kind == "figure" and "killed" in q.text]
    grown = [q for q in tolls if any("1,200" in a.text for a in q.answers)]
    assert len(grown) == 1
    assert grown[0].verdict == "updated"
    assert any("100" in a.text for a in grown[0].answers)
    assert not [q for q in tolls if q.verdict == "conflicting"]


def test_at_most_two_conflicts(dossier: Dossier) -> None:
    assert sum(q.verdict == "conflicting" for q in dossier.questions) <= 2
