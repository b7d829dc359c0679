"""dossier -> timeline lines: what happened, was said and was published, in the order of time."""

from collections import defaultdict
from collections.abc import Iterator

from secondsource.model import Article, Claim, Dossier, Quote, TimelineLine, When
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import clipped, listed, within
from secondsource.render.quoting import cut, inner, whole

# Deeds as nouns: the dossier's own voice takes no side in naming them.
DEEDS = {
    "strike": "attack",
    "clash": "fighting",
    "capture": "taking of control",
    "withdraw": "withdrawal",
    "mobilise": "movement of troops",
    "casualties": "casualties",
    "destroy": "destruction",
    "displace": "displacement",
    "arrest": "arrest",
    "release": "release",
    "exchange": "exchange",
    "meet": "meeting",
    "mediate": "mediation",
    "sign": "signing",
    "violate": "violation",
    "start": "start",
    "end": "end",
    "aid": "aid",
    "sanction": "closure or sanctions",
    "protest": "protest or blockade",
    "investigate": "inquiry",
    "yield": "giving up or easing",
}
CITED, VOICES = 90, 3  # code points of words of a deed, and how many different words of it, on one line
NO_NAMES = frozenset({"which", "who", "that", "it", "its", "they", "them", "he", "she", "him", "her", "this", "these", "those"})
QUOTED = 160  # code points of words in one line
HAPPENED = frozenset({"actual", "background"})


def timeline(dossier: Dossier) -> tuple[TimelineLine, ...]:
    """One line a dated deed (per incident, or per article where it stands in none), act of speech and article."""
    look = Lookup(dossier)
    found = [*_happened(look), *_said(look), *_published(look)]
    order = {"happened": 0, "said": 1, "published": 2}
    return tuple(sorted(found, key=lambda t: (_start(t.when), order[t.kind], t.text, t.evidence)))


def _start(when: When) -> str:
    return (when.earliest or when.latest or "9999")[:10]


def _known(when: When | None) -> bool:
    return when is not None and bool(when.earliest or when.latest)


def _happened(look: Lookup) -> Iterator[TimelineLine]:
    groups: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in look.claims.values():
        when = claim.when
        if when is None or not _known(when) or claim.act not in DEEDS:
            continue
        if claim.realis not in HAPPENED or claim.polarity == "negative":
            continue
        incident = look.incident_of.get(claim.id)
        where = look.mention_name(claim.place) or look.mention_name(claim.target) or claim.object or ""
        key = (incident,) if incident else (claim.act, where, when.earliest or "", when.latest or "")
        groups[key].append(claim)
    for claims in groups.values():
        claims.sort(key=lambda c: ((c.when.earliest or "9999") if c.when else "9999", c.id))
        first = claims[0]
        if first.when is None:
            continue
        quotes = tuple(dict.fromkeys(c.evidence[0] for c in claims))
        ids = tuple(c.id for c in claims)
        yield TimelineLine(when=first.when, kind="happened", text=_deed(look, claims), claims=ids, evidence=quotes)


def _deed(look: Lookup, claims: list[Claim]) -> str:
    """ "Taking of control: Olme, by Veltria: “liberated the town” (Harsk Today); “occupied Olme” (The Calvero Ledger)"."""
    first = claims[0]
    things = [_name(look, first.place), _name(look, first.target)]
    where = ", ".join(dict.fromkeys(t for t in things if t))
    doers = sorted({name for c in claims if (name := _name(look, c.actor)) and name != where})
    text = DEEDS[first.act].capitalize() + (f": {where}" if where else "")
    if doers:
        text += f", by {within(doers[0])}" if len(doers) == 1 else f", by {' or '.join(map(within, doers))} (reports differ)"
    told: dict[str, list[str]] = {}
    for claim in claims:
        words = cut(look.articles[claim.article].text, claim.evidence[0].start, claim.evidence[0].end)
        told.setdefault(f"“{inner(clipped(words, CITED))}”", []).append(_sayer(look, claim))
    shown = [f"{words} ({listed(list(dict.fromkeys(who)))})" for words, who in list(told.items())[:VOICES]]
    more = f"; {len(told) - VOICES} more" if len(told) > VOICES else ""
    return f"{text}. {'; '.join(shown)}{more}"


def _name(look: Lookup, mention: str | None) -> str | None:
    """The name of whoever did it or had it done to them; no name where only a word like "which" stands."""
    name = look.mention_name(mention)
    return None if name is None or name.casefold() in NO_NAMES else name


def _sayer(look: Lookup, claim: Claim) -> str:
    said = look.attributions.get(claim.attribution or "")
    if said:
        return f"says {within(listed(look.speakers(said))) or 'a speaker not named'}"
    return _paper(look, claim.article)


def _paper(look: Lookup, article: str) -> str:
    """The outlet, or the file where it is not stated: a timeline is kept, the page's numbers are not."""
    held = look.articles[article]
    return held.outlet.value or f"an unnamed outlet ({clipped(held.name, 40)})"


def _said(look: Lookup) -> Iterator[TimelineLine]:
    for utterance in look.dossier.utterances:
        said = [look.attributions[name] for name in utterance.attributions if name in look.attributions]
        when = utterance.when or next((a.said for a in said if _known(a.said)), None)
        if not said or when is None or not _known(when):
            continue
        first = said[0]
        who = listed(look.speakers(first)) or "Speaker not named"
        verb = first.cue.evidence.exact if first.cue.evidence else ""
        words = " […] ".join(whole(q.exact) for q in look.content(first))
        quotes = tuple(dict.fromkeys(q for a in said for q in look.content(a)))
        shown = clipped(f"“{inner(words)}”" if first.mode == "direct" else words, QUOTED)
        text = f"According to {within(who)}: {shown}" if verb.casefold().startswith("according") else f"{who} {verb}: {shown}"
        yield TimelineLine(when=when, kind="said", text=text, claims=tuple(a.id for a in said), evidence=quotes)


def _published(look: Lookup) -> Iterator[TimelineLine]:
    for article in look.ordered:
        when = look.published(article.id)
        evidence = article.published.evidence or article.title.evidence or _first_words(article)
        if when is not None and _known(when) and evidence:
            title = clipped(" ".join((article.title.value or article.name).split()), QUOTED)
            text = f"{_paper(look, article.id)}: {title}"
            yield TimelineLine(when=when, kind="published", text=text, claims=(), evidence=evidence)


def _first_words(article: Article) -> tuple[Quote, ...]:
    """The first words of an article whose day stands in its papers only (a mail's head, a feed's field)."""
    words = article.text.split(None, 1)[:1]
    if not words:
        return ()
    start = article.text.index(words[0])
    line_end = article.text.find("\n", start)
    return (article.quote(start, min(line_end if line_end > 0 else len(article.text), start + QUOTED)),)
