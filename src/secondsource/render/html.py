"""dossier -> one self-contained HTML page, or a folder with a page per article.

The page holds all its content; its script only filters, folds and answers keys. No request leaves it: the policy in its head
allows nothing but its own style sheet and script, by their hashes.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from secondsource.model import Dossier, Passport, Quote
from secondsource.render import drawings
from secondsource.render.dossier import View, view
from secondsource.render.lines import Line, Words
from secondsource.render.lookup import Lookup
from secondsource.render.marking import Piece, isolated, named, pieces, visible
from secondsource.render.phrases import KINDS, PLAIN, SCOPES, clipped, head, listed, number, origins, plain, plural, within
from secondsource.render.quoting import inner

LIMIT = 3_000_000  # bytes of a page that still opens at once; above it the articles are cut to what is cited
TRIES = 6
PROTOCOLS = ("http://", "https://")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
DATE = re.compile(
    r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?(?: or [0-9]{2}(?![0-9]))?"
    r"|\b[0-9]+ (?:(?:or|to) [0-9]+ )?origins?\b"
)
# Scripts that run from right to left; for others `dir=auto` finds out.
FROM_RIGHT = frozenset({"ar", "fa", "he", "ur", "ps", "yi", "ckb", "sd", "ug", "dv"})


def page(dossier: Dossier, passports: Mapping[str, Passport] | None = None) -> str:
    """The one-file edition: whole articles; past LIMIT only their cited lines, then fewer statements; it says so.

    `passports`: of statements, by the attribution's id; left out past LIMIT.
    """
    look = Lookup(dossier)
    made = _render(look, view(look, passports=passports), excerpts=False) if sum(map(len, _texts(dossier))) < LIMIT else ""
    if made and _size(made) <= LIMIT:
        return made
    statements = len(look.attributions)
    for _ in range(TRIES):
        look = Lookup(dossier)
        made = _render(look, view(look, statements), excerpts=True)
        if _size(made) <= LIMIT or not statements:
            break
        # Squared: what is not statements does not shrink, so they must by more than the page.
        statements = int(statements * (LIMIT / _size(made)) ** 2 * 0.9)
    return made


def _texts(dossier: Dossier) -> Iterable[str]:
    return (reading.article.text for reading in dossier.readings)


def _size(made: str) -> int:
    return len(made.encode())


def folder(dossier: Dossier, passports: Mapping[str, Passport] | None = None) -> dict[str, str]:
    """File name -> page: index.html with every line, and articles/….html with each whole article. For large dossiers."""
    look = Lookup(dossier)
    shown = view(look, passports=passports)
    pages = {"index.html": _render(look, shown, excerpts=False, apart=True)}
    template = environment().get_template("article.html.j2")
    for paper in shown.papers:
        held = _pieces(look, paper.article.id, excerpts=False)
        pages[_article_page(look, paper.article.id)] = template.render(_common(look) | {"paper": paper, "pieces": held})
    return pages


def _article_page(look: Lookup, article: str) -> str:
    return f"articles/{look.short[article]}.html"


def _render(look: Lookup, shown: View, *, excerpts: bool, apart: bool = False) -> str:
    notes = Notes(look, apart=apart)
    speakers = options(shown.lines)
    numbers = {name: place for place, (name, _) in enumerate(speakers, 1)}
    return _template().render(
        _common(look)
        | {
            "v": shown,
            "excerpts": excerpts,
            "apart": apart,
            "notes": notes,
            "pieces_of": lambda article: () if apart else _pieces(look, article, excerpts=excerpts),
            "page_of": lambda article: _article_page(look, article),
            "drawn_figures": drawings.figures,
            "drawn_origins": drawings.origins(shown.roots),
            "speakers": speakers,
            "speaker_numbers": lambda line: " ".join(str(numbers[v.name]) for v in line.voices),
        }
    )


def _common(look: Lookup) -> dict[str, object]:
    style, script = packaged("page.css"), packaged("page.js")
    return {"style": style, "script": script, "policy": _policy(style, script), "look": look}


def _policy(style: str, script: str) -> str:
    """Nothing is allowed but this style sheet and this script."""
    rules = (
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        f"script-src '{_hash(script)}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
    )
    return "; ".join(rules)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def packaged(name: str) -> Markup:
    """A file of ours that stands on the page as it is."""
    return Markup(resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8"))  # noqa: S704  ours


class Notes:
    """Numbers of the words that lines cite, in the order in which the page cites them: the endnotes of its print."""

    served = False

    def __init__(self, look: Lookup, *, apart: bool) -> None:
        self.numbers: dict[str, int] = {}
        self.quotes = {anchor: quote for held in look.cited.values() for anchor, quote in held.items()}
        self.look = look
        self.apart = apart

    def of(self, words: Iterable[Words]) -> str:
        """The numbers of these words, as they stand in print."""
        return ", ".join(str(self.numbers.setdefault(w.anchor, len(self.numbers) + 1)) for w in words)

    def link(self, anchor: str) -> str:
        """Where the words are: on this page, or on their article's."""
        where = _article_page(self.look, self.quotes[anchor].article) if self.apart else ""
        return f"{where}#{anchor}"

    def slip(self, name: str) -> str:
        """Where the passport of a statement is."""
        return f"#{name}"

    def beside(self, line: Line) -> str:  # noqa: ARG002
        """What stands after the link to a line's words: nothing on a page that nobody answers."""
        return ""

    def all(self) -> list[tuple[int, Quote, int]]:
        """(number, words, article's number), in order."""
        return [(n, self.quotes[a], self.look.numbers[self.quotes[a].article]) for a, n in self.numbers.items()]


def _pieces(look: Lookup, article: str, *, excerpts: bool) -> tuple[Piece, ...]:
    return pieces(look, look.articles[article], look.cited[article].values(), excerpts=excerpts)


def options(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """Speakers with how many lines they have, the most first: what the filter offers."""
    count: dict[str, int] = {}
    for line in lines:
        for voice in line.voices:
            count[voice.name] = count.get(voice.name, 0) + 1
    return sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))


@cache
def environment() -> Environment:
    """The page's templates with their filters; whatever is text of a report passes through `t`, `i` or `a`."""
    loader = PackageLoader(__package__, "templates")
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    made.filters.update(
        t=lambda text: visible(str(text)),
        i=lambda text: isolated(str(text)),
        a=lambda text: named(str(text)),
        clip=clipped,
        listed=listed,
        number=number,
        plain=plain,
        within=within,
        head=head,
        inner=inner,
        d=_dates,
        language=_language,
        direction=lambda code: "rtl" if code in FROM_RIGHT else "auto",
        link=_outward,
    )
    made.globals.update(origins=origins, plural=plural, SCOPES=SCOPES, KINDS=KINDS, PLAIN=PLAIN)
    return made


@cache
def _template() -> Template:
    return environment().get_template("page.html.j2")


def _dates(text: str) -> Markup:
    """Text as HTML in which no date and no count of origins breaks."""
    return Markup(DATE.sub(r'<span class="d">\g<0></span>', str(text if isinstance(text, Markup) else visible(text))))  # noqa: S704  digits only


def _language(code: str | None) -> str:
    """A language tag that may stand in `lang`, or nothing."""
    return code if code and LANGUAGE.match(code) else ""


def _outward(url: str | None) -> str | None:
    """A URL that may be a link: http and https only, without anything that cannot be seen; else None, and it stays text."""
    if not url or not url.lower().startswith(PROTOCOLS) or any(ord(c) < 0x21 or ord(c) > 0x7E for c in url):
        return None
    return url
