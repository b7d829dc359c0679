"""dossier -> its sections one at a time, in pages of bounded length, for a server: the same lines, linked across pages"""

import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from secondsource.model import Dossier, Record
from secondsource.render import drawings
from secondsource.render.answers import Asked
from secondsource.render.blame import Blame
from secondsource.render.checks import Check
from secondsource.render.dossier import Happening, Paper, Root, Series, View, view
from secondsource.render.html import environment, options
from secondsource.render.ledger import Ledger
from secondsource.render.lines import Line, Words, assertion, statement
from secondsource.render.lookup import Lookup
from secondsource.render.marking import Piece, pieces
from secondsource.render.voices import Said, Term

LINK = re.compile(r'href="#([^"]+)"')
IDS = re.compile(r' id="?([^" >]+)')
DRAWN = 60  # origins that are drawn on one page
BUDGET = 40  # lines of one page, about
ROWS = 30  # of one series on one page
ALSO = 60  # articles with the very words of a wording
LINES, COPIES = 8, 12  # of one answer, and of one line's copies; the rest is counted and stands in its own list
# Section -> its title, and the fields of the view whose items it lists.
SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "positions": ("Positions", ("ledgers",)),
    "contested": ("Contested", ("contested",)),
    "blame": ("Who blames whom", ("blames",)),
    "second": ("Second origin", ("second",)),
    "one": ("One origin", ("one", "perhaps", "rest")),
    "figures": ("Figures", ("series", "moved", "happenings")),
    "timeline": ("Timeline", ("moments",)),
    "said": ("Who said what", ("lines",)),
    "utterances": ("Wordings", ("utterances",)),
    "pledges": ("Pledges", ("promises",)),
    "voices": ("Whose voice", ("heard", "unheard")),
    "terms": ("Terms", ("terms",)),
    "origins": ("Origins", ("roots",)),
    "publish": ("Before you publish", ("checks",)),
    "method": ("Method and problems", ("problems",)),
}
KEPT = 300  # pages that are kept as they were made
CHECKED = 25  # lines of one check that stand on the page


class Part(Record, frozen=True, kw_only=True):
    """One page of one section. `pages`: how many it has; `count`: of all its items."""

    title: str
    html: str
    page: int
    pages: int
    count: int


class Notes:
    """Where words are when each article has an address of its own."""

    served = True

    def __init__(self, look: Lookup) -> None:
        self.look = look
        self.quotes = {anchor: quote.article for held in look.cited.values() for anchor, quote in held.items()}

    def of(self, words: tuple[Words, ...]) -> str:  # noqa: ARG002
        return ""

    def link(self, anchor: str) -> str:
        return f"/article/{self.quotes[anchor]}#{anchor}"

    def beside(self, line: Line) -> Markup:
        return Markup(' · <a class="beside" href="/line/{}">show, rule</a>').format(line.record)


class Plain(Notes):
    """Where words are, for a line that stands on its own page."""

    def __init__(self, look: Lookup) -> None:
        self.look = look

    def link(self, anchor: str) -> str:
        return next((f"/article/{a}#{anchor}" for a, held in self.look.cited.items() if anchor in held), "")

    def beside(self, line: Line) -> Markup:  # noqa: ARG002
        return Markup()


class Sections:
    """Everything that the pages of one dossier need, made once. Reads the dossier, never changes it."""

    def __init__(self, dossier: Dossier) -> None:
        self.look = Lookup(dossier)
        self.view = fitted(view(self.look))
        self.notes = Notes(self.look)
        self.speakers = options(self.view.lines)
        self._numbers = {name: place for place, (name, _) in enumerate(self.speakers, 1)}
        self.papers: dict[str, Paper] = {paper.article.id: paper for paper in self.view.papers}
        self._pages = {name: tuple(_pages(self._items(name))) for name in SECTIONS}
        self._places = dict(self._anchors())
        self._made: dict[tuple[str, int], Part] = {}

    def _items(self, name: str) -> list[tuple[str, Any]]:
        return [(field, item) for field in SECTIONS[name][1] for item in getattr(self.view, field)]

    def counts(self) -> dict[str, int]:
        """Section -> how many items it lists."""
        return {name: sum(len(page) for page in pages) for name, pages in self._pages.items()}

    def section(self, name: str, page: int = 1) -> Part:
        """A page of a section, from 1; a number beyond its pages is its last page."""
        pages = self._pages[name]
        page = min(max(1, page), len(pages))
        if (name, page) not in self._made:
            if len(self._made) > KEPT:
                self._made.clear()
            self._made[name, page] = self._part(name, page)
        return self._made[name, page]

    def _part(self, name: str, page: int) -> Part:
        (title, fields), pages = SECTIONS[name], self._pages[name]
        held: dict[str, Any] = {f: tuple(item for field, item in pages[page - 1] if field == f) for f in fields}
        shown = replace(self.view, papers=(), **held)
        html = self.linked(self._block(name, shown))
        return Part(title=title, html=html, page=page, pages=len(pages), count=self.counts()[name])

    def glance(self) -> Markup:
        """The first screen."""
        return Markup(self.linked(environment().get_template("glance.html.j2").render(self._context(self.view))))  # noqa: S704

    def line(self, name: str) -> Markup:
        """A statement, claim or figure as one line; empty where there is no such record."""
        look = self.look
        said, asserted = look.attributions.get(name), look.claims.get(name) or look.figures.get(name)
        if said is None and asserted is None:
            return Markup()
        item = statement(look, said) if said else assertion(look, asserted) if asserted else None
        made = self._context(replace(self.view, roots=()))["p"].line(item, Plain(look), id=False, tag="div")
        return Markup(self.linked(made))  # noqa: S704  made by our templates, which escape

    def _block(self, name: str, shown: View) -> str:
        template = environment().get_template("evidence.html.j2" if name == "method" else "sections.html.j2")
        return "".join(template.blocks[name](template.new_context(self._context(shown))))

    def _context(self, shown: View) -> dict[str, Any]:
        made: dict[str, Any] = {
            "v": shown, "look": self.look, "notes": self.notes, "excerpts": False, "apart": False,
            "drawn_figures": drawings.figures, "drawn_origins": drawings.origins(shown.roots[:DRAWN]),
            "speakers": (), "speaker_numbers": lambda line: " ".join(str(self._numbers[v.name]) for v in line.voices),
            "page_of": lambda article: f"/article/{article}", "pieces_of": lambda _: (),
        }  # fmt: skip
        return made | {"p": environment().get_template("parts.html.j2").make_module(made)}

    def linked(self, html: str) -> str:
        """HTML of ours whose links to anchors that are not in it lead to the pages that have them."""
        here = set(IDS.findall(html))
        return LINK.sub(lambda m: m[0] if m[1] in here else f'href="{self.where(m[1]) or "/"}"', html)

    def where(self, anchor: str) -> str | None:
        """The address of an anchor of the one-file page; None where there is no such anchor."""
        if anchor in SECTIONS:
            return f"/section/{anchor}"
        if anchor in self.notes.quotes:
            return self.notes.link(anchor)
        return self._places.get(anchor)

    def _anchors(self) -> Iterator[tuple[str, str]]:
        for name, pages in self._pages.items():
            for page, items in enumerate(pages, 1):
                for _, item in items:
                    address = f"/section/{name}{f'?page={page}' if page > 1 else ''}"
                    if isinstance(anchor := getattr(item, "id", None), str):
                        yield anchor, f"{address}#{anchor}"
                    yield from ((answer.id, f"{address}#{answer.id}") for answer in getattr(item, "answers", ()))
        for article, paper in self.papers.items():
            yield paper.id, f"/article/{article}"

    def pieces(self, article: str) -> tuple[Piece, ...]:
        """The segments of an article with the words that lines rest on marked."""
        look = self.look
        return pieces(look, look.articles[article], look.cited[article].values(), excerpts=False)


def _pages(items: list[tuple[str, Any]]) -> Iterator[tuple[tuple[str, Any], ...]]:
    """Items in pages of about BUDGET lines; no items are one empty page."""
    page: list[tuple[str, Any]] = []
    used = 0
    for item in items:
        weight = _weight(item[1])
        if page and used + weight > BUDGET:
            yield tuple(page)
            page, used = [], 0
        page.append(item)
        used += weight
    yield tuple(page)


def _weight(item: Any) -> int:
    """How many lines an item prints, about."""
    match item:
        case Asked():
            return 2 + sum(1 + sum(1 + len(rest) for _, rest in answer.lines) for answer in item.answers)
        case Ledger():
            return 1 + len(item.entries)
        case Series():
            return 1 + len(item.rows)
        case Said():
            return 2 + sum(map(len, item.groups)) + len(item.rest)
        case Happening() | Blame():
            return 1 + len(item.lines)
        case Check():
            return 1
        case Root():
            return 1 + len(item.articles) // 3 + sum(1 + len(words) // 4 for _, _, words in item.reasons)
        case Term():
            return 1 + sum(len(lines) for _, lines in item.words)
        case _:
            return 1


def fitted(shown: View) -> View:
    """The view with its longest items cut, each saying so, so that no item is longer than a page."""
    of_questions = ("contested", "moved", "second", "one", "perhaps", "rest")
    asked = {f: tuple(part for q in getattr(shown, f) for part in _split(_asked(q), "answers", "text")) for f in of_questions}
    series = tuple(part for item in shown.series for part in _split(item, "rows", "title"))
    ledgers = tuple(part for item in shown.ledgers for part in _split(item, "entries", "object"))
    utterances = tuple(part for item in shown.utterances for part in _said(item))
    blames = tuple(part for item in shown.blames for part in _split(item, "lines", "accuser"))
    terms = tuple(part for item in shown.terms for part in _term(item))
    checks = tuple(replace(c, lines=c.lines[:CHECKED], pairs=c.pairs[:CHECKED]) for c in shown.checks)
    roots = tuple(
        replace(r, articles=r.articles[:CHECKED], reasons=r.reasons[:LINES], more=r.more + max(0, len(r.reasons) - LINES))
        for r in shown.roots
    )
    happenings = tuple(part for item in shown.happenings for part in _split(item, "lines", "title"))
    return replace(
        shown, **asked, series=series, ledgers=ledgers, utterances=utterances, blames=blames, checks=checks, roots=roots,
        happenings=happenings, terms=terms,
    )  # fmt: skip


def _asked(question: Asked) -> Asked:
    answers = []
    for answer in question.answers:
        lines = tuple((line, rest[:COPIES]) for line, rest in answer.lines[:LINES])
        shown = sum(1 + len(rest) for _, rest in lines)
        more = sum(1 + len(rest) for _, rest in answer.lines) - shown
        answers.append(replace(answer, lines=lines, more=answer.more + more))
    return replace(question, answers=tuple(answers))


def _split(item: Any, field: str, title: str) -> Iterator[Any]:
    """An item whose list is longer than ROWS as several items, each saying which stretch of it it is."""
    held = getattr(item, field)
    if len(held) <= ROWS:
        yield item
        return
    for start in range(0, len(held), ROWS):
        rows = held[start : start + ROWS]
        name = f"{getattr(item, title)} ({start + 1} to {start + len(rows)} of {len(held)})"
        yield replace(item, **{"id": f"{item.id}-{start}" if start else item.id, field: rows, title: name})


def _term(term: Term) -> Iterator[Term]:
    """A term with many lines as several, each with some lines of every word."""
    most = max((len(lines) for _, lines in term.words), default=0)
    for start in range(0, max(most, 1), CHECKED):
        words = tuple((word, lines[start : start + CHECKED]) for word, lines in term.words if lines[start : start + CHECKED])
        thing = term.thing if most <= CHECKED else f"{term.thing} (lines {start + 1} to {min(most, start + CHECKED)} of each)"
        yield replace(term, thing=thing, words=words)


def _said(item: Said) -> Iterator[Said]:
    """A statement with many wordings as several, the wordings of one content kept together as far as a page holds them."""
    # Copies of one wording beyond ALSO are in the count of articles at its head alone.
    cut = [tuple(replace(w, also=w.also[:ALSO]) for w in group) for group in item.groups]
    groups = tuple(group[at : at + ROWS] for group in cut for at in range(0, len(group), ROWS))
    pages: list[list[Any]] = [[]]
    for group in groups:
        if pages[-1] and sum(map(len, pages[-1])) + len(group) > ROWS:
            pages.append([])
        pages[-1].append(group)
    for number, page in enumerate(pages):
        rest = item.rest[:ROWS] if number == 0 else ()
        yield replace(item, id=f"{item.id}-{number}" if number else item.id, groups=tuple(page), rest=rest)
    for start in range(ROWS, len(item.rest), ROWS):
        yield replace(item, id=f"{item.id}-r{start}", groups=(), rest=item.rest[start : start + ROWS])
