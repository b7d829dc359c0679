"""Measured floors on tests/cases/attribute. Not every case passes; the benchmark lists the failures. Floors only rise."""

from functools import cache

import pytest

from attribute_cases import Tally, run

FLOORS = {
    "mode": 0.95,
    "kind": 0.95,
    "relay": 0.9,
    "venue": 0.88,
    "addressee": 0.9,
    "hedge": 0.95,
    "said": 0.85,
    "wording": 0.95,
    "parent": 0.88,
    "is": 0.85,
    "question": 0.95,
}


@cache
def tally() -> Tally:
    return run()


def test_attributions_found_and_right() -> None:
    assert tally().found / tally().printed >= 0.93
    assert tally().found / tally().expected >= 0.93


@pytest.mark.parametrize("key", FLOORS)
def test_keys(key: str) -> None:
    assert tally().key(key)[2] >= FLOORS[key], "\n".join(f for f in tally().failures if f" {key} of " in f)
