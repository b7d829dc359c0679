"""words -> are they the name of a paper, a station, a site or an agency, by their shape?

Only shapes that leave little doubt: a word that names of media end with, a word of when they appear, or "The" before capitals.
A bare name that could be a person's, a section's or a desk's is none.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from secondsource.model import Record

_SMALL = frozenset({"of", "and", "for", "de", "du", "der", "del", "al", "el", "la", "the", "in", "on", "&"})
_LEADS = frozenset(
    {"by", "from", "via", "with", "source", "sources", "courtesy", "photo", "image", "published", "posted", "updated"}
)
_WORD = re.compile(r"[^\W\d_][\w'’.&/-]*")


class Papers(Record, frozen=True, kw_only=True):
    """The words of the table by which names of media are told. `words`: last words of them; `wires`: those of agencies and
    stations; `inside`: words of when one appears; `desks`: words of who works there; `sections`: first words of headings;
    `persons`: given names that are places, too."""

    words: frozenset[str]
    wires: frozenset[str]
    inside: frozenset[str]
    desks: frozenset[str]
    sections: frozenset[str]
    persons: frozenset[str]


@lru_cache(maxsize=8)
def _papers(rows: tuple[tuple[str, str], ...]) -> Papers:
    given = {name: frozenset(words.split()) for name, words in rows}
    return Papers(
        **{name: given.get(name, frozenset()) for name in ("words", "wires", "inside", "desks", "sections", "persons")}
    )


def papers(agencies: Mapping[str, Any]) -> Papers:
    """The table's words as sets, made once."""
    return _papers(tuple(sorted((name, words) for name, words in agencies["papers"].items() if isinstance(words, str))))


def is_named(words: str, papers: Papers) -> bool:
    """Is this the name of a medium? "Valley Herald", "The Far Parish", "Harl Morning Kite", "Norvik News Agency"."""
    parts = words.split()
    if not 2 <= len(parts) <= 7 or len(words) > 60 or not _capitalised(parts):
        return False
    folded = [part.lower().strip(".,'’") for part in parts]
    if folded[0] in _LEADS or folded[0] in papers.sections or any(part in papers.desks for part in folded[:-1]):
        return False
    if folded[-1] in papers.desks and not (folded[-1] in papers.words and folded[0] == "the" and len(parts) > 2):
        return False  # "Harl Reporter" is who wrote it, "The Harl Reporter" a paper
    # "The Morning After" is a heading as often as a paper: the article alone says it only of longer names
    return (
        folded[-1] in papers.words
        or any(part in papers.inside for part in folded[:-1])
        or (folded[0] == "the" and len(parts) > 2)
    )


def is_wire(words: str, papers: Papers) -> bool:
    """Is it named as agencies and stations are, by its last word?"""
    return is_named(words, papers) and words.split()[-1].lower().strip(".,") in papers.wires


def _capitalised(parts: list[str]) -> bool:
    return all(_WORD.fullmatch(part) and (part[0].isupper() or (place and part in _SMALL)) for place, part in enumerate(parts))
