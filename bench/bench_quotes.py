"""Measures who said what: PolNeAR dev with its own scorer, our cases, the seeds read by hand, bad input, speed.

    .venv/bin/python bench/bench_quotes.py [--quick] [--list]

Reads SECONDSOURCE_GOLD (default ../shared/gold beside the repository) and SECONDSOURCE_SEEDS (default ../shared/seeds); what is
missing is skipped and said. Exit 1 below a floor of bench/floors.toml, section [quotes].
"""

import hashlib
import importlib.util
import json
import os
import re
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: one core against one core, as the program runs
os.environ.setdefault("OMP_NUM_THREADS", "1")

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "tests")]

import msgspec  # noqa: E402

import attribute_cases  # noqa: E402
from secondsource.attribute.mentions import Discourse  # noqa: E402
from secondsource.attribute.parse import Parser  # noqa: E402
from secondsource.attribute.speech import attributions  # noqa: E402
from secondsource.attribute.times import times  # noqa: E402
from secondsource.attribute.timewords import Calendar  # noqa: E402
from secondsource.data import table  # noqa: E402
from secondsource.language import installed, load  # noqa: E402
from secondsource.model import Article, Attribution, Mention, Segment, Sentence  # noqa: E402
from secondsource.segment.marks import paragraphs, quotations  # noqa: E402
from secondsource.segment.sentences import sentences  # noqa: E402

GOLD = Path(os.environ.get("SECONDSOURCE_GOLD", HERE.parent.parent / "shared" / "gold"))
SEEDS = Path(os.environ.get("SECONDSOURCE_SEEDS", HERE.parent.parent / "shared" / "seeds"))
BAD = {
    "10,000 straight marks": '"' * 10_000,
    "10,000 curly openers": "“" * 10_000,
    "apostrophes": "'" * 10_000,
    "marks and spaces": '” “ ‘ " ' * 3_000,
    "one line of 5 MB, no full stop": "word “and ‘word’ " * 310_000,
    "one line of 5 MB, no space": "a" * 5_000_000,
    "right to left": "قال الرئيس: «لن ننسحب». \u202b“שלום,” אמר השר.\u202c",
    "combining": "“E\u0301l vie\u0301ne,” said A\u0308nna.",
    "emoji": "“Go 🚀🚀,” said 😀 Bob 👨‍👩‍👧 Smith.",
    "NBSP and odd newlines": "He\u00a0said:\u2028“Yes.”\r\n\x0b\u2029“No,”\u00a0she\u00a0said.",
    "empty": "",
    "space": " \n \n",
}


def article_of(name: str, text: str) -> Article:
    """A text all of whose lines are body."""
    segments = tuple(Segment(kind="body", start=p.start, end=p.end) for p in paragraphs(text))
    return Article(name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, segments=segments, language="en")


def attribute(
    article: Article, parsed: tuple[Sentence, ...], timed: bool = True
) -> tuple[tuple[Attribution, ...], dict[str, Mention]]:
    marks = quotations(article.text, [s.span for s in article.segments])
    discourse = Discourse(article, parsed, table("names"), marks)
    when = times(article, parsed, Calendar(table("times"))) if timed else ()
    found = attributions(article, parsed, marks, discourse, when, table("cues"))
    return found, {m.id: m for m in discourse.mentions()}


def printed(found: tuple[Attribution, ...], nested: bool = False) -> list[dict[str, Any]]:
    """PolNeAR's form. It marks no speech inside speech, so nested attributions are left out, unless they are asked for."""
    out = []
    for a in found:
        if (nested or a.parent is None) and a.content:
            span = lambda q: {"start": q.start, "end": q.end, "text": q.exact}  # noqa: E731
            out.append(
                {
                    "sources": [span(s.evidence) for s in a.speakers if s.evidence],
                    "cues": [span(a.cue.evidence)] if a.cue.evidence else [],
                    "contents": [span(c) for c in a.content],
                }
            )
    return out


def wrong_spans(article: Article, found: tuple[Attribution, ...]) -> int:
    quotes = [
        q
        for a in found
        for q in (*a.content, *(s.evidence for s in a.speakers if s.evidence), *([a.cue.evidence] if a.cue.evidence else []))
    ]
    return sum(article.text[q.start : q.end] != q.exact for q in quotes)


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "quotes" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def polnear(parser: Parser, figures: dict[str, float], quick: bool) -> None:
    score = scorer()
    documents = [json.loads(line) for line in (GOLD / "quotes" / "dev.jsonl").open(encoding="utf8")]
    train = [] if quick else [json.loads(line) for line in (GOLD / "quotes" / "train.jsonl").open(encoding="utf8")]
    found: dict[str, list[dict[str, Any]]] = {}
    every: dict[str, list[dict[str, Any]]] = {}
    crashes = wrong = 0
    started = time.process_time()
    for n, d in enumerate([*documents, *train]):
        article = article_of(d["id"], d["text"])
        try:
            read, _ = attribute(article, parser(article.text, sentences(article)))
        except Exception as defect:  # noqa: BLE001  counting crashes is the point
            crashes += 1
            print(f"  crash in {d['id']}: {type(defect).__name__}: {defect}")
            continue
        wrong += wrong_spans(article, read)
        if n < len(documents):
            found[d["id"]] = printed(read)
            every[d["id"]] = printed(read, nested=True)
        if n == len(documents) - 1:
            figures["docs_per_cpu_second"] = len(documents) / (time.process_time() - started)
    out, with_nested = score.score(documents, found), score.score(documents, every)
    said = {
        k: [q for q in v if score.SAY & set(score.re.findall(r"\w+", " ".join(c["text"].lower() for c in q["cues"])))]
        for k, v in found.items()
    }
    figures |= {
        "attributed_f1": out["attributed@.5"]["F"],
        "attributed_p": out["attributed@.5"]["P"],
        "attributed_r": out["attributed@.5"]["R"],
        "nested_p": with_nested["attributed@.5"]["P"],
        "nested_f1": with_nested["attributed@.5"]["F"],
        "exact_all": out["citron.exact.all"]["F"],
        "speaker_accuracy": out["speaker_accuracy_given_content"],
        "saycue_p": score.score(documents, said)["attributed@.5"]["P"],
        "saycue_r": share(out, "saycue"),
        "direct_r": share(out, "direct"),
        "mixed_r": share(out, "mixed"),
        "indirect_r": share(out, "indirect"),
        "crashes": crashes,
        "wrong_spans": wrong,
        "documents": len(documents) + len(train),
    }


def share(out: dict[str, Any], kind: str) -> float:
    return float(out["recall_by"][kind].split()[0])


def own_cases(figures: dict[str, float], listing: bool) -> None:
    tally = attribute_cases.run()
    figures |= {"cases": tally.expected, "cases_p": tally.found / tally.printed, "cases_r": tally.found / tally.expected}
    for key in attribute_cases.KEYS:
        p, r, f = tally.key(key)
        figures |= {f"{key}_p": p, f"{key}_r": r, f"{key}_f1": f}
    by_manner(figures, "cases", tally.manners)
    if listing:
        print("\n".join(f"  {line}" for line in tally.failures))


def by_manner(figures: dict[str, float], where: str, manners: dict[str, Counter[str]]) -> None:
    """Speakers found and resolved, apart by how they are printed."""
    for name, c in manners.items():
        if c["wanted"]:
            figures[f"{where}_{name}"] = c["right"] / c["wanted"]
            figures[f"{where}_{name}_n"] = c["wanted"]


def resolved(g: dict[str, Any], a: Attribution, mentions: dict[str, Mention]) -> bool:
    """Whether the speaker of `a` is the hand's actor: one last word in common with the name, the antecedent or the words."""
    wanted = {name.split()[-1].casefold() for name in g["actor"]}
    told = [
        n for s in a.speakers for n in (s.evidence.exact if s.evidence else "", *attribute_cases.names(s.mention, mentions))
    ]
    told += [held.stands_for or "" for s in a.speakers if (held := mentions.get(s.mention or ""))]
    return not wanted or bool(wanted & set(re.findall(r"\w+", " ".join(told).casefold())))


def seeds(parser: Parser, figures: dict[str, float], listing: bool) -> None:
    """Against the hand reading: an attribution is right if half its content, and a word of cue and speaker, are the hand's."""
    from secondsource.data import table as load
    from secondsource.read.formats import members
    from secondsource.read.masthead import masthead
    from secondsource.read.page import page
    from secondsource.segment.zones import zones

    right = shown = wanted = hit = 0
    manners: dict[str, Counter[str]] = {m: Counter() for m in attribute_cases.MANNERS}
    for seed in json.loads((HERE.parent / "tests" / "gold" / "seeds.json").read_text()):
        member = next(iter(members(seed["file"], (SEEDS / seed["file"]).read_bytes())))
        read = page(member)  # type: ignore[arg-type]
        article = masthead(read, zones(read, load("zones")), load("agencies"))
        found, mentions = attribute(article, parser(article.text, sentences(article)))
        gold = seed["attributions"]
        taken: set[int] = set()
        known: set[int] = set()
        for a in found:
            best = max((g for g in gold), key=lambda g: fit(a, g))
            if fit(a, best) and best["n"] not in taken:
                taken.add(best["n"])
                known |= {best["n"]} if resolved(best, a, mentions) else set()
                right += 1
            elif listing:
                print(f"  {seed['file'][:3]} extra {attribute_cases.show(a)}")
        shown += len(found)
        must = [g for g in gold if not g.get("optional")]
        for g in must:
            if g["speakers"]:
                words = article.text[g["speakers"][0]["start"] : g["speakers"][0]["end"]]
                manners[attribute_cases.manner(words)].update(wanted=1, right=int(g["n"] in known))
        wanted += len(must)
        hit += sum(g["n"] in taken for g in must)
        if listing:
            for g in must:
                if g["n"] not in taken:
                    words = [article.text[c["start"] : c["end"]][:80] for c in g["contents"]]
                    print(f"  {seed['file'][:3]} missed {g['n']} {g['kind']} {words}")
    by_manner(figures, "seeds", manners)
    figures |= {"seeds_p": right / shown, "seeds_r": hit / wanted, "seeds_attributions": wanted}


def fit(a: Attribution, g: dict[str, Any]) -> float:
    mine = {k for q in a.content for k in range(q.start, q.end)}
    theirs = {k for c in g["contents"] for k in range(c["start"], c["end"])}
    shared = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
    cue, wanted = a.cue.evidence, g["cue"]
    cues = not cue or not wanted or (cue.start < wanted["end"] and wanted["start"] < cue.end)
    spans = [s.evidence for s in a.speakers if s.evidence]
    who = any(s.start < w["end"] and w["start"] < s.end for s in spans for w in g["speakers"]) or (
        not g["speakers"] and (not spans or bool(g["actor"]))
    )
    return shared if shared >= 0.5 and cues and who else 0.0


def bad_input(parser: Parser, figures: dict[str, float]) -> None:
    slow = 0.0
    for name, text in BAD.items():
        started = time.process_time()
        article = article_of(name, text)
        read, _ = attribute(article, parser(article.text, sentences(article)), timed=False)
        took = time.process_time() - started
        slow = max(slow, took)
        if took > 5 or wrong_spans(article, read):
            print(f"  {name}: {took:.1f} s, {wrong_spans(article, read)} wrong spans")
    figures |= {"bad_inputs": len(BAD), "slowest_bad_input_s": slow}


def speed(figures: dict[str, float]) -> None:
    """Articles a second against spaCy's whole small pipeline on the same texts in one run; no parse is kept from before."""
    import spacy

    texts = [json.loads(line)["text"] for line in (GOLD / "quotes" / "dev.jsonl").open(encoding="utf8")][:30]
    whole = spacy.load(installed())
    list(whole.pipe(texts[:2]))
    parser = Parser(load(), kept=0)
    full, ours = [], []
    for _ in range(3):  # the best of three, by turns: a busy machine slows both
        started = time.process_time()
        list(whole.pipe(texts, batch_size=8))
        full.append(time.process_time() - started)
        started = time.process_time()
        for n, text in enumerate(texts):
            article = article_of(str(n), text)
            attribute(article, parser(text, sentences(article)), timed=False)
        ours.append(time.process_time() - started)
    figures["speed_ratio"] = min(full) / min(ours)


def same_parse(figures: dict[str, float], wanted: int = 10_000) -> None:
    """Sentences whose parse changes when their order does; no parse is kept from one order to the other."""
    parser = Parser(load(), kept=0)
    places: list[Sentence] = []
    text = ""
    for line in (GOLD / "quotes" / "train.jsonl").open(encoding="utf8"):
        body = json.loads(line)["text"]
        places += [
            msgspec.structs.replace(s, start=s.start + len(text), end=s.end + len(text))
            for s in sentences(article_of("t", body))
        ]
        text += body + "\n"
        if len(places) >= wanted:
            break
    places = places[:wanted]
    straight = parser(text, places)
    order = sorted(range(len(places)), key=lambda i: hashlib.sha256(str(i).encode()).digest())
    shuffled = parser(text, [places[i] for i in order])
    figures["parses_changed_by_order"] = sum(straight[i] != s for i, s in zip(order, shuffled, strict=True))


def main() -> int:
    quick, listing = "--quick" in sys.argv, "--list" in sys.argv
    figures: dict[str, float] = {}
    parser = Parser(load())
    if (GOLD / "quotes" / "dev.jsonl").is_file():
        polnear(parser, figures, quick)
        speed(figures)
        if not quick:
            same_parse(figures)
    else:
        print(f"skipped: no PolNeAR in {GOLD / 'quotes'}")
    own_cases(figures, listing)
    if SEEDS.is_dir() and (HERE.parent / "tests" / "gold" / "seeds.json").is_file():
        seeds(parser, figures, listing)
    else:
        print(f"skipped: no seeds in {SEEDS}")
    if not quick:
        bad_input(parser, figures)
    floors = tomllib.loads((HERE / "floors.toml").read_text()).get("quotes", {}) if (HERE / "floors.toml").is_file() else {}
    below = [
        k
        for k, floor in floors.items()
        if k in figures
        and (figures[k] > floor if k in {"crashes", "wrong_spans", "parses_changed_by_order"} else figures[k] < floor)
    ]
    for name, value in figures.items():
        floor = f"   floor {floors[name]}" if name in floors else ""
        print(f"{name:24s} {value:8.3f}{floor}{'   BELOW' if name in below else ''}")
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())
