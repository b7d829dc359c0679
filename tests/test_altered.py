"""Near copies in which one fact was changed: which slot, and the words of both."""

import pytest

import copies
from invented import Draft
from secondsource.compare.altered import Means, changes
from secondsource.data import table
from secondsource.pipeline import assemble

MEANS = Means(table("means"))
REPORT = (
    "A car bomb killed nine civilians in the town of Druva on Monday, the council of the valley said. "
    "The blast was heard as far as the coast and broke the windows of the school. "
    "Rebel fighters attacked the post at the bridge in the same hour, and 12 lorries burned. "
    "Nobody has been able to reach the eastern bank since the ferry was tied up."
)


@pytest.mark.parametrize(
    ("old", "new", "slot"),
    [
        ("car bomb", "mortar shell", "how"),
        ("on Monday", "on Friday", "when"),
        ("town of Druva", "town of Vell", "where"),
        ("12 lorries", "40 lorries", "how_many"),
        ("Rebel fighters", "Government troops", "by_whom"),
        ("nine civilians", "nine policemen", "who"),
    ],
)
def test_the_slot_that_changed_is_shown(old: str, new: str, slot: str) -> None:
    (change,) = changes(copies.article("a", REPORT), copies.article("b", REPORT.replace(old, new)), MEANS)
    assert change.slot == slot
    assert change.before.exact != change.after.exact
    assert change.after.exact in new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the council of the valley said", "according to the council"),
        ("as far as", "as far off as"),
        ("12 lorries", "12 trucks"),
        ("Druva", "Drouva"),
    ],
)
def test_other_words_for_one_fact_are_no_change(old: str, new: str) -> None:
    assert not changes(copies.article("a", REPORT), copies.article("b", REPORT.replace(old, new)), MEANS)


def test_the_dossier_says_what_a_copy_altered() -> None:
    original = Draft("a", "One", "2031-03-01").tell(REPORT)
    altered = Draft("b", "Two", "2031-03-02").tell(REPORT.replace("on Monday", "on Friday"))
    dossier = assemble([original.reading(), altered.reading()])
    assert len(dossier.origins) == 1
    (judgement,) = [j for j in dossier.judgements if j.kind == "copy_altered"]
    assert [quote.exact for quote in judgement.evidence] == ["Monday", "Friday"]
    assert "Monday" in judgement.reason
    assert "Friday" in judgement.reason
