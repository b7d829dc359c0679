"""The cases of tests/cases/claims and tests/cases/conditions stay above the floors of the benchmark."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from claim_cases import claim_score, condition_score

FILE = Path(__file__).resolve().parents[1] / "bench" / "bench_claims.py"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def floors() -> dict[str, float]:
    spec = importlib.util.spec_from_file_location("bench_claims", FILE)
    assert spec is not None
    assert spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found: dict[str, float] = module.floors()
    return found


def test_realis_and_polarity(floors: dict[str, float]) -> None:
    tally = claim_score()
    assert tally.share("judged_right", "judged") >= floors["realis_polarity"], "\n".join(tally.failures)
    assert tally.share("extra_on_nothing", "passages_with_nothing") <= floors["nothing_wrong"], "\n".join(tally.failures)


def test_conditions(floors: dict[str, float]) -> None:
    tally = condition_score()
    assert tally.share("right", "wanted") >= floors["conditions"], "\n".join(tally.failures)
