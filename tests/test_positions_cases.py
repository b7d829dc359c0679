"""The stories of tests/positions: the rules of shifts and pledges, measured on the right entries, stay above their floors."""

import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

import bench_positions as bench  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not bench.STORIES.is_dir(), reason="skipped: the folder with the stories is not here"),
]


def test_the_stories_stay_above_their_floors() -> None:
    rules, whole = bench.Tally(), bench.Tally()
    for name, truth, readings in bench.stories():
        bench.right_input(name, truth, readings, rules)
        bench.end_to_end(name, truth, readings, whole)
    floors = tomllib.loads((ROOT / "bench" / "floors.toml").read_text(encoding="utf-8"))["positions"]
    assert bench.report("right input", "right", rules, floors), rules.lines
    assert bench.report("end to end", "whole", whole, floors), whole.lines
