"""The hand reading of three real stories (tests/gold/stories.json): claims, figures and times, read through the pipeline.

The texts are not in the project: they come from the folder of development data. Optional lines are neither error nor loss.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from claim_cases import Tally, _score_seed, article_of, overlap, reader, stretch
from secondsource.model import Figure, Reading, TimeExpression

HAND = Path(__file__).parent / "gold" / "stories.json"


@cache
def texts(folder: Path) -> dict[tuple[str, int | None], str]:
    """The texts by (id, number of the article in its triplet)."""
    held: dict[tuple[str, int | None], str] = {}
    for line in (folder / "independent_triplets_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        held |= {(row["id"], n): a["text"] for n, a in enumerate(row["articles"])}
    for line in (folder / "altered_pairs_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        held[row["id"], None] = row["original"]
    return held


def story_scores(folder: Path) -> dict[str, Tally]:
    """By kind (claims, figures, times): `right`, `wanted` and `extra`, and what failed in words."""
    tallies = {kind: Tally() for kind in ("claims", "figures", "times")}
    for hand in json.loads(HAND.read_text(encoding="utf-8")):
        text = texts(folder)[hand["id"], hand["article"]]
        reading = reader().attribute(article_of(text, hand["published"]))
        _score_seed(tallies["claims"], hand | {"file": hand["id"]}, reading)
        _score(tallies["figures"], hand["figures"], list(reading.figures), text)
        _score(tallies["times"], hand["times"], [t for t in reading.times if t.when.precision != "unknown"], text)
        _sides(tallies["claims"], hand, reading)
    return tallies


def _sides(tally: Tally, hand: dict[str, Any], reading: Reading) -> None:
    """Of the claims found: how many have the hand's actor, or none where it has none."""
    mentions = {m.id: m for m in reading.mentions}
    for line in hand["claims"]:
        at = (line["start"], line["end"])
        near = [c for c in reading.claims if c.act == line["act"] and overlap(stretch(c.evidence[0]), at) >= 0.5]
        for side in ("actor", "target") if near and not line.get("optional") else ():
            wanted, got = line[side], getattr(near[0], side)
            same = (
                wanted is not None
                and got is not None
                and overlap(stretch(mentions[got].quote), (wanted["start"], wanted["end"])) > 0
            )
            tally.counts[f"{side}_right"] += same or (wanted is None and got is None)
            tally.counts[f"{side}_wrong"] += got is not None and not same
            tally.counts[f"{side}_all"] += 1


def _score(tally: Tally, lines: list[dict[str, Any]], got: list[Any], text: str) -> None:
    left = list(got)
    for line in lines:
        best = next((g for g in left if _touches(g, line)), None)
        if best is not None:
            left.remove(best)
        if line.get("optional"):
            continue
        tally.counts["wanted"] += 1
        wrong = ["not found"] if best is None else _wrong(line, best)
        tally.counts["right" if not wrong else "missed"] += 1
        tally.counts["extra"] += bool(wrong) and best is not None
        if wrong:
            tally.failures.append(f"{text[line['start'] : line['end']]!r}: {'; '.join(wrong)}")
    tally.counts["extra"] += len(left)
    tally.failures += [f"extra {_words(g)!r}" for g in left]


def _words(got: TimeExpression | Figure) -> str:
    return (got.quote if isinstance(got, TimeExpression) else got.evidence[0]).exact


def _touches(got: TimeExpression | Figure, line: dict[str, Any]) -> bool:
    quote = got.quote if isinstance(got, TimeExpression) else got.evidence[0]
    return bool(quote.start < line["end"] and line["start"] < quote.end)


def _wrong(line: dict[str, Any], got: TimeExpression | Figure) -> list[str]:
    if isinstance(got, TimeExpression):
        had = (got.when.earliest, got.when.latest)
        return [] if had == (line["earliest"], line["latest"]) else [f"{line['earliest']}..{line['latest']} != {had}"]
    wrong = [
        f"{k} {line[k]} != {getattr(got, k)}"
        for k in ("low", "high", "bound", "counted", "scope")
        if line[k] != getattr(got, k)
    ]
    a, b = (line["whose"] or "-").lower(), (got.whose or "-").lower()
    return wrong + ([] if a in b or b in a else [f"whose {a} != {b}"])
