"""what a format of others holds -> its files, and beside them the list of what it cannot say

Nothing in these files depends on a clock, a run, the case's name or a path of this machine: equal dossiers give equal bytes.
"""

import msgspec

from secondsource.model import Claim, Dossier, Figure, Quote, Record, When
from secondsource.render.lookup import Lookup

LEFT_OUT = "LEFT_OUT.txt"
HEAD = "What this format cannot say, and so is left out here. `--format jsonl` has every record, exactly.\n"


class Foreign(Record, frozen=True, kw_only=True):
    """File name -> bytes; `lost`: what is left out, a line each; `rows`: how many records of the dossier are in the files."""

    files: dict[str, bytes]
    lost: tuple[str, ...]
    rows: int

    def with_list(self) -> dict[str, bytes]:
        """The files and the list of what is left out."""
        return {**self.files, LEFT_OUT: (HEAD + "".join(f"- {line}\n" for line in self.lost)).encode()}


def scalar(text: str) -> str:
    """Text that every encoder takes: halves of surrogate pairs become the sign for what cannot be shown."""
    return text.encode("utf-8", "replace").decode()


def lines(records: list[dict[str, object]]) -> bytes:
    """Records as JSON lines in their order, keys sorted."""
    return b"".join(msgspec.json.encode(record, order="deterministic") + b"\n" for record in records)


def precision(when: When | None) -> int | None:
    """1: a day; 2: within a week; 3: within a month or less surely; None: not known."""
    if when is None or when.earliest is None or when.latest is None:
        return None
    first, last = when.earliest[:10], when.latest[:10]
    if first == last:
        return 1
    return 2 if first[:7] == last[:7] and int(last[8:]) - int(first[8:]) < 7 else 3


def counted_again(number: int, one: str, many: str, rest: str) -> tuple[str, ...]:
    """ "3 events without a day", or nothing where there is none."""
    return (f"{number} {one if number == 1 else many} {rest}",) if number else ()


def happenings(look: Lookup) -> list[tuple[str, list[Claim], list[Figure]]]:
    """Incidents as (id, deeds that are told as having happened, figures), in order of their ids."""
    found = []
    for incident in sorted(look.dossier.incidents, key=lambda i: i.id):
        deeds = [look.claims[c] for c in incident.claims if c in look.claims]
        deeds = sorted((c for c in deeds if c.realis == "actual" and c.polarity == "positive"), key=lambda c: c.id)
        figures = sorted((look.figures[f] for f in incident.figures if f in look.figures), key=lambda f: f.id)
        if deeds or figures:
            found.append((incident.id, deeds, figures))
    return found


def words_of(deeds: list[Claim], figures: list[Figure]) -> list[Quote]:
    """The words that they rest on, each once, in their order."""
    quotes = [q for deed in deeds for q in deed.evidence] + [q for figure in figures for q in figure.evidence]
    return list(dict.fromkeys(quotes))


def untold(dossier: Dossier, look: Lookup) -> tuple[str, ...]:
    """The deeds that are in no incident told as having happened."""
    shown = {c.id for _, deeds, _ in happenings(look) for c in deeds}
    return counted_again(
        sum(len(r.claims) for r in dossier.readings) - len(shown), "claim", "claims",
        "that tell of no incident, or of one that is planned, denied or only possible",
    )  # fmt: skip
