"""What an article costs, stage by stage, against peers in the same run. Run: python bench/bench_speed.py [--quick]

CPU time of one process, everything by turns (ours, peer, ours, peer …), medians of five rounds: a busy machine slows all alike.
Texts are invented, with no sentence twice (`bench/invented_news.py`), and PolNeAR's where SECONDSOURCE_GOLD holds them.
Exit 1 below a floor of bench/floors.toml.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import spacy

from invented_news import articles
from secondsource.attribute.claims import claims
from secondsource.attribute.figures import figures
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.speech import attributions
from secondsource.attribute.times import times
from secondsource.data import table
from secondsource.language import installed
from secondsource.model import Article, Member, Reading, Span
from secondsource.pipeline import Reader
from secondsource.read.masthead import masthead
from secondsource.read.page import page
from secondsource.resolve.wording import wording
from secondsource.segment.marks import quotations
from secondsource.segment.sentences import sentences
from secondsource.segment.zones import zones

HERE = Path(__file__).resolve().parent
GOLD = Path(os.environ.get("SECONDSOURCE_GOLD", HERE.parent.parent / "shared" / "gold"))
ROUNDS = 5
BEFORE = ("page", "zones", "masthead")  # a file -> an article; what follows is text to claims


def timed(work: Callable[[], Any]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


class Stages:
    """Reads as `Reader` does, and keeps the time of every stage."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.spent: defaultdict[str, float] = defaultdict(float)

    def clock(self, stage: str, work: Callable[[], Any]) -> Any:
        started = time.process_time()
        found = work()
        self.spent[stage] += time.process_time() - started
        return found

    def read(self, member: Member) -> Reading:
        clock, reader = self.clock, self.reader
        found = clock("page", lambda: page(member))
        kinds = clock("zones", lambda: zones(found, table("zones")))
        article: Article = clock("masthead", lambda: masthead(found, kinds, table("agencies")))
        split = clock("sentences", lambda: sentences(article))
        parsed = clock("parse", lambda: reader.parser(article.text, split))
        lines = [Span(s.start, s.end) for s in article.segments]
        marked = clock("marks", lambda: quotations(article.text, lines))
        names = clock("mentions", lambda: Discourse(article, parsed, table("names"), marked))
        when = clock("times", lambda: times(article, parsed, reader.calendar))
        said = clock("attributions", lambda: attributions(article, parsed, marked, names, when, table("cues")))
        many = clock("figures", lambda: figures(article, parsed, said, when, reader.numbers))
        made = clock("claims", lambda: claims(article, parsed, said, when, many, names, reader.acts))
        found = clock("mentions", names.mentions)
        return Reading(article=article, mentions=found, attributions=said, times=when, figures=many, claims=made)


def members(texts: list[str]) -> list[Member]:
    return [Member(name=f"{n}.txt", payload=text.encode(), media="text/plain") for n, text in enumerate(texts)]


def compared(name: str, texts: list[str], reader: Reader, whole: Any, scores: dict[str, float], *, kept: bool) -> None:
    """One set of texts, ours and spaCy's by turns. `kept`: with the cache of sentences, emptied before each round."""
    given = members(texts)
    rounds: list[dict[str, float]] = []
    peer: list[float] = []
    for _ in range(ROUNDS):
        reader.parser.known.clear()
        reader.parser.kept = 50_000 if kept else 0
        stages = Stages(reader)
        for member in given:
            stages.read(member)
        rounds.append(stages.spent)
        peer.append(timed(lambda: list(whole.pipe(texts, batch_size=16))))
    cost = {stage: statistics.median(r[stage] for r in rounds) / len(texts) * 1000 for stage in rounds[0]}
    total = sum(cost.values())
    claims_from_text = [sum(ms for stage, ms in r.items() if stage not in BEFORE) for r in rounds]
    ratio = statistics.median(p / o for p, o in zip(peer, claims_from_text, strict=True))
    all_ratio = statistics.median(p / sum(r.values()) for p, r in zip(peer, rounds, strict=True))
    words = sum(len(t.split()) for t in texts) / len(texts)
    print(f"\n{name}: {len(texts)} articles of {words:.0f} words")
    print(f"  {'stage':14}{'CPU ms':>8}{'share':>8}")
    for stage, ms in cost.items():
        print(f"  {stage:14}{ms:8.2f}{ms / total:8.1%}")
    print(f"  {'all':14}{total:8.2f}")
    print(f"  {'spaCy, full':14}{statistics.median(peer) / len(texts) * 1000:8.2f}")
    print(f"  text to claims: {ratio:.2f} times the articles a second of spaCy's full small pipe; with reading {all_ratio:.2f}")
    scores[name] = ratio


def others(texts: list[str], scores: dict[str, float]) -> None:
    """Peers of the stages before and after: HTML to text, and near copies."""
    import trafilatura

    pages = [
        f"<html><body><article><h1>News</h1><p>{'</p><p>'.join(t.splitlines())}</p></article></body></html>" for t in texts
    ]
    given = [Member(name=f"{n}.html", payload=p.encode(), media="text/html") for n, p in enumerate(pages)]
    ours, theirs, grams, hashed = [], [], [], []
    reader = Reader()
    readings = [Reading(article=masthead(f, zones(f, table("zones")), table("agencies"))) for f in map(page, members(texts))]
    try:
        import datasketch
    except ImportError:
        datasketch = None
    for _ in range(ROUNDS):
        ours.append(timed(lambda: [zones(page(member), table("zones")) for member in given]))
        theirs.append(timed(lambda: [trafilatura.extract(p) for p in pages]))
        grams.append(timed(lambda: [wording(r) for r in readings]))
        if datasketch:
            hashed.append(timed(lambda: [minhash(datasketch, t) for t in texts]))
    del reader
    ratio = statistics.median(t / o for t, o in zip(theirs, ours, strict=True))
    print(f"\nHTML to typed segments: {ratio:.2f} times trafilatura's pages a second (it is called inside, once)")
    print(f"words for copies: {statistics.median(grams) / len(texts) * 1000:.2f} ms an article, all 8-grams", end="")
    if hashed:
        print(f"; datasketch, 128 permutations: {statistics.median(hashed) / len(texts) * 1000:.2f} ms")
    else:
        print("; datasketch: not installed, skipped")
    scores["html"] = ratio


def minhash(datasketch: Any, text: str) -> Any:
    made, words = datasketch.MinHash(num_perm=128), text.split()
    made.update_batch([" ".join(words[i : i + 8]).encode() for i in range(len(words) - 7)])
    return made


def cold() -> float:
    """Seconds of wall clock of `report` on five files, from nothing."""
    files = [str(file) for file in sorted((HERE.parent / "examples" / "reports").iterdir())[:5]]
    command = [sys.executable, "-m", "secondsource.cli", "report", *files, "-q", "-o", os.devnull + ".md"]
    command[-1] = str(Path(os.environ.get("TMPDIR", "/tmp")) / "secondsource-cold.md")
    walls = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)
        walls.append(time.perf_counter() - started)
    return min(walls)


def main() -> int:
    many = 30 if "--quick" in sys.argv else 60
    scores: dict[str, float] = {}
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; CPU time, medians of {ROUNDS} rounds")
    reader, whole = Reader(), spacy.load(installed())
    invented = [document["text"] for document in articles(many, seed=7)]
    for text in [document["text"] for document in articles(6, seed=8)]:
        reader(members([text])[0])
        whole(text)
    compared("invented", invented, reader, whole, scores, kept=False)
    compared("copies", [document["text"] for document in articles(many, 0.35, seed=7)], reader, whole, scores, kept=True)
    held = GOLD / "quotes" / "dev.jsonl"
    if held.is_file():
        with held.open(encoding="utf-8") as lines:
            compared("polnear", [json.loads(line)["text"] for line in lines][: many // 2], reader, whole, scores, kept=False)
    else:
        print(f"\nskipped: no {held}")
    others(invented[: many // 2], scores)
    scores["memory_mb_wrong"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    scores["cold_report_s_wrong"] = cold()
    print(f"largest memory of this process, with spaCy's whole pipe beside ours: {scores['memory_mb_wrong']:.0f} MB")
    print(f"report on five files, from nothing: {scores['cold_report_s_wrong']:.1f} s (the best of three)")
    return below(scores, "speed")


def below(scores: dict[str, float], name: str) -> int:
    """1 where a score is below its floor, or above its ceiling."""
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8")).get(name, {})
    wrong = 0
    for key, floor in floors.items():
        value = scores.get(key)
        if value is not None and (value > floor if key.endswith(("_leak", "_lost", "_wrong")) else value < floor):
            print(f"BELOW FLOOR {key}: {value:.3f} against {floor}")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
