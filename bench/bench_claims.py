"""Claims and conditions: own cases, the hand readings of the seeds and of three real stories, PLOVER roots, police deeds.

Run: `python bench/bench_claims.py [-v] [--quick]`. -v lists what failed, --quick reads every sixth of the India sentences
that have no label. Reads SECONDSOURCE_GOLD (default ../shared/gold) and says what it skipped. Exit 1 below a floor of
bench/floors.toml.

PLV: the whole reading of each sentence without its marks; the claim whose actor and target overlap the marked ones, else the
first with that actor, else abstained, which counts as wrong. India: "did police kill, arrest or use force": a claim that
happened, is not denied, and is `arrest` with no doer named or police, army or forces as the doer; or `strike` or `casualties`
with such a doer, or with no doer where the sentence names police firing. The set's KILL and FORCE are both of the latter.
"""

import csv
import json
import os
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from claim_cases import Stretch, article_of, both, claim_score, condition_score, reader, seed_score  # noqa: E402
from hand_stories import story_scores  # noqa: E402
from secondsource.model import Claim, Mention, Reading  # noqa: E402

GOLD = Path(os.environ.get("SECONDSOURCE_GOLD", ROOT.parent / "shared" / "gold"))
FLOORS = {
    "realis_polarity": 0.90, "conditions": 0.85, "plv_macro_f1": 0.55, "plv_precision": 0.75, "india_recall": 0.60,
    "seeds_precision": 0.85, "seeds_recall": 0.75, "india_extra_wrong": 0.03, "nothing_wrong": 0.2,
    "stories_precision": 0.80, "stories_recall": 0.65,
}  # fmt: skip
FOLD = {
    "FIGHT": "ASSAULT", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
}  # fmt: skip
FORCE = frozenset(
    [
        "police",
        "policemen",
        "policeman",
        "army",
        "troops",
        "forces",
        "force",
        "cops",
        "officers",
        "jawans",
        "personnel",
        "soldiers",
        "commissioner",
        "crpf",
        "team",
        "government",
    ]
)
NONE = "NONE"


def unmarked(words: str) -> tuple[str, dict[str, list[Stretch]]]:
    """The sentence without its marks, and where source and target stand."""
    plain, opened = "", {}
    places: dict[str, list[Stretch]] = {"s": [], "t": []}
    for part in re.split(r"(</?[st]>)", words):
        mark = re.fullmatch(r"<(/?)([st])>", part)
        if mark is None:
            plain += part
        elif mark[1]:
            places[mark[2]].append((opened[mark[2]], len(plain)))
        else:
            opened[mark[2]] = len(plain)
    return plain, places


def stands_at(mentions: dict[str, Mention], mention: str | None, places: list[Stretch]) -> bool:
    """Whether the mention, or what it resolves to, overlaps one of the places."""
    seen: set[str] = set()
    while mention and mention in mentions and mention not in seen:
        seen.add(mention)
        quote = mentions[mention].quote
        if any(both((quote.start, quote.end), p) for p in places):
            return True
        mention = mentions[mention].antecedent
    return False


def root_of(reading: Reading, places: dict[str, list[Stretch]]) -> tuple[str, Claim | None]:
    mentions = {m.id: m for m in reading.mentions}
    acting = [c for c in reading.claims if c.plover and stands_at(mentions, c.actor, places["s"])]
    best = next((c for c in acting if stands_at(mentions, c.target, places["t"])), acting[0] if acting else None)
    return (FOLD.get(best.plover or "", best.plover or NONE), best) if best else (NONE, None)


def macro_f1(gold: list[str], got: list[str]) -> float:
    scores = []
    for label in sorted(set(gold)):
        right = sum(g == label == p for g, p in zip(gold, got, strict=True))
        wrong = sum((g == label) != (p == label) for g, p in zip(gold, got, strict=True))
        scores.append(2 * right / (2 * right + wrong) if right else 0.0)
    return sum(scores) / len(scores)


def plv(listing: bool) -> dict[str, float]:
    gold, got, failures = [], [], []
    with (GOLD / "events" / "plv_dev.tsv").open(encoding="utf8") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            words, places = unmarked(row["marked_sentence"])
            root, claim = root_of(reader().attribute(article_of(words)), places)
            gold.append(row["gold_root"])
            got.append(root)
            if root != row["gold_root"]:
                failures.append((row["gold_root"], root, claim.act if claim else "-", row["sentence_id"]))
    answered = sum(p != NONE for p in got)
    right = sum(g == p for g, p in zip(gold, got, strict=True))
    figures = {"plv_macro_f1": macro_f1(gold, got), "plv_precision": right / max(1, answered)}
    print(
        f"PLV      {len(gold)} sentences, {answered} answered, macro-F1 {figures['plv_macro_f1']:.3f},"
        f" precision {figures['plv_precision']:.3f}"
    )
    print(
        "         most missed:",
        ", ".join(f"{g} as {p} {n}" for (g, p), n in Counter((f[0], f[1]) for f in failures).most_common(12)),
    )
    if listing:
        print(*(f"  {f}" for f in failures), sep="\n")
    return figures


def police_deeds(reading: Reading) -> Iterator[Claim]:
    mentions = {m.id: m for m in reading.mentions}
    text = reading.article.text.lower()
    for claim in reading.claims:
        if claim.realis not in {"actual", "background"} or claim.polarity != "positive":
            continue
        doer = mentions[claim.actor] if claim.actor else None
        force = doer is not None and bool(FORCE & set(f"{doer.quote.exact} {doer.name or ''}".lower().split()))
        if (claim.act == "arrest" and claim.plover == "COERCE" and (doer is None or force or doer.via == "pronoun")) or (
            claim.act in {"strike", "casualties"} and (force or (doer is None and "police" in text and "firing" in text))
        ):
            yield claim


def india(listing: bool, quick: bool) -> dict[str, float]:
    wanted = frozenset({"KILL", "ARREST", "FORCE"})
    n: Counter[str] = Counter()
    failures = []
    with (GOLD / "events" / "india_police_events" / "sents_dev.jsonl").open(encoding="utf8") as stream:
        for i, line in enumerate(stream):
            row = json.loads(line)
            label, words = bool(wanted & set(row["sent_labels"])), row["sent_text"].strip()
            if not words or (quick and not label and i % 6):
                continue
            found = [c.evidence[0].exact for c in police_deeds(reader().attribute(article_of(words)))]
            n += Counter({("with" if label else "without"): 1, ("recalled" if label else "extra"): int(bool(found))})
            if bool(found) != label:
                failures.append((("missed" if label else "extra"), row["doc_id"], row["sent_id"], found))
    figures = {"india_recall": n["recalled"] / max(1, n["with"]), "india_extra": n["extra"] / max(1, n["without"])}
    print(
        f"India    {n['recalled']}/{n['with']} recalled ({figures['india_recall']:.3f}),"
        f" {n['extra']} extra on {n['without']} ({figures['india_extra']:.4f})"
    )
    if listing:
        print(*(f"  {f}" for f in failures), sep="\n")
    return figures


def own_cases(listing: bool) -> dict[str, float]:
    claims, conditions = claim_score(), condition_score()
    c, k = claims.counts, conditions.counts
    figures = {"realis_polarity": claims.share("judged_right", "judged"), "conditions": conditions.share("right", "wanted")}
    print(
        f"realis and polarity on their files {c['judged_right']}/{c['judged']} ({figures['realis_polarity']:.3f});"
        f" on all claims {c['right']}/{c['wanted']}"
    )
    print(
        f"claims   found {c['found']}/{c['wanted']}, act {c['act']}, object {c['object']}; extra {c['extra']};"
        f" on {c['passages_with_nothing']} passages with nothing {c['extra_on_nothing']}"
    )
    print(
        f"conditions span {k['span']}/{k['wanted']}, span and of {k['right']} ({figures['conditions']:.3f}), extra {k['extra']}"
    )
    if listing:
        print(*(f"  {f}" for f in (*claims.failures, *conditions.failures)), sep="\n")
    return figures


def seeds(listing: bool) -> dict[str, float]:
    tally = seed_score(GOLD.parent / "seeds")
    t = tally.counts
    found = t["right"] + t["extra"]
    figures = {"seeds_precision": t["right"] / max(1, found), "seeds_recall": tally.share("right", "wanted")}
    print(
        f"seeds    P {t['right']}/{found} ({figures['seeds_precision']:.3f}), R {t['right']}/{t['wanted']}"
        f" ({figures['seeds_recall']:.3f}); of the right ones object {t['object']}, realis and polarity {t['judged']}"
    )
    if listing:
        print(*(f"  {f}" for f in tally.failures), sep="\n")
    return figures


def stories(listing: bool) -> dict[str, float]:
    """Claims, figures and times of the three stories together; each kind printed."""
    tallies = story_scores(GOLD / "crossdoc")
    right = {k: t.counts["right"] for k, t in tallies.items()}
    found = {k: t.counts["right"] + t.counts["extra"] for k, t in tallies.items()}
    for kind, t in tallies.items():
        share = right[kind] / max(1, found[kind])
        print(
            f"stories  {kind:8} P {right[kind]}/{found[kind]} ({share:.3f}), R {right[kind]}/{t.counts['wanted']}"
            f" ({t.share('right', 'wanted'):.3f})"
        )
        if listing:
            print(*(f"  {f}" for f in t.failures), sep="\n")
    c = tallies["claims"].counts
    print(
        f"         of the right claims object {c['object']}, realis and polarity {c['judged']};"
        f" actor {c['actor_right']}/{c['actor_all']} (wrong {c['actor_wrong']}),"
        f" target {c['target_right']}/{c['target_all']} (wrong {c['target_wrong']})"
    )
    all_right = sum(right.values())
    return {
        "stories_precision": all_right / max(1, sum(found.values())),
        "stories_recall": all_right / max(1, sum(t.counts["wanted"] for t in tallies.values())),
    }


def floors() -> dict[str, float]:
    file = ROOT / "bench" / "floors.toml"
    kept = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {**FLOORS, **kept.get("claims", {})}


def main(arguments: list[str]) -> int:
    listing = "-v" in arguments
    figures = own_cases(listing)
    for name, there, run in (
        ("seeds", GOLD.parent / "seeds", lambda: seeds(listing)),
        ("stories", GOLD / "crossdoc" / "altered_pairs_dev.jsonl", lambda: stories(listing)),
        ("PLV", GOLD / "events" / "plv_dev.tsv", lambda: plv(listing)),
        ("India", GOLD / "events" / "india_police_events" / "sents_dev.jsonl", lambda: india(listing, "--quick" in arguments)),
    ):
        if there.exists():
            figures |= run()
        else:
            print(f"{name:8} skipped: {there.name} is not there (SECONDSOURCE_GOLD)")
    floor = floors()
    low = [k for k, v in figures.items() if k in floor and v < floor[k]]
    low += ["india_extra"] * (figures.get("india_extra", 0.0) > floor["india_extra_wrong"])
    if low:
        print("below the floor:", ", ".join(low))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
