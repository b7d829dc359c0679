"""What stands behind an answer, and the code of credibility that is given only where an analyst asks."""

import pytest

from secondsource import model
from secondsource.rate.admiralty import credibility

DAY = model.When(earliest="2031-03-01", latest="2031-03-01", precision="day")


def said(enemy: str | None = None, day: model.When | None = DAY) -> model.Testimony:
    return model.Testimony(id="t", article="a", origin="o", evidence=(), day=day, enemy=enemy)


@pytest.mark.parametrize(
    ("verdict", "low", "against", "code"),
    [
        ("supported", 2, 0, 1),
        ("disputed", 2, 1, 2),
        ("single_origin", 1, 0, 3),
        ("denied", 1, 1, 4),
        ("conflicting", 1, 1, 4),
        ("conflicting", 1, 2, 5),
        ("internally_inconsistent", 0, 2, 6),
    ],
)
def test_codes(verdict: str, low: int, against: int, code: int) -> None:
    assert credibility(verdict, low, [said()], against) == code


def test_a_party_on_the_enemys_dead_is_doubtful_and_the_undated_cannot_be_judged() -> None:
    assert credibility("single_origin", 1, [said(enemy="x")], 0) == 4
    assert credibility("single_origin", 1, [said(day=None)], 0) == 6
