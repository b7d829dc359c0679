"""Spellings of one name, and names that only look alike."""

import pytest

from secondsource.resolve.naming import bare, fold
from secondsource.resolve.spelling import alike, swapped


@pytest.mark.parametrize(
    ("left", "right"),
    [("zhadrin", "jadrin"), ("hassoun", "hasun"), ("beyqadir", "beikadyr"), ("orlan", "orlane"), ("dorfel", "doerfel")],
)
def test_one_name(left: str, right: str) -> None:
    assert alike(left, right)
    assert alike(right, left)


@pytest.mark.parametrize(("left", "right"), [("ali", "eli"), ("sollen", "kostan"), ("hale", "hole"), ("tanner", "turner")])
def test_two_names(left: str, right: str) -> None:
    assert not alike(left, right)


def test_a_slip_of_the_fingers() -> None:
    assert swapped("hale", "hael")
    assert not swapped("hale", "hale")
    assert not swapped("hale", "leah")


def test_words_of_a_name() -> None:
    assert fold("A. Brenner") == ("a", "brenner")
    assert fold("The Lower Tisk Front’s") == ("lower", "tisk", "front")
    assert bare(("transport", "minister", "poll", "aydem"), {"minister"}) == ("poll", "aydem")
