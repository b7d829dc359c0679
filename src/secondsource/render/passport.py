"""passport -> words for the terminal, JSON, one HTML page with a drawing and a table beside it, and one inert SVG card.

Every line shows the exact words that it rests on; nothing fuzzy stands without the words side by side. The page and the card
hold no script and ask for nothing.
"""

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from secondsource.model import PASTED, Chain, Change, Dossier, Hop, Match, Passport, Quote, When
from secondsource.render import chaindrawing
from secondsource.render.marking import isolated, named, visible
from secondsource.render.phrases import SEGMENTS, day, listed, origins, plural
from secondsource.render.quoting import inner, whole
from secondsource.render.stances import either

KINDS = {
    "same_words": "the same words",
    "cut": "the same words, cut",
    "altered": "nearly the same words",
    "quotation": "quoted in other words",
    "paraphrase": "paraphrase",
    "headline": "headline",
    "figure": "the figure alone",
    "claim": "the claim alone",
}
HOPS = {
    "speaker": "said by",
    "relayer": "passed it on",
    "document": "document",
    "channel": "given to",
    "credited": "credited",
    "copied_from": "copied, found by comparison",
    "page": "printed on",
}
CHANGES = {
    "dropped": "dropped",
    "added": "added",
    "changed": "changed",
    "quote_to_paraphrase": "quotation became paraphrase",
    "paraphrase_to_quote": "paraphrase became quotation",
    "headline_drift": "headline drift",
    "figure_changed": "figure changed",
    "date_changed": "date changed",
}
# What a match says of itself where nothing more is known: its kind stands before it anyway.
GENERAL = {
    *KINDS.values(), "a paraphrase", "a headline made of it", "another wording of the same statement, quoted",
    "the same words but for a few",
}  # fmt: skip
OBJECTIONS = {"denies": "denies it", "rejects": "rejects it", "no_answer": "gave no answer"}


class Sheet:
    """A passport with the names that its readers need."""

    def __init__(self, passport: Passport, dossier: Dossier) -> None:
        self.passport = passport
        self.articles = {r.article.id: r.article for r in dossier.readings}

    def page(self, article: str) -> str:
        """An article by its outlet and file."""
        paper = self.articles[article]
        return f"{paper.outlet.value}, {paper.name}" if paper.outlet.value else f"outlet not stated, {paper.name}"

    def published(self, article: str) -> str:
        return day(self.articles[article].published.value)

    def counts(self) -> str:
        """ "3 articles, 1 origin, 2 wordings"."""
        p = self.passport
        return f"{plural(p.articles, 'article')}, {origins(p.origins_low, p.origins_high)}, {plural(p.wordings, 'wording')}"

    def circumstances(self) -> list[tuple[str, str]]:
        """When, where, to whom and through which channel, each only where the words state it."""
        p = self.passport
        made = [("when", _said(p.said))]
        made += [("where", p.venue.exact)] if p.venue else []
        made += [("to whom", p.addressee.exact)] if p.addressee else []
        made += [("channel", p.channel)] if p.channel else []
        return made + [("document", ", ".join(self.page(a) for a in p.documents))] * bool(p.documents)

    def path(self, chain: Chain) -> str:
        return " → ".join(f"{h.name} (inferred)" if h.basis == "inferred" else h.name for h in chain.hops)


def _said(when: When | None) -> str:
    return either(when) if when else "day not said"


def to_json(passport: Passport, dossier: Dossier) -> str:
    """The passport with the articles that it names."""
    used = {c.article for c in passport.chains} | {m.article for m in (*passport.possible, *passport.nearest)}
    used |= {h.article for c in passport.chains for h in c.hops if h.article}
    articles = [
        {"id": r.article.id, "name": r.article.name, "outlet": r.article.outlet.value, "published": r.article.published.value}
        for r in dossier.readings if r.article.id in used
    ]  # fmt: skip
    made = {"schema": "secondsource/passport/1", **msgspec.to_builtins(passport), "in": articles, "pasted_as": PASTED}
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n"


def to_text(passport: Passport, dossier: Dossier) -> str:
    """The passport for a terminal; it reads as Markdown too."""
    return "\n".join(_lines(Sheet(passport, dossier))).rstrip() + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    p = sheet.passport
    if p.sentence.strip():
        yield f"# “{inner(whole(p.sentence))}”"
        yield ""
    yield p.answer
    if p.chains:
        yield ""
        yield from (f"- {name}: {words}" for name, words in sheet.circumstances())
        yield from (f"- {o.name} {OBJECTIONS[o.kind]}: {_quoted(o.words)}" for o in p.objections)
        if p.not_asked:
            yield f"- named in it, and not heard on these pages: {listed(p.not_asked)}"
    for number, chain in enumerate(p.chains, 1):
        yield ""
        yield f"## {number}. {sheet.path(chain)}"
        yield f"{sheet.page(chain.article)}, published {sheet.published(chain.article)}"
        yield from (f"- {HOPS[h.kind]}: {h.name}{_because(h)}" for h in chain.hops[:-1])
        for match in chain.matches:
            yield from _match(match)
    if p.pasted:
        yield ""
        yield "## As pasted, against the nearest words"
        yield from (f"- {CHANGES[c.kind]}: {c.text}" for c in p.pasted)
    for title, held in (("Possible, not counted", p.possible), ("Nearest, and why they are not it", p.nearest)):
        if held and not (p.chains and title.startswith("Nearest")):
            yield ""
            yield f"## {title}"
            yield from (f"- {sheet.page(m.article)}: {_quoted(m.words)} ({m.why})" for m in held)


def _match(match: Match) -> Iterator[str]:
    where = "" if match.segment == "body" or match.kind == "headline" else f", {SEGMENTS[match.segment]}"
    yield f"- {KINDS[match.kind]}{where} ({'; '.join(reasons(match))}): {_quoted(match.words)}"
    if match.against and match.changes:
        yield f"    - against: {_quoted(match.against)}"
    yield from (f"    - {CHANGES[c.kind]}: {c.text}" for c in match.changes)


def reasons(match: Match) -> tuple[str, ...]:
    """How sure a match is and why; not what its kind says already."""
    kind, _, ground = match.why.partition(": ")
    why = ground if match.kind not in {"figure", "claim"} else match.why
    if not why and kind not in GENERAL:
        why = match.why
    return (match.sure, why) if why else (match.sure,)


def _because(hop: Hop) -> str:
    words = "; ".join(_quoted(q) for q in hop.evidence)
    how = f" ({hop.how})" if hop.how and hop.kind != "speaker" else ""
    return f"{how}: {words}" if words else how


def _quoted(quote: Quote) -> str:
    return f"“{inner(whole(quote.exact))}”"


def to_html(passport: Passport, dossier: Dossier) -> str:
    """One self-contained page: the finding, the drawing of the chain, the table beside it, and all words side by side."""
    sheet = Sheet(passport, dossier)
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    drawn = chaindrawing.tree(passport, sheet.page)
    return _environment().get_template("passport.html.j2").render(
        p=passport, sheet=sheet, style=style, policy=policy, drawing=drawn, side=_side, KINDS=KINDS, HOPS=HOPS, CHANGES=CHANGES,
        OBJECTIONS=OBJECTIONS, SEGMENTS=SEGMENTS, reasons=reasons,
    )  # fmt: skip


def to_svg(passport: Passport, dossier: Dossier) -> str:
    """One card for sharing: inert, offline, the same words and counts."""
    sheet = Sheet(passport, dossier)
    return str(chaindrawing.card(passport, sheet.counts() if passport.chains else "", _said(passport.said)))


def _side(quote: Quote, changes: tuple[Change, ...], *, after: bool) -> Markup:
    """A quote's words with what changed in them marked: dropped and changed on the one side, added and changed on the other."""
    spans = sorted(
        (q.start - quote.start, q.end - quote.start)
        for c in changes if c.kind in {"dropped", "added", "changed", "figure_changed", "date_changed"}
        for q in (c.after if after else c.before)
        if q.article == quote.article and quote.start <= q.start and q.end <= quote.end
    )  # fmt: skip
    tag = "ins" if after else "del"
    made, last = Markup(), 0
    for start, end in spans:
        if start < last:
            continue
        made += visible(quote.exact[last:start]) + Markup(f"<{tag}>") + visible(quote.exact[start:end]) + Markup(f"</{tag}>")  # noqa: S704
        last = end
    return made + visible(quote.exact[last:])


@cache
def _style() -> Markup:
    text = resources.files(__package__).joinpath("templates", "passport.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704  ours


@cache
def _environment() -> Environment:
    loader = PackageLoader(__package__, "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(t=lambda text: visible(str(text)), i=lambda text: isolated(str(text)), a=lambda text: named(str(text)))
    made.filters["listed"] = listed
    made.filters["quoted"] = lambda text: visible(inner(whole(str(text))))
    return made
