"""Bodies the whole world knows, states by any of their names, bare bodies and descriptions: who is one actor across reports."""

import pytest

import actor_cases
from secondsource.data import table
from secondsource.pipeline import Reader
from secondsource.resolve.known import Known

# Reports parted by "//"; pairs of words with what they are.
CASES = (
    ("The UN said so. The United Nations left. U.N. staff stayed.", "The UN | The United Nations | same; The UN | U.N. | same"),
    (
        "The U.S. and the United States agree, and America too.",
        "The U.S. | the United States | same; the United States | America | same",
    ),
    ("Britain spoke. // The UK was silent.", "Britain | The UK | same"),
    (
        "The International Committee of the Red Cross left. // The Red Cross said it would return. The ICRC has 40 staff.",
        "The International Committee of the Red Cross | The Red Cross | same; The Red Cross | The ICRC | same",
    ),
    (
        "The International Committee of the Red Cross left. The Kestrian Red Cross stayed. // The Red Cross said no.",
        "The International Committee of the Red Cross | The Red Cross | apart; "
        "The International Committee of the Red Cross | The Kestrian Red Cross | apart",
    ),
    (
        "The Awami Union (AU) won. The AU thanked voters. // The African Union denied it.",
        "The Awami Union | The AU | same; The African Union | The AU | apart",
    ),
    (
        "The United Nations Mission in Orsenia left. The United Nations stayed.",
        "The United Nations Mission | The United Nations stayed | apart",
    ),
    (
        "Orsenia’s Defence Ministry said it. // In Orsenia, the defence ministry denied it.",
        "Orsenia’s Defence Ministry | the defence ministry | same",
    ),
    (
        "Orsenia’s Defence Ministry said it, Kestria’s Defence Ministry no. // In Orsenia, the defence ministry said no.",
        "Orsenia’s Defence Ministry | Kestria’s Defence Ministry | apart; "
        "Orsenia’s Defence Ministry | the defence ministry | apart",
    ),
    (
        "Orsenia’s Defence Ministry said three died. The ministry gave no names.",
        "Orsenia’s Defence Ministry | The ministry | same",
    ),
    (
        "Orsenia’s Defence Ministry said three died. The Orsenian Health Ministry agreed. The ministry gave no names.",
        "Orsenia’s Defence Ministry | The Orsenian Health Ministry | apart; Orsenia’s Defence Ministry | The ministry | apart",
    ),
    (
        "Karim Dast spoke. His son, Harun Dast, listened. The elder Dast left first.",
        "Karim Dast | The elder Dast | same; Harun Dast | The elder Dast | apart",
    ),
    (
        "Tova Lind of Kestria met Rasmo Pell of Orsenia. The Orsenian minister smiled.",
        "Rasmo Pell | The Orsenian minister | same; Tova Lind | The Orsenian minister | apart",
    ),
    ("Colonel Vassil Rhodane won. The headline read: Rodhane wins by a hair.", "Colonel Vassil Rhodane | Rodhane | same"),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(("text", "pairs"), CASES)
def test_one_actor_or_two(text: str, pairs: str, reader: Reader) -> None:
    wanted = [[part.strip() for part in pair.split("|")] for pair in pairs.split(";")]
    for outcome in actor_cases.judged("case", text.split(" // "), wanted, reader.parser):
        assert outcome.found == outcome.wanted, outcome


def test_no_name_is_of_two_bodies() -> None:
    names = [name for other, name in table("bodies")["known"].items() for name in [other, *name.split("|")] if name]
    assert len(names) == len(set(names))
    assert len(Known(table("bodies")).of) > len(table("bodies")["known"])
