"""dossier -> JSON, Markdown, CSV, JSON-LD."""

from typing import Any

import msgspec

from secondsource.model import Article, Attribution, Claim, Dossier, Figure, Reading
from secondsource.render import jsonld, markdown, tables
from secondsource.render.lookup import Lookup

Json = dict[str, Any]
SCHEMA = "secondsource/dossier/1"


def to_json(dossier: Dossier, *, with_text: bool = True) -> bytes:
    """All records as JSON that fits data/dossier.schema.json; articles' `text` is null without `with_text`.

    Ids of actors and utterances are joined in where the records of one article hold mentions.
    """
    look = Lookup(dossier)
    readings = sorted(dossier.readings, key=lambda r: r.article.id)
    made: Json = {
        "schema": SCHEMA,
        "version": dossier.version,
        "model": dossier.model,
        "articles": [_article(look, r.article, with_text=with_text) for r in readings],
        "outlets": dossier.outlets,
        "origins": dossier.origins,
        "stories": dossier.stories,
        "actors": dossier.actors,
        "attributions": [_attribution(look, a) for r in readings for a in r.attributions],
        "utterances": dossier.utterances,
        "claims": [_claim(look, c) for r in readings for c in r.claims],
        "figures": [_figure(f) for r in readings for f in r.figures],
        "incidents": dossier.incidents,
        "questions": dossier.questions,
        "judgements": dossier.judgements,
        "decisions": dossier.decisions,
        "positions": dossier.positions,
        "shifts": dossier.shifts,
        "pledges": dossier.pledges,
        "timeline": dossier.timeline,
        "problems": dossier.problems,
        "mentions": [_mention(look, r) for r in readings],
        "times": [t for r in readings for t in r.times],
    }
    made["mentions"] = [m for group in made["mentions"] for m in group]
    return msgspec.json.format(msgspec.json.encode(made, order=None), indent=1) + b"\n"


def _article(look: Lookup, article: Article, *, with_text: bool) -> Json:
    made: Json = msgspec.to_builtins(article)
    made["text"] = article.text if with_text else None
    # A relation that only the papers tell (a feed's field) has no words in the text; the schema asks relations for words.
    made["relations"] = [r for r in made["relations"] if r["evidence"]]
    made["relations_in_papers"] = [{"kind": r.kind, "name": r.name} for r in article.relations if not r.evidence]
    if others := look.dossier.dated_by_others.get(article.id):
        made["dated_by_others"] = msgspec.to_builtins(others)
    made["origin"] = look.origin_of.get(article.id)
    return made


def _attribution(look: Lookup, attribution: Attribution) -> Json:
    made: Json = msgspec.to_builtins(attribution)
    for speaker in made["speakers"]:
        speaker["actor"] = look.actor_of.get(speaker["mention"] or "")
    made["content"] = made["content"] or [msgspec.to_builtins(q) for q in look.content(attribution)]
    made["utterance"] = look.utterance_of.get(attribution.id)
    return made


def _claim(look: Lookup, claim: Claim) -> Json:
    made: Json = msgspec.to_builtins(claim)
    for slot in ("actor", "target", "place"):
        mention = made[slot]
        made[f"{slot}_mention"] = mention
        made[slot] = look.actor_of.get(mention or "")
    made["incident"] = look.incident_of.get(claim.id)
    return made


def _figure(figure: Figure) -> Json:
    made: Json = msgspec.to_builtins(figure)
    for end in ("low", "high"):
        if made[end] is not None and made[end] == int(made[end]):
            made[end] = int(made[end])
    return made


def _mention(look: Lookup, reading: Reading) -> list[Json]:
    return [msgspec.to_builtins(m) | {"actor": look.actor_of.get(m.id)} for m in reading.mentions]


def to_markdown(dossier: Dossier) -> str:
    """The dossier as Markdown: the sections of the page, each line with its chain and its words."""
    return markdown.document(dossier)


def to_csv(dossier: Dossier) -> dict[str, bytes]:
    """File name -> UTF-8 CSV: one table a kind of record, and codebook.csv, which says what each column holds."""
    return tables.files(dossier)


def to_jsonld(dossier: Dossier) -> bytes:
    """Web Annotations (text position and text quote) on schema.org articles, quotations and claims."""
    return jsonld.graph(dossier)
