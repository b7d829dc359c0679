"""Positions, shifts and pledges on the stories of tests/positions, written by a second author before the rules.

Run: `python bench/bench_positions.py [-v]`. Two measurements:
- right input: the positions of truth.toml themselves go in, and only the rules of shifts and pledges are measured;
- end to end: the reports go in as files and the ledger that the pipeline makes is held against truth.toml.
With -v it lists what failed. Exit 1 below a floor of bench/floors.toml.
"""

import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from secondsource.data import table
from secondsource.model import Actor, Article, Dossier, Pledge, Position, Problem, Quote, Reading, Shift, When
from secondsource.pipeline import Reader, assemble
from secondsource.rate.aftermath import Telling
from secondsource.rate.naming import Names
from secondsource.rate.passages import around, passages
from secondsource.rate.pledges import pledges
from secondsource.rate.retractions import retractions
from secondsource.rate.shifts import day_of, shifts
from secondsource.read.formats import members

ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT / "tests" / "positions"
TARGETS = {
    "entries_precision": 0.90, "entries_recall": 0.85, "shifts": 0.80, "changed_ratio": 1.3, "turned_wrong": 0.02,
    "pledges": 0.85, "culprits_wrong": 0,
}  # fmt: skip
OPPOSITE = {("softened", "hardened"), ("hardened", "softened")}
Truth = dict[str, list[dict[str, Any]]]


@dataclass
class Tally:
    """What one measurement found."""

    shifts: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    pledges: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    culprits: int = 0
    found: int = 0
    extra: int = 0
    missed: int = 0
    conditions: int = 0
    slots: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)


def stories() -> Iterator[tuple[str, Truth, list[Reading]]]:
    """Each story's name, truth and readings."""
    reader = Reader()
    for folder in sorted(path for path in STORIES.iterdir() if path.is_dir()):
        truth = tomllib.loads((folder / "truth.toml").read_text(encoding="utf-8"))
        documents = [m for path in sorted(folder.glob("*.txt")) for m in members(path.name, path.read_bytes())]
        read = [reader(document) for document in documents if not isinstance(document, Problem)]
        yield folder.name, truth, [r for r in read if isinstance(r, Reading)]


# ---- right input ----------------------------------------------------------------------------------------------------------


def right_input(name: str, truth: Truth, readings: list[Reading], tally: Tally) -> None:
    """Score the rules of shifts and pledges on the positions of the truth table."""
    by_file = {Path(r.article.name).name: r.article for r in readings}
    held = [given(str(place), entry, by_file[entry["file"]]) for place, entry in enumerate(truth["position"])]
    actors = [Actor(id=who, name=who, kind="unknown", aliases=(who,)) for who in sorted({p.actor for p in held})]
    names = Names(actors, {}, table("stands"))
    outcomes, objects, strength = table("outcomes"), table("objects"), table("strength")
    moved = shifts(held, retractions(readings, held, names, outcomes, objects), strength)
    told = Telling(readings, names, outcomes, objects, strength)
    same = {who: {who} for who in names.all}
    score_shifts(name, truth, held, moved, same, tally)
    score_pledges(name, truth, pledges(held, readings, told), same, tally)


def given(place: str, entry: dict[str, Any], article: Article) -> Position:
    """An entry of the truth table as a Position."""
    words = find(article, entry["words"])
    read = passages(article)
    first, last = around(read, words)
    when = When(earliest=entry["date"], latest=entry["date"], precision="day") if entry["date"] else None
    return Position(
        id=f"position-{int(place):03}",
        actor=entry["actor"],
        object=entry["object"],
        act=entry["act"],
        conditions=tuple(find(article, words) for words in entry["conditions"]),
        when=when,
        utterance=place,
        origins=("origin",),
        evidence=(words,),
        context=(article.quote(read[first].quote.start, read[last].quote.end),),
    )


def find(article: Article, words: str) -> Quote:
    match = re.search(r"\s+".join(map(re.escape, words.split())), article.text)
    assert match, f"{article.name}: {words}"
    return article.quote(match.start(), match.end())


# ---- end to end -----------------------------------------------------------------------------------------------------------


def end_to_end(name: str, truth: Truth, readings: list[Reading], tally: Tally) -> Dossier:
    """Score what the pipeline makes of the reports."""
    dossier = assemble(readings)
    same = {entry["actor"]: set(bearers(dossier, entry["actor"])) for entry in truth["position"]}
    same |= {s["actor"]: set(bearers(dossier, s["actor"])) for s in truth["shift"]}
    names = {actor.id: actor.name for actor in dossier.actors}
    left = list(dossier.positions)
    missed = []
    for entry in truth["position"]:
        hit = next((p for p in left if is_entry(p, entry, same)), None)
        if hit is None:
            missed.append(entry)
            continue
        left.remove(hit)
        tally.found += 1
        tally.conditions += sorted(plain(q.exact) for q in hit.conditions) == sorted(plain(c) for c in entry["conditions"])
    tally.missed += len(missed)
    tally.extra += len(left)
    for entry in missed:
        tally.slots[wrong_slots(entry, left, same)] += 1
        tally.lines.append(
            f"{name} | not found | {entry['actor']} | {entry['object']} | {entry['act']} | {entry['date']} | {entry['words']}"
        )
    for p in left:
        tally.lines.append(
            f"{name} | too many | {names[p.actor]} | {p.object} | {p.act} | {day_of(p.when)} | {plain(p.evidence[0].exact)}"
        )
    score_shifts(name, truth, dossier.positions, dossier.shifts, same, tally)
    score_pledges(name, truth, dossier.pledges, same, tally)
    return dossier


def bearers(dossier: Dossier, printed: str) -> Iterator[str]:
    """The actors that a printed name stands for: one of their names holds it, or one of their mentions stands inside it."""
    wanted = set(words(printed))
    for actor in dossier.actors:
        for alias in (actor.name, *actor.aliases):
            held = set(words(alias))
            short = held <= wanted and (len(held) > 1 or words(alias)[-1:] == words(printed)[-1:])
            if held and (wanted <= held or short):
                yield actor.id
    actor_of = dossier.cluster_of("actor")
    for reading in dossier.readings:
        spans = [m.span() for m in re.finditer(re.escape(printed), reading.article.text)]
        for mention in reading.mentions:
            at = mention.quote
            begin = at.start + (4 if at.exact.casefold().startswith("the ") else 0)
            if mention.id in actor_of and any(start == begin and at.end <= end for start, end in spans):
                yield actor_of[mention.id]


def words(text: str) -> list[str]:
    return [w for w in re.findall(r"\w+", text.casefold()) if w not in {"the", "s"}]


def is_entry(p: Position, entry: dict[str, Any], same: dict[str, set[str]]) -> bool:
    return (p.object, p.act, day_of(p.when) or "") == (entry["object"], entry["act"], entry["date"]) and p.actor in same[
        entry["actor"]
    ]


def wrong_slots(entry: dict[str, Any], left: Iterable[Position], same: dict[str, set[str]]) -> str:
    """What keeps the nearest entry from being the one that was missed; "not found" where nothing is near."""
    best: list[str] = []
    for p in left:
        wrong = [n for n, v in (("object", p.object), ("act", p.act), ("date", day_of(p.when) or "")) if v != entry[n]]
        wrong += [] if p.actor in same[entry["actor"]] else ["actor"]
        if len(wrong) <= 2 and (not best or len(wrong) < len(best)):
            best = wrong
    return " and ".join(best) or "not found"


# ---- both -----------------------------------------------------------------------------------------------------------------


def score_shifts(
    name: str, truth: Truth, held: Iterable[Position], moved: Iterable[Shift], same: dict[str, set[str]], tally: Tally
) -> None:
    days = {p.id: day_of(p.when) or "" for p in held}
    left = list(moved)
    for wanted in truth["shift"]:
        key = (wanted["object"], wanted["from"], wanted["to"])
        hit = next(
            (
                s
                for s in left
                if s.actor in same[wanted["actor"]] and (s.object, days.get(s.start or "", ""), day_of(s.when) or "") == key
            ),
            None,
        )
        if hit:
            left.remove(hit)
        tally.shifts[wanted["kind"], hit.kind if hit else None] += 1
        if not hit or hit.kind != wanted["kind"]:
            got = f"{hit.kind}: {hit.reason}" if hit else "none"
            tally.lines.append(
                f"{name} | shift | {wanted['actor']} | {wanted['object']} | {wanted['kind']}: {wanted['why']} | got {got}"
            )
    for shift in left:
        tally.shifts[None, shift.kind] += 1


def score_pledges(name: str, truth: Truth, made: Iterable[Pledge], same: dict[str, set[str]], tally: Tally) -> None:
    left = list(made)
    for wanted in truth.get("pledge", []):
        hit = next((p for p in left if p.object == wanted["object"] and (day_of(p.when) or "") == wanted["made"]), None)
        if hit:
            left.remove(hit)
        tally.pledges[wanted["outcome"], hit.outcome if hit else None] += 1
        if hit and hit.outcome == "broken" and (wanted["outcome"] != "broken" or not culprit_is_right(hit, wanted, same)):
            tally.culprits += 1
        if not hit or hit.outcome != wanted["outcome"]:
            got = f"{hit.outcome}: {[plain(q.exact) for q in hit.told]}" if hit else "none"
            right = f"{wanted['outcome']}: {wanted['deed_words']}"
            tally.lines.append(f"{name} | pledge | {wanted['parties']} | {wanted['object']} | {right} | got {got}")
    for pledge in left:
        tally.pledges[None, pledge.outcome] += 1
        tally.culprits += pledge.outcome == "broken"


def culprit_is_right(hit: Pledge, wanted: dict[str, Any], same: dict[str, set[str]]) -> bool:
    """Whoever is said to have broken it is one who had bound himself, or his side."""
    parties = {a for who in wanted["parties"] for a in same.get(who, {who})}
    return (bool(hit.by) and set(hit.by) <= parties | set(hit.parties)) or not hit.by


def plain(text: str) -> str:
    return " ".join(text.split())


def measures(tally: Tally) -> dict[str, float]:
    told = {k: n for k, n in tally.shifts.items() if k[0] is not None}
    moved = {k: n for k, n in told.items() if k[0] != "new"}
    right = sum(n for k, n in told.items() if k[0] == k[1])
    given = sum(n for k, n in tally.shifts.items() if k[1] == "changed")
    pledged = {k: n for k, n in tally.pledges.items() if k[0] is not None}
    made: dict[str, float] = {
        "shifts": right / sum(told.values()),
        "shifts_but_new": sum(n for k, n in moved.items() if k[0] == k[1]) / sum(moved.values()),
        "changed_ratio": given / sum(n for k, n in told.items() if k[0] == "changed"),
        "turned_wrong": sum(n for k, n in told.items() if k in OPPOSITE) / sum(moved.values()),
        "pledges": sum(n for k, n in pledged.items() if k[0] == k[1]) / sum(pledged.values()),
        "culprits_wrong": tally.culprits,
    }
    if tally.found:
        made["entries_precision"] = tally.found / (tally.found + tally.extra)
        made["entries_recall"] = tally.found / (tally.found + tally.missed)
        made["conditions"] = tally.conditions / tally.found
    return made


def report(title: str, prefix: str, tally: Tally, floors: dict[str, float]) -> bool:
    """Print one measurement against the floors; True where all hold."""
    print(f"\n{title}")
    good = True
    for name, value in measures(tally).items():
        floor = floors.get(f"{prefix}_{name}")
        ceiling = name in {"changed_ratio", "turned_wrong", "culprits_wrong"}
        fine = floor is None or (value <= floor if ceiling else value >= floor)
        good = good and fine
        aim = f"aim {'<=' if ceiling else '>='} {TARGETS[name]:g}" if name in TARGETS else ""
        shown = f"floor {floor if floor is not None else '-'}{'' if fine else '  BELOW THE FLOOR'}"
        print(f"  {name:<20} {value:6.3f}  {aim:<12} {shown}")
    wrong = {f"{a} as {b}": n for (a, b), n in sorted(tally.shifts.items(), key=str) if a != b}
    print(f"  shifts told otherwise: {wrong}")
    print(f"  pledges told otherwise: { {f'{a} as {b}': n for (a, b), n in sorted(tally.pledges.items(), key=str) if a != b} }")
    if tally.slots:
        print(f"  entries missed, by what is wrong: {dict(tally.slots.most_common())}")
    return good


def main() -> int:
    if not STORIES.is_dir():
        print(f"skipped: {STORIES} is missing")
        return 0
    rules, whole, halves = Tally(), Tally(), defaultdict(Tally)
    count = 0
    for name, truth, readings in stories():
        right_input(name, truth, readings, rules)
        end_to_end(name, truth, readings, whole)
        end_to_end(name, truth, readings, halves["odd" if int(name[:2]) % 2 else "even"])
        count += 1
    floors = tomllib.loads((ROOT / "bench" / "floors.toml").read_text(encoding="utf-8")).get("positions", {})
    print(f"{count} stories, {rules.shifts.total()} shifts, {rules.pledges.total()} pledges")
    good = report("right input: the rules alone", "right", rules, floors)
    good = report("end to end: from the reports", "whole", whole, floors) and good
    for half, tally in sorted(halves.items()):
        made = measures(tally)
        entries = f"entries P {made['entries_precision']:.3f} R {made['entries_recall']:.3f}"
        print(f"  {half} numbers: {entries}, shifts {made['shifts']:.3f}, pledges {made['pledges']:.3f}")
    if "-v" in sys.argv:
        print("\n".join(["", "right input", *rules.lines, "", "end to end", *whole.lines]))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
