"""Second authors' cases of questions, reworded copies and small stories, as measured floors; the benchmark prints more."""

import pytest

import copies
import question_cases
import reworded_cases
import story_cases
from secondsource.engine import components
from secondsource.model import Reading, TextField
from secondsource.pipeline import Reader
from secondsource.resolve.origins import origins


def test_judgements_on_typed_cases() -> None:
    found = list(question_cases.outcomes())
    given = [o for o in found if o.found != "none"]
    conflicts = [o for o in found if o.wanted == "conflicts"]
    assert sum(o.found == o.wanted for o in given) >= 0.97 * len(given)
    assert sum(o.found == "conflicts" for o in conflicts) >= 0.92 * len(conflicts)
    assert not [o.name for o in found if o.found == "conflicts" and o.wanted != "conflicts"]
    assert sum(o.verdict == o.wanted_verdict for o in found) >= 0.97 * len(found)


def test_reworded_copies_and_independent_reports() -> None:
    found = list(reworded_cases.outcomes())
    assert sum(o.found for o in found) >= 0.95 * len(found)
    assert not [o.name for o in found if any(o.false)]


@pytest.mark.slow
def test_small_stories() -> None:
    stories = list(story_cases.told(Reader(), papers=True))
    wrong = {s.name: w for s in stories if (w := story_cases.origins_wrong(s))}
    assert len(wrong) <= 0.05 * len(stories), wrong
    said = [u for s in stories for u in story_cases.utterances(s)]
    assert sum(not wrong for _, wrong in said) >= 0.9 * len(said)
    assert not [c for s in stories for c in story_cases.wrong_conflicts(s)]


def test_rewording_raises_no_count() -> None:
    """An original and an independent report, then the reworded copy beside them: no count rises."""
    for file in sorted(reworded_cases.CASES.glob("*.txt")):
        texts = [part.strip() for part in file.read_text(encoding="utf-8").split("\n-----\n")]
        read = [
            Reading(article=copies.article(f"{n}", text, outlet=TextField(value=f"Paper {n}", basis="stated")))
            for n, text in enumerate(texts[:3])
        ]
        original, reworded, independent = read
        assert counts(original, reworded, independent) == counts(original, independent) == (2, 2), file.stem


def counts(*readings: Reading) -> tuple[int, int]:
    return origins(readings, components).count()(reading.article.id for reading in readings)
