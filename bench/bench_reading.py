"""How well pages are read: segments, main text, days, comments kept out, quotes found again, speed.

Run: python bench/bench_reading.py [--every N]   (N: only every Nth page of the main-text set, to be quick)
Reads SECONDSOURCE_GOLD (default: ../shared/gold beside the project). Exit 1 below a floor of bench/floors.toml.
"""

import gzip
import json
import os
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import reading_cases  # noqa: E402
from secondsource.data import table  # noqa: E402
from secondsource.errors import Unreadable  # noqa: E402
from secondsource.model import Article, Member, Page, Segment  # noqa: E402
from secondsource.read.formats import members  # noqa: E402
from secondsource.read.masthead import masthead  # noqa: E402
from secondsource.read.page import in_payload, page  # noqa: E402
from secondsource.segment.zones import zones  # noqa: E402

GOLD = Path(os.environ.get("SECONDSOURCE_GOLD", HERE.parent.parent / "shared" / "gold"))
SEEDS = Path(os.environ.get("SECONDSOURCE_SEEDS", GOLD.parent / "seeds"))
MAPPED = {"wire": "body", "quote_block": "body", "title_duplicate": "title", "editor_note": "editors_note",
          "origin_line_duplicate": "origin_line"}  # fmt: skip
# What DESIGN section 6 asks of the given texts: outlet, relation that joins origins, earliest and latest day; None: no value.
PAPERS = {
    "000": ("VT", ("republished_from", "Sputnik News"), "2020-10-04", "2020-10-04", "stated"),
    "001": (None, None, "2020-11-17", "2020-11-17", "inferred"),
    "002": (None, None, None, None, "absent"),
    "003": (None, ("derived_from", "Al Jazeera"), "2020-10-01", "2020-10-02", "inferred"),
    "004": (None, ("republished_from", "Iran Press TV"), "2020-11-01T16:25", "2020-11-01T16:25", "stated"),
}
STORIES = HERE.parent / "tests" / "stories"
Score = dict[str, float]


def read(member: Member) -> tuple[Page, tuple[Segment, ...], Article]:
    """A member as page, segments and article."""
    given = page(member)
    segments = zones(given, table("zones"))
    return given, segments, masthead(given, segments, table("agencies"))


def first(name: str, payload: bytes) -> Member:
    """The one document of a file."""
    return next(one for one in members(name, payload) if isinstance(one, Member))


def seeds(scores: Score) -> None:
    """The given texts: typed segments and papers."""
    gold_file = GOLD / "reading" / "seed_gold.json"
    if not gold_file.exists() or not SEEDS.exists():
        print("skipped: seeds (no seed_gold.json or no folder of seeds)")
        return
    right = papers = total = 0
    leaked = spoken = lost = 0
    for gold in json.loads(gold_file.read_text(encoding="utf-8")):
        _, segments, article = read(first(gold["file"], (SEEDS / gold["file"]).read_bytes()))
        papers += _papers(article, PAPERS[gold["file"][:3]])
        for wanted in gold["segments"]:
            kind = MAPPED.get(wanted["type"], wanted["type"])
            kind = "boilerplate" if kind.startswith("boilerplate") else kind
            inside = _covered(segments, kind, wanted["start"], wanted["end"])
            total += 1
            right += inside >= 0.9
            if inside < 0.9:
                print(f"  missed: {gold['file']} {wanted['type']} at {wanted['start']}: {inside:.2f}")
            size = wanted["end"] - wanted["start"]
            if kind == "body":
                spoken += size
                lost += round(size * (1 - inside))
            elif kind in ("reader_comment", "editors_note"):
                leaked += round(size * _covered(segments, "body", wanted["start"], wanted["end"]))
    print(
        f"seeds: segments {right}/{total} at .9; papers {papers}/5; comment and note text in body "
        f"{leaked}; body lost {lost}/{spoken}"
    )
    scores.update({"seed_segments": right, "seed_papers": papers, "seed_comment_leak": leaked, "seed_body_lost": lost / spoken})


def _covered(segments: Iterable[Segment], kind: str, start: int, end: int) -> float:
    inside = sum(max(0, min(one.end, end) - max(one.start, start)) for one in segments if one.kind == kind)
    return inside / (end - start)


def _papers(article: Article, wanted: tuple[Any, ...]) -> bool:
    outlet, relation, earliest, latest, basis = wanted
    joins = [(one.kind, one.name) for one in article.relations if one.kind in ("republished_from", "derived_from")]
    when = article.published.value
    days = (when.earliest, when.latest) if when else (None, None)
    good = article.outlet.value == outlet and joins == ([relation] if relation else [])
    good = good and days == (earliest, latest) and article.published.basis == basis
    if not good:
        print(f"  papers: {article.name}: {article.outlet.value}, {joins}, {days} {article.published.basis}")
    return good


def grams(text: str) -> Counter[tuple[str, ...]]:
    """The 4-gram shingles of the main-text benchmark."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def f1(pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Mean precision and recall over pages, as that benchmark defines them, and their F1."""
    precisions, recalls = [], []
    for found, wanted in pairs:
        ours, theirs = grams(found), grams(wanted)
        shared = sum((ours & theirs).values())
        if ours or theirs:
            precisions.append(shared / sum(ours.values()) if ours else 0.0)
        if theirs:
            recalls.append(shared / sum(theirs.values()))
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 2 * precision * recall / (precision + recall), precision, recall


def main_text(scores: Score, every: int) -> None:
    """Main text, quotes found again in the payload, and speed against trafilatura alone in the same run."""
    folder = GOLD / "reading" / "aeb"
    if not folder.exists():
        print("skipped: main text (no folder reading/aeb)")
        return
    import trafilatura

    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {key: gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()) for key in sorted(truth)[::every]}
    warm = next(iter(pages.values()))
    read(first("warm.html", warm))
    read(
        first("warm.txt", "Le conseil de la ville se réunit demain matin pour la dernière fois.\n".encode())
    )  # loads the model of languages
    trafilatura.extract(warm)
    kinds = {
        "body + subheading": ("body", "subheading"),
        "body + subheading + title": ("body", "subheading", "title"),
        "body alone": ("body",),
    }
    pairs: dict[str, list[tuple[str, str]]] = {name: [] for name in (*kinds, "trafilatura alone")}
    ours = theirs = 0.0
    again = quotes = 0
    for key, payload in pages.items():
        begin = time.perf_counter()
        alone = trafilatura.extract(payload, include_comments=False) or ""
        middle = time.perf_counter()
        given, segments, _ = read(first(f"{key}.html", payload))
        ours += time.perf_counter() - middle
        theirs += middle - begin
        wanted = truth[key]["articleBody"]
        pairs["trafilatura alone"].append((alone, wanted))
        for name, some in kinds.items():
            pairs[name].append(("\n".join(given.text[one.start : one.end] for one in segments if one.kind in some), wanted))
        for start, end in _samples(given, segments):
            quotes += 1
            again += found_again(given, payload, start, end)
    print(f"main text on {len(pages)} pages (4-gram shingles)")
    for name, some_pairs in pairs.items():
        value, precision, recall = f1(some_pairs)
        print(f"  {name:28s} F1 {value:.4f}  P {precision:.4f}  R {recall:.4f}")
        scores["main_text_f1" if name == "body + subheading" else f"({name})"] = value
        if name == "body + subheading + title":
            scores["main_text_with_title_f1"] = value
    print(f"quotes found again at their offsets: {again}/{quotes}")
    print(
        f"speed: {len(pages) / ours:.1f} pages/s whole reading, {len(pages) / theirs:.1f} trafilatura "
        f"alone, ratio {theirs / ours:.2f}"
    )
    scores.update({"quotes_found_again": again / quotes, "speed_ratio": theirs / ours})


def _samples(given: Page, segments: Iterable[Segment]) -> Iterator[tuple[int, int]]:
    """Every tenth stretch of 60 characters of every segment."""
    for one in segments:
        for start in range(one.start, one.end, 600):
            if given.text[start : min(start + 60, one.end)].strip():
                yield start, min(start + 60, one.end)


def found_again(given: Page, payload: bytes, start: int, end: int) -> bool:
    """Do the payload's bytes at a quote's place say the quote, markup, references and spaces aside?"""
    begin, stop = in_payload(given, start, end)
    raw = payload[begin:stop].decode(given.encoding, "replace")
    raw = re.sub(
        r"(?s)<(script|style|noscript|template|svg|iframe|select|textarea|title|object|canvas|audio|video|math)\b.*?</\1\s*>",
        "",
        raw,
        flags=re.IGNORECASE,
    )
    raw = re.sub(r"(?s)<!--.*?-->|<[/!?a-zA-Z][^>]*>", "", raw)
    return _bare(unescape(raw)) == _bare(given.text[start:end])


def _bare(words: str) -> str:
    return re.sub(r"[\s\ufffd]+", "", words)


def days(scores: Score) -> None:
    """The day of publication of 100 pages."""
    listed = GOLD / "reading" / "dates_dev.json"
    if not listed.exists():
        print("skipped: days (no dates_dev.json)")
        return
    right = wrong = silent = 0
    for url, gold in json.loads(listed.read_text(encoding="utf-8")).items():
        payload = gzip.decompress((listed.parent / "dates_dev" / gold["file"]).read_bytes())
        try:
            value = read(first("page.html", payload))[2].published.value
        except Unreadable:
            value = None
        day = (
            value.earliest[:10]
            if value and value.earliest and value.latest and value.earliest[:10] == value.latest[:10]
            else None
        )
        right += day == gold["date"]
        silent += day is None
        if day not in (None, gold["date"]):
            wrong += 1
            print(f"  wrong day: {day}, not {gold['date']}: {url[:80]}")
    print(f"days: {right} right, {wrong} wrong, {silent} abstained of {right + wrong + silent}")
    scores.update({"days_right": right, "days_wrong": wrong})


def own_cases(scores: Score) -> None:
    """The project's own cases."""
    for stage, judge in (("segment", reading_cases.segment_result), ("masthead", reading_cases.masthead_result)):
        results = [judge(case) for case in reading_cases.cases(stage)]
        passed = sum(result.passed for result in results)
        lines = [right for result in results for right in result.right]
        print(f"cases/{stage}: {passed}/{len(results)} cases, {sum(lines)}/{len(lines)} expectations")
        for result in results:
            for right, (key, value), found in zip(result.right, result.case.expected, result.found, strict=True):
                if not right:
                    print(f"  {result.case.name}: {key} = {value[:60]} | found {found[:60]}")
        scores[f"{stage}_cases"] = passed / len(results)


NOBODY = re.compile(r"\d{1,2} \w+ \d{4}$|From |Press release")


def story_papers(scores: Score) -> None:
    """The outlets of the project's own small stories, printed in line two; an agency may be a credit instead."""
    right = wrong = silent = 0
    for path in sorted(STORIES.glob("*/*.txt")):
        line = path.read_text(encoding="utf-8").split("\n")[1]
        wanted = None if NOBODY.match(line) else re.sub(r" \(.*\)$", "", line.split(",")[0])
        article = read(first(path.name, path.read_bytes()))[2]
        credited = any(one.name == wanted for one in article.relations)
        found = article.outlet.value
        right += found == wanted or (found is None and credited)
        wrong += found not in (None, wanted)
        silent += found is None and wanted is not None and not credited
    print(f"outlets of own stories: {right} right, {wrong} wrong, {silent} abstained of {right + wrong + silent}")
    scores.update({"story_outlets": right / max(1, right + wrong + silent), "story_outlets_wrong": wrong})


def main() -> int:
    """Print the table; 1 if a floor does not hold."""
    every = int(sys.argv[sys.argv.index("--every") + 1]) if "--every" in sys.argv else 1
    scores: Score = {}
    seeds(scores)
    main_text(scores, every)
    days(scores)
    own_cases(scores)
    story_papers(scores)
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8")) if (HERE / "floors.toml").exists() else {}
    return below(scores, floors.get("reading", {}))


def below(scores: Score, floors: dict[str, float]) -> int:
    """Compare with the floors; a name that ends in _leak, _lost or _wrong has a ceiling."""
    failed = 0
    for name, floor in floors.items():
        if name not in scores:
            continue
        ceiling = name.endswith(("_leak", "_lost", "_wrong"))
        if scores[name] > floor if ceiling else scores[name] < floor:
            print(f"BELOW THE FLOOR: {name} {scores[name]:.4g}, floor {floor:.4g}")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
