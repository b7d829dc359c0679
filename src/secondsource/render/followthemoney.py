"""dossier -> FollowTheMoney entities, a JSON object a line: articles, actors, mentions, statements, incidents

Written by ourselves after the public schema: Article, Person, Organization, PublicBody, LegalEntity, Address, Mention,
Documentation (a statement: who, in which article, on which day, in which words) and Event (an incident).
"""

from collections import defaultdict
from collections.abc import Iterator

from babel.core import get_global

from secondsource.model import Dossier, When
from secondsource.render.foreign import Foreign, counted_again, happenings, lines, scalar, untold, words_of
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import plain
from secondsource.render.timeline import DEEDS

Entity = dict[str, object]
SCHEMA = {
    "person": "Person", "organisation": "Organization", "state": "PublicBody", "group": "Organization", "place": "Address",
    "outlet": "Organization", "unknown": "LegalEntity",
}  # fmt: skip
TEXTS = frozenset({"bodyText", "summary", "description"})
LONGEST, LONGEST_TEXT = 240, 60_000  # code points of a value, below what the schema allows
# Of languages with several codes of three letters, those that ISO 639-2/T has.
CHOSEN = (
    "srp", "hrv", "mon", "sqi", "ara", "aze", "zho", "est", "lav", "nep", "pus", "fas", "swa", "uzb", "msa", "ces", "deu",
    "ell", "fra", "hye", "isl", "kat", "mkd", "ron", "mya", "nld", "slk",
)  # fmt: skip
LOST = (
    "offsets of words: the words themselves stand in `summary`, without their place in the text",
    "how many independent origins carry a line, who copies whom, and all questions, answers, verdicts and judgements",
    "figures with their bounds, positions, shifts, pledges, conditions, the timeline, decisions and problems",
    "the manner of words (quotation or paraphrase) other than in `role`",
    "SHA-256 of the files: the format's contentHash is SHA-1",
    f"what is longer than {LONGEST} characters in a name or a title; longer texts stand in pieces of {LONGEST_TEXT}",
    "times to the minute and open or uncertain intervals beyond a first and a last day",
    "a state stands as PublicBody, a place as Address: the format has no nearer kind",
)


def entities(dossier: Dossier) -> Foreign:
    """One file, entities.ftm.json, a line an entity, sorted by id."""
    look = Lookup(dossier)
    made = [*_articles(look), *_actors(dossier), *_mentions(look), *_statements(look), *_events(look)]
    unnamed = sum(not look.speaker_actors(a) for a in look.attributions.values())
    lost = (
        *LOST,
        *counted_again(unnamed, "statement", "statements", "of nobody who is known: the format links a statement to somebody"),
        *untold(dossier, look),
    )
    made.sort(key=lambda entity: str(entity["id"]))
    return Foreign(files={"entities.ftm.json": lines(made)}, lost=lost, rows=len(made))


def _entity(name: str, schema: str, /, **properties: object) -> Entity:
    """Every property is a list of texts; what is not known is not there."""
    held: dict[str, list[str]] = {}
    for key, value in properties.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        texts = [scalar(v) for v in dict.fromkeys(values) if isinstance(v, str) and v.strip()]
        size = LONGEST_TEXT if key in TEXTS else LONGEST
        pieces = [t[at : at + size] for t in texts for at in range(0, len(t) if key in TEXTS else 1, size)]
        if pieces := [piece for piece in pieces if piece.strip()]:
            held[key] = pieces
    return {"id": name, "schema": schema, "properties": held}


def _days(when: When | None) -> dict[str, str | None]:
    """`date` for one day, else a first and a last one."""
    if when is None:
        return {}
    first, last = (when.earliest or "")[:10], (when.latest or "")[:10]
    return {"date": first} if first and first == last else {"startDate": first, "endDate": last}


def _language(code: str | None) -> str | None:
    """The code of three letters that the schema wants, None where there is none."""
    if code is None or len(code) == 3:
        return code
    found = [long for long, short in get_global("language_aliases").items() if short == code and len(long) == 3]
    return found[0] if len(found) == 1 else next((long for long in found if long in CHOSEN), None)


def _articles(look: Lookup) -> Iterator[Entity]:
    for article in look.ordered:
        when = article.published.value
        day = (when.earliest or "")[:10] if when and (when.earliest or "")[:10] == (when.latest or "")[:10] else None
        url = article.url if (article.url or "").startswith(("http://", "https://")) else None
        yield _entity(
            article.id, "Article", title=article.title.value, fileName=article.name, author=article.byline.value,
            publisher=article.outlet.value, publishedAt=day, sourceUrl=url, language=_language(article.language),
            bodyText=article.text,
        )  # fmt: skip


def _actors(dossier: Dossier) -> Iterator[Entity]:
    for actor in dossier.actors:
        schema = SCHEMA[actor.kind]
        more: dict[str, object] = {"full": actor.name} if schema == "Address" else {}
        if schema == "Person":
            more["position"] = actor.roles
        yield _entity(actor.id, schema, name=actor.name, alias=[a for a in actor.aliases if a != actor.name], **more)


def _mentions(look: Lookup) -> Iterator[Entity]:
    """One for each actor in each article, with the names that it prints."""
    for article in look.ordered:
        held: defaultdict[str, set[str]] = defaultdict(set)
        for mention in look.readings[article.id].mentions:
            actor = look.actor_of.get(mention.id)
            if actor in look.actors and mention.via in {"name", "metonym"}:
                held[actor].add(" ".join(mention.quote.exact.split()))
        for actor, names in sorted(held.items()):
            yield _entity(
                f"{article.id}.{actor}", "Mention", document=article.id, resolved=actor, name=sorted(names),
                detectedSchema=SCHEMA[look.actors[actor].kind],
            )  # fmt: skip


def _statements(look: Lookup) -> Iterator[Entity]:
    for article in look.ordered:
        for said in look.readings[article.id].attributions:
            words = " […] ".join(q.exact for q in look.content(said))
            role = f"{plain(said.cue.kind)} ({'quotation' if said.mode == 'direct' else 'paraphrase'})"
            through = [f"through: {relay.name}" for relay in said.relays]
            for number, actor in enumerate(look.speaker_actors(said)):
                yield _entity(
                    f"{said.id}.{number}" if number else said.id, "Documentation", document=article.id, entity=actor.id,
                    role=role, summary=words, description=through, publisher=article.outlet.value, recordId=said.id,
                    **_days(said.said),
                )  # fmt: skip


def _events(look: Lookup) -> Iterator[Entity]:
    incidents = {i.id: i for i in look.dossier.incidents}
    for name, deeds, figures in happenings(look):
        incident = incidents[name]
        involved = sorted({a for c in deeds for m in (c.actor, *c.co_actors, c.target) if (a := look.actor_of.get(m or ""))})
        quotes = words_of(deeds, figures)
        where = look.actor_name(incident.place)
        title = DEEDS.get(incident.act, plain(incident.act)).capitalize()
        yield _entity(
            name, "Event", name=f"{title}: {where}" if where else title, location=where,
            involved=[a for a in involved if a in look.actors], proof=sorted({q.article for q in quotes}),
            description=[q.exact for q in quotes], recordId=name, **_days(incident.when),
        )  # fmt: skip
