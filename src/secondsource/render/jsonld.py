"""dossier -> JSON-LD: W3C Web Annotations on schema.org articles, quotations and claims.

Selectors count Unicode code points in the article's text. No relation between claims is stated: schema.org has none, and a
verdict of truth (ClaimReview) is a person's to give.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from secondsource.model import Actor, Article, Attribution, Claim, Dossier, Quote, When
from secondsource.render.foreign import Foreign
from secondsource.render.lookup import Lookup

Json = dict[str, Any]
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/", "prov": "http://www.w3.org/ns/prov#"}]
LOST = (
    "texts of the articles, segments, mentions and times",
    "figures, incidents, positions, shifts, pledges, the timeline, decisions and problems",
    "questions, answers, verdicts and counts of origins: schema.org has no relation between claims",
    "the manner and kind of a statement beyond Quotation and Statement",
)
AROUND = 32  # code points of prefix and suffix: enough to find the words again in a text that moved
SCHEMA_KIND = {"person": "Person", "organisation": "Organization", "state": "Country", "group": "Organization",
               "place": "Place", "outlet": "NewsMediaOrganization"}  # fmt: skip


def graph(dossier: Dossier) -> bytes:
    """The dossier as one JSON-LD document with an `@graph`."""
    look = Lookup(dossier)
    nodes: list[Json] = [_article(look, article) for article in look.ordered]
    nodes += [_actor(actor) for actor in dossier.actors]
    for article in look.ordered:
        reading = look.readings[article.id]
        for attribution in reading.attributions:
            nodes += _statement(look, attribution)
        for claim in reading.claims:
            nodes += _claim(look, claim)
    return msgspec.json.format(msgspec.json.encode({"@context": CONTEXT, "@graph": nodes}), indent=1) + b"\n"


def foreign(dossier: Dossier) -> Foreign:
    """The same document as a file, with what it leaves out."""
    payload = graph(dossier)
    return Foreign(files={"dossier.jsonld": payload}, lost=LOST, rows=payload.count(b'"type": "Annotation"'))


def _urn(name: str) -> str:
    return f"urn:secondsource:{name}"


def _known(node: Json) -> Json:
    """The node without what is not known: an absent key says so, a made-up value would not."""
    return {key: value for key, value in node.items() if value not in (None, [], ())}


def _day(when: When | None) -> str | None:
    """One ISO date, or an ISO interval where it is not one."""
    if when is None or not (when.earliest or when.latest):
        return None
    return when.earliest if when.earliest == when.latest else f"{when.earliest or '..'}/{when.latest or '..'}"


def _article(look: Lookup, article: Article) -> Json:
    return _known(
        {
            "id": _urn(article.id),
            "type": "schema:NewsArticle",
            "schema:name": article.name,
            "schema:headline": article.title.value,
            "schema:publisher": article.outlet.value,
            "schema:author": article.byline.value,
            "schema:datePublished": _day(article.published.value),
            "schema:inLanguage": article.language,
            "schema:url": article.url,
            "schema:sha256": article.sha256,
            "prov:wasQuotedFrom": list(look.credits(article.id)),
        }
    )


def _actor(actor: Actor) -> Json:
    return _known(
        {
            "id": _urn(actor.id),
            "type": f"schema:{SCHEMA_KIND.get(actor.kind, 'Thing')}",
            "schema:name": actor.name,
            "schema:alternateName": [alias for alias in actor.aliases if alias != actor.name],
        }
    )


def selectors(text: str, quote: Quote) -> list[Json]:
    """A TextPositionSelector and a TextQuoteSelector for the quote's words in its article's text."""
    return [
        {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
        {
            "type": "TextQuoteSelector",
            "exact": quote.exact,
            "prefix": text[max(0, quote.start - AROUND) : quote.start],
            "suffix": text[quote.end : quote.end + AROUND],
        },
    ]


def _targets(look: Lookup, quotes: tuple[Quote, ...]) -> Iterator[Json]:
    for quote in quotes:
        yield {"source": _urn(quote.article), "selector": selectors(look.articles[quote.article].text, quote)}


def _annotation(look: Lookup, name: str, quotes: tuple[Quote, ...]) -> Json:
    return {
        "id": _urn(f"annotation-{name}"),
        "type": "Annotation",
        "motivation": "describing",
        "body": _urn(name),
        "target": list(_targets(look, quotes)),
    }


def _statement(look: Lookup, a: Attribution) -> list[Json]:
    text = " […] ".join(q.exact for q in a.content)
    people = [_urn(actor.id) for actor in look.speaker_actors(a)]
    body = _known(
        {
            "id": _urn(a.id),
            "type": "schema:Quotation" if a.mode == "direct" else "schema:Statement",
            "schema:text": text,
            "schema:spokenByCharacter": people,
            "schema:dateCreated": _day(a.said),
            "schema:isPartOf": _urn(a.article),
            "prov:wasQuotedFrom": [r.name for r in a.relays],
        }
    )
    return [body, _annotation(look, a.id, a.content)]


def _claim(look: Lookup, claim: Claim) -> list[Json]:
    said = look.attributions.get(claim.attribution or "")
    authors = [_urn(actor.id) for actor in look.speaker_actors(said)] if said else []
    body = _known(
        {
            "id": _urn(claim.id),
            "type": "schema:Claim",
            "schema:text": " […] ".join(q.exact for q in claim.evidence),
            "schema:appearance": _urn(claim.article),
            "schema:author": authors,
            "schema:about": claim.act,
            "schema:temporalCoverage": _day(claim.when),
        }
    )
    return [body, _annotation(look, claim.id, claim.evidence)]
