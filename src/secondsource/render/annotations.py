"""reading -> one line of JSON, for pipelines: every span with its words and its offsets in the document's text."""

from typing import Any

import msgspec

from secondsource.model import Attribution, Claim, Figure, Mention, Problem, Quote, Reading, When

Json = dict[str, Any]


def annotation(reading: Reading | Problem) -> bytes:
    """The line, without its end. A document that could not be read has `problem` and no records."""
    if isinstance(reading, Problem):
        return msgspec.json.encode({"id": reading.name, "problem": reading.text})
    mentions = {mention.id: mention for mention in reading.mentions}
    text = reading.article.text
    line: Json = {
        "id": reading.article.name,
        "segments": [
            {"kind": s.kind, "start": s.start, "end": s.end, "text": text[s.start : s.end]} for s in reading.article.segments
        ],
        "attributions": [_attribution(a) for a in reading.attributions],
        "claims": [_claim(c, mentions) for c in reading.claims],
        "figures": [_figure(f) for f in reading.figures],
        "times": [_span(t.quote) | _when(t.when) for t in reading.times],
        "entities": [_entity(m) for m in reading.mentions],
    }
    if reading.problems:
        line["problem"] = "; ".join(problem.text for problem in reading.problems)
    return msgspec.json.encode(line)


def _span(quote: Quote) -> Json:
    return {"start": quote.start, "end": quote.end, "text": quote.exact}


def _maybe(quote: Quote | None) -> Json | None:
    return _span(quote) if quote else None


def _when(when: When | None) -> Json:
    if when is None:
        return {"earliest": None, "latest": None, "precision": "unknown"}
    return {"earliest": when.earliest, "latest": when.latest, "precision": when.precision}


def _attribution(a: Attribution) -> Json:
    return {
        "id": a.id,
        "sources": [_span(s.evidence) for s in a.speakers if s.evidence],
        "cues": [_span(a.cue.evidence)] if a.cue.evidence else [],
        "contents": [_span(q) for q in a.content],
        "cue_kind": a.cue.kind,
        "mode": a.mode,
        "relays": [{"kind": r.kind, "name": r.name} | _span(r.evidence) for r in a.relays],
        "said": _when(a.said) if a.said else None,
        "parent": a.parent,
        "wording": a.wording,
        "addressee": _maybe(a.addressee),
        "venue": _maybe(a.venue),
        "hedge": _maybe(a.hedge),
        "question": _maybe(a.question),
    }


def _claim(c: Claim, mentions: dict[str, Mention]) -> Json:
    def words(mention: str | None) -> Json | None:
        return _span(mentions[mention].quote) if mention else None

    return {
        "id": c.id,
        "act": c.act,
        "plover": c.plover,
        "cameo": c.cameo,
        "object": c.object,
        "realis": c.realis,
        "polarity": c.polarity,
        "conditions": [{"words": _span(k.words), "of": _maybe(k.of)} for k in c.conditions],
        "actor": words(c.actor),
        "target": words(c.target),
        "place": words(c.place),
        "when": _when(c.when) if c.when else None,
        "attribution": c.attribution,
        "evidence": _span(c.evidence[0]),
    }


def _figure(f: Figure) -> Json:
    return _span(f.evidence[0]) | {
        "id": f.id,
        "counted": f.counted,
        "whose": f.whose,
        "counter": f.counter,
        "low": f.low,
        "high": f.high,
        "bound": f.bound,
        "scope": f.scope,
        "as_of": _when(f.as_of) if f.as_of else None,
        "attribution": f.attribution,
    }


def _entity(m: Mention) -> Json:
    return _span(m.quote) | {
        "id": m.id,
        "kind": m.kind,
        "name": m.name,
        "via": m.via,
        "antecedent": m.antecedent,
        "roles": list(m.roles),
        "stands_for": m.stands_for,
    }
