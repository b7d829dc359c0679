"""Sentences traced over the example story and small stories: who carries them, from whom, through whom, and what changed.

Run: python bench/bench_trace.py [-v] [--quick]   (-v lists what failed; --quick leaves out the cost)
Reads SECONDSOURCE_SEEDS (default: ../shared/seeds beside the project). Exit 1 below a floor of bench/floors.toml.
"""

import os
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent / "tests"
sys.path.insert(0, str(TESTS))

import large_cases  # noqa: E402
import trace_cases  # noqa: E402
from secondsource.model import Dossier, Origin, Passport, Reading  # noqa: E402
from secondsource.pipeline import Reader, Tracer, assemble  # noqa: E402
from secondsource.read.formats import members  # noqa: E402

SEEDS = Path(os.environ.get("SECONDSOURCE_SEEDS", HERE.parent.parent / "shared" / "seeds"))
VERBOSE, QUICK = "-v" in sys.argv, "--quick" in sys.argv
Scores = dict[str, float]


def show(name: str, value: float, note: str = "") -> None:
    print(f"  {name:<58} {value:>7.3f}  {note}")


def fail(words: str) -> None:
    if VERBOSE:
        print(f"      - {words}")


def traced(scores: Scores, reader: Reader) -> None:
    found = list(trace_cases.outcomes(reader))
    example, stories = [o for o in found if o.name == "example"], [o for o in found if o.name != "example"]
    for part, held in (("example", example), ("stories", stories),
                       ("all", found)):  # fmt: skip
        print(f"\nSentences, {part} ({len(held)})")
        one = measured(held, loud=part != "all")
        for name, (value, note) in one.items():
            show(name, value, note)
        if part == "all":
            keys = (
                "articles_p",
                "articles_r",
                "origin",
                "mouth",
                "hops",
                "changes",
                "answers",
                "asides",
                "invented_hops_wrong",
            )
            scores |= dict(zip(keys, (value for value, _ in one.values()), strict=True))


def measured(held: list[trace_cases.Outcome], *, loud: bool) -> dict[str, tuple[float, str]]:
    many: Counter[str] = Counter()
    for o in held:
        told: list[str] = []
        for name, good in checked(o):
            many[name] += 1
            many[f"{name} right"] += not good
            told += [good] if good else []
        carried, got = o.carriers, o.found
        many["tp"] += len(carried & got)
        many["got"] += len(got)
        many["carried"] += len(carried)
        many["invented"] += len(list(o.invented()))
        told += [f"not found: {a}" for a in sorted(carried - got)] + [f"wrong: {a}" for a in sorted(got - carried)]
        told += [f"invented: {h}" for h in o.invented()]
        if told and loud:
            fail(f"{o.name}: {o.sentence}")
            for words in told:
                fail(f"    {words}")
    rate = {n: (many[f"{n} right"] / max(1, many[n]), f"{many[f'{n} right']} of {many[n]}") for n in CHECKS}
    return {
        "articles that carry it, P (floor .95)": (many["tp"] / max(1, many["got"]), f"{many['tp']} of {many['got']}"),
        "articles that carry it, R (floor .90)": (many["tp"] / max(1, many["carried"]), f"{many['tp']} of {many['carried']}"),
        "origin right (floor .95)": rate["origin"],
        "mouth right": rate["mouth"],
        "hops in order (floor .90)": rate["hops"],
        "kind of change right (floor .85)": rate["changes"],
        "answer in words right": rate["answers"],
        "who denies, who was not asked": rate["asides"],
        "hops invented (0)": (many["invented"], ""),
    }


CHECKS = ("origin", "mouth", "hops", "changes", "answers", "asides")


def checked(o: trace_cases.Outcome) -> Iterator[tuple[str, str]]:
    """(what was checked, what is wrong with it; empty: nothing)"""
    if (groups := o.groups_right()) is not None:
        yield (
            "origin",
            "" if groups else f"origins: {o.got.origins_low}-{o.got.origins_high}, not {o.wanted.get('origin_groups')}",
        )
    if (mouth := o.mouth_right()) is not None:
        yield "mouth", "" if mouth else f"mouth: {o.got.speakers}, not {o.wanted.get('speakers') or o.wanted['speaker']}"
    for article, good in o.hops():
        ours = [[h.name for h in c.hops] for c in o.got.chains if o.files[c.article] == article]
        yield "hops", "" if good else f"hops to {article}: {ours}"
    for change, good in o.changes():
        yield "changes", "" if good else f"change {change['from']} > {change['to']}: {change['kind']} {change['words']!r}"
    yield "answers", "" if o.answer_right() else f"answer {o.got.status}, not {o.wanted.get('answer', 'found')}"
    for name in o.wanted.get("denied_by", ()):
        yield "asides", "" if any(o.same(name, x.name) for x in o.got.objections) else f"does not say that {name} denies it"
    for name in o.wanted.get("not_asked", ()):
        yield "asides", "" if any(o.same(name, x) for x in o.got.not_asked) else f"does not say that {name} was not asked"


def seeds(scores: Scores, reader: Reader) -> None:
    """The three lines that the issue names."""
    if not SEEDS.is_dir():
        print(f"\nSeeds\n  skipped: {SEEDS.name} is not here")
        return
    read = [
        r for p in sorted(SEEDS.glob("*.txt")) for m in members(p.name, p.read_bytes()) if isinstance(r := reader(m), Reading)
    ]
    tracer = Tracer(assemble(read), reader=reader)
    wanted = (
        ("propose a temporary agenda for the withdrawal of troops", ["Aliyev", "Arabiya", "Sputnik", "VT"], 2),
        ("There can be no negotiations on Karabakh's status", ["Aliyev", "AZTV", ""], 0),
        ("It is unrealistic to speak of a conference", ["", "Interfax", "Al Jazeera", ""], 0),
    )
    print("\nSeeds (three sentences)")
    right = 0
    for sentence, chain, drift in wanted:
        got = tracer(sentence)
        names = [[h.name for h in c.hops] for c in got.chains]
        good = any(len(n) == len(chain) and all(w in x for w, x in zip(chain, n, strict=True)) for n in names)
        kinds = {c.kind for held in got.chains for m in held.matches for c in m.changes}
        good = good and (not drift or {"headline_drift", "quote_to_paraphrase"} <= kinds)
        right += good
        show(sentence[:56], good, " > ".join(names[0]) if names else "not found")
    scores["seeds"] = right


def cost(scores: Scores, reader: Reader) -> None:
    """What an answer costs after reading: 200 files, and 20,000 articles in memory."""
    print("\nCost after reading (one core)")
    for many in (200, 20000):
        readings = list(large_cases.readings(many))
        dossier = assemble(readings) if many <= 200 else bare(readings)
        text = readings[many // 2].article.text
        sentence = max(text.split(". ")[:5], key=len)[:300]
        start = time.perf_counter()
        tracer = Tracer(dossier, reader=reader)
        made = time.perf_counter() - start
        tracer("A sentence that warms the parser before the clock is read.")
        start = time.perf_counter()
        got: Passport = tracer(sentence)
        answer = time.perf_counter() - start
        show(f"{many} articles: seconds to index", made)
        show(f"{many} articles: seconds to answer", answer, f"{got.articles} carry it")
        if many == 200:
            scores["cost_200_wrong"] = made + answer
        else:
            scores["cost_20000_wrong"] = answer


def bare(readings: list[Reading]) -> Dossier:
    """A dossier without its links: what an answer costs does not hang on them."""
    return Dossier(
        readings=tuple(readings),
        origins=tuple(Origin(id=f"origin-{r.article.id}", name=None, articles=(r.article.id,)) for r in readings),
    )


def below(scores: Scores) -> Iterator[str]:
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8")).get("trace", {})
    for name, floor in floors.items():
        if name in scores:
            ceiling = name.endswith("_wrong")
            if scores[name] > floor if ceiling else scores[name] < floor:
                yield f"{name}: {scores[name]:.3f}, {'ceiling' if ceiling else 'floor'} {floor}"


def main() -> int:
    scores: Scores = {}
    reader = Reader()
    traced(scores, reader)
    seeds(scores, reader)
    if not QUICK:
        cost(scores, reader)
    failed = list(below(scores))
    print("\nbelow a floor:" if failed else "\nall floors reached", *failed, sep="\n  ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
