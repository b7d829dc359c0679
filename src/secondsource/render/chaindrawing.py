"""a passport's chains -> static SVG: a tree from mouth to pages, and a card for sharing. Labels only."""

from collections.abc import Callable, Iterator

from markupsafe import Markup

from secondsource.model import Hop, Passport
from secondsource.render.marking import named
from secondsource.render.phrases import clipped

WIDE = 380  # user units: a phone's width
ROW = 46
STEP = 22
BOX = 36
DRAWN = 60  # hops in one drawing; the table has all
LETTER = 6.6  # user units that a letter of the drawing takes
CARD_WIDE, CARD_HIGH = 1200, 630
CARD_LINE = 46  # letters of the sentence on one line of the card
CARD_LINES = 4
CARD_HOPS = 5
TOLD = {
    "speaker": "said it, as reported", "relayer": "passed it on", "document": "document", "channel": "given to",
    "credited": "credited", "copied_from": "copied from here", "page": "printed on",
}  # fmt: skip


class Node:
    """A hop with those that follow it. `compared`: it came from the hop before by comparison alone."""

    def __init__(self, hop: Hop | None, *, compared: bool = False) -> None:
        self.hop = hop
        self.compared = compared
        self.after: dict[tuple[str, str | None], Node] = {}


def forest(passport: Passport) -> Node:
    """The chains with their common beginnings drawn once."""
    root = Node(None)
    for chain in passport.chains:
        node, compared = root, False
        for hop in chain.hops:
            node = node.after.setdefault((hop.name, hop.article), Node(hop, compared=compared))
            if hop.kind == "page" or (node.hop and node.hop.basis == "inferred" and hop.basis != "inferred"):
                node.hop = hop  # what a page states of itself, before what a comparison finds
            compared = hop.basis == "inferred"
    return root


def _rows(node: Node, depth: int = 0) -> Iterator[tuple[int, Hop, bool]]:
    for below in node.after.values():
        if below.hop:
            yield depth, below.hop, below.compared
        yield from _rows(below, depth + 1)


def tree(passport: Passport, page: Callable[[str], str]) -> Markup:
    """Mouths on the left, what came from each below it and further right. Empty where there is nothing to draw."""
    rows = list(_rows(forest(passport)))[:DRAWN]
    if not rows:
        return Markup()
    out: list[str] = []
    last: dict[int, int] = {}
    for place, (depth, hop, compared) in enumerate(rows):
        x, y = 4 + depth * STEP, 4 + place * ROW
        if depth:
            start = last[depth - 1] + BOX
            dash = ' class="line inferred"' if compared else ' class="line"'
            out.append(f'<path{dash} d="M{x - STEP + 10} {start}V{y + BOX // 2}H{x}"/>')
        last[depth] = y
        width = WIDE - x - 4
        fits = int((width - 14) / LETTER)
        told = TOLD[hop.kind] + (f": {page(hop.article).rpartition(', ')[2]}" if hop.kind == "page" and hop.article else "")
        told = f"copied, by comparison; {told}" if compared else told
        out.append(f'<rect class="box {hop.kind}" x="{x}" y="{y}" width="{width}" height="{BOX}" rx="4"/>')
        out.append(f'<text class="who" x="{x + 7}" y="{y + 15}">{named(clipped(" ".join(hop.name.split()), fits))}</text>')
        out.append(
            f'<text class="how" x="{x + 7}" y="{y + 29}">{named(clipped(" ".join(told.split()), int(fits * 1.15)))}</text>'
        )
    words = "; ".join(" to ".join(h.name for h in c.hops) for c in passport.chains[:DRAWN])
    high = len(rows) * ROW + 6
    return Markup(  # noqa: S704  every label passed through `named`
        f'<svg class="tree" role="img" viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}" '
        f'aria-labelledby="tree-t tree-d">'
        f'<title id="tree-t">The way of the sentence from mouth to page</title><desc id="tree-d">{named(words)}</desc>'
        + "".join(out) + "</svg>"
    )  # fmt: skip


def card(passport: Passport, counts: str, said: str) -> Markup:
    """The card: the sentence, whose it is, the counts, and one chain."""
    lines = list(_wrapped(" ".join(passport.sentence.split()).strip('"“”„«»‘’'), CARD_LINE))
    if len(lines) > CARD_LINES:
        lines = [*lines[: CARD_LINES - 1], clipped(lines[CARD_LINES - 1] + " …", CARD_LINE)]
    out = [
        f'<rect width="{CARD_WIDE}" height="{CARD_HIGH}" fill="#fbfaf7"/><rect width="12" height="{CARD_HIGH}" fill="#1a4c8b"/>'
    ]
    for n, line in enumerate(lines):
        text = ("“" if n == 0 else "") + line + ("”" if n == len(lines) - 1 else "")
        out.append(_text(64, 96 + n * 56, text, 44, "Georgia, serif", "#1c232d"))
    y = 96 + len(lines) * 56 + 24
    if passport.chains:
        who = " and ".join(passport.speakers) or "nobody is named: the articles' own voice"
        out.append(
            _text(
                64,
                y,
                clipped(f"attributed to {who}" if passport.speakers else who, 66),
                30,
                "sans-serif",
                "#56606d",
            )
        )
        out.append(_text(64, y + 44, clipped(said, 66), 26, "sans-serif", "#56606d"))
        longest = max(passport.chains, key=lambda c: (all(h.basis != "inferred" for h in c.hops), len(c.hops)))
        path = " → ".join(clipped(h.name, 26) for h in longest.hops[:CARD_HOPS])
        out.append(_text(64, y + 96, clipped(path, 82), 26, "sans-serif", "#1a4c8b"))
        out.append(_text(64, CARD_HIGH - 84, counts, 46, "sans-serif", "#1c232d", bold=True))
    else:
        for n, line in enumerate(list(_wrapped(passport.answer, 72))[:4]):
            out.append(_text(64, y + n * 40, line, 28, "sans-serif", "#1c232d"))
    out.append(
        _text(64, CARD_HIGH - 34, "Second Source: who printed it, from whom. No verdict of truth.", 22, "sans-serif", "#56606d")
    )
    title = named(f"{passport.sentence.strip()}: {passport.answer}")
    return Markup(  # noqa: S704  every label passed through `named`
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {CARD_WIDE} {CARD_HIGH}" '
        f'width="{CARD_WIDE}" height="{CARD_HIGH}"><title>{title}</title>' + "".join(out) + "</svg>\n"
    )  # fmt: skip


def _text(x: int, y: int, words: str, size: int, family: str, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" font-family="{family}" font-size="{size}" fill="{colour}"{weight}>{named(words)}</text>'


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        word = clipped(word, width)
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line
