"""readings, the analyst's register -> outlets: who published, and what an analyst entered of them. Nothing is ever guessed.

The register is a table of tables, one an outlet, as `outlets.toml` holds them:

    ["Halden Gazette"]
    owner = "…"            # all four are optional
    state_control = "…"
    country = "…"
    reliability = "B"      # A to F, the analyst's own
    by = "I. Analyst"      # who says so

For the view of origins (`secondsource sources`) the dossier holds the rest: `origins` with their reasons and shared words,
each article's `relations`, `utterances`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from secondsource.errors import BadInput
from secondsource.model import Outlet, Reading
from secondsource.resolve.naming import fold

ENTRIES = ("owner", "state_control", "country", "reliability", "by")
RELIABILITY = frozenset("ABCDEF")


def outlets(readings: Iterable[Reading], register: Mapping[str, Any]) -> tuple[Outlet, ...]:
    """The outlets of the articles by name, each with its entries. Raises BadInput where the register is malformed."""
    for name, entries in register.items():
        _check(name, entries)
    held = {fold(name): entries for name, entries in register.items()}
    names = sorted({r.article.outlet.value for r in readings if r.article.outlet.value})
    return tuple(Outlet(name=name, **held.get(fold(name), {})) for name in names)


def _check(name: str, entries: Any) -> None:
    if not isinstance(entries, Mapping):
        raise BadInput(f'the register of outlets holds {name!r} without entries: write ["{name}"] and its entries below it')
    for key, value in entries.items():
        if key not in ENTRIES:
            raise BadInput(f"the register of outlets: {name}: {key!r} is none of {', '.join(ENTRIES)}")
        if not isinstance(value, str) or not value.strip():
            raise BadInput(f"the register of outlets: {name}: {key} must be words in quotation marks")
        if key == "reliability" and value not in RELIABILITY:
            raise BadInput(f"the register of outlets: {name}: reliability is a letter from A to F, not {value!r}")
