"""series and origins -> static SVG with a title and a description; each has its table beside it on the page.

Colours and type come from the page's style sheet by class, so that dark, forced colours and print work.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from secondsource.render.dossier import Counter, Paper, Root, Series
from secondsource.render.marking import named
from secondsource.render.phrases import clipped, number, plural

WIDE = 360  # user units: a phone's width, so that type stays readable there
ROW = 40
LEFT, RIGHT = 6, 20
LABEL = 56  # code points of a label that fit on a row
DRAWN = 40  # rows or articles in one drawing; the table has all


def figures(series: Series) -> Markup:
    """Each figure as a bar from its low to its high end, oldest first; an open end is an arrow. Empty for fewer than two."""
    rows = series.rows[:DRAWN]
    if len(rows) < 2:
        return Markup()
    most = max(row.high if row.high is not None else row.low for row in rows) or 1
    scale = (WIDE - LEFT - RIGHT) / most
    out = []
    for place, row in enumerate(rows):
        out.append(_bar(row, 8 + place * ROW, scale))
    height = 8 + len(rows) * ROW + 18
    axis = height - 14
    out.append(
        f'<path class="axis" d="M{LEFT} {axis}H{WIDE - RIGHT}"/>'
        f'<text class="tick" x="{LEFT}" y="{height - 2}">0</text>'
        f'<text class="tick" x="{WIDE - RIGHT}" y="{height - 2}" text-anchor="end">{number(most)}</text>'
    )
    words = "; ".join(f"{row.line.day}: {row.amount}, {row.counter or 'no counter named'}" for row in rows)
    return _svg(series.id, "figs", f"{series.title} Drawn oldest first.", words, height, WIDE, out)


def _bar(row: Counter, top: float, scale: float) -> str:
    label = clipped(f"{row.line.day}: {row.amount} · {row.counter or 'no counter named'}", LABEL)
    low = LEFT + row.low * scale
    high = LEFT + (row.high if row.high is not None else row.low) * scale
    y = top + 22
    if row.high is None:
        end = min(high + 14, WIDE - 4)
        shape = f'<path class="open" d="M{high:.1f} {y}H{end:.1f}m-5 -4 5 4-5 4"/>'
    else:
        shape = ""
    width = max(high - low, 0)
    span = f'<rect class="range" x="{low:.1f}" y="{y - 4}" width="{width:.1f}" height="8"/>' if width else ""
    dotted = " vague" if row.bound == "vague" else ""
    return (
        f'<text x="{LEFT}" y="{top + 12}">{named(label)}</text>'
        f'<path class="base" d="M{LEFT} {y}H{low:.1f}"/>{span}{shape}'
        f'<circle class="dot{dotted}" cx="{low:.1f}" cy="{y}" r="5"/>'
    )


def origins(roots: Sequence[Root]) -> Markup:
    """Who copies and relays whom: origins on the left, their articles on the right, and dashed lines from those they quote
    through. Empty where there is nothing to join."""
    shown, left_out = _shown(roots)
    relays = sorted({relay for root in shown for relay in root.relays})[:DRAWN]
    if not shown:
        return Markup()
    out: list[str] = []
    y, places = 14.0, dict[str, float]()
    for root in shown:
        top = y
        for paper in root.articles:
            out.append(_box(330, y, 300, f"{paper.number} {paper.outlet}, {paper.published}", "page"))
            out.append(f'<path class="copy" d="M222 {top + 12}C270 {top + 12} 280 {y + 12} 330 {y + 12}"/>')
            y += 30
        known = "root" if root.known else "root unknown"
        out.append(_box(12, top, 210, root.name if root.known else "origin not known", known))
        for relay in root.relays:
            places.setdefault(f"{root.id} {relay}", (top + y - 30) / 2)
        y += 10
    width = 640
    if relays:
        width = 860
        out += _relays(shown, relays, places)
        y = max(y, 14 + len(relays) * 30)
    text = "; ".join(f"{r.name}: {plural(len(r.articles), 'article')} ({_numbers(r.articles)})" for r in shown)
    if left_out:
        text += f"; {plural(left_out, 'origin')} more in the table"
    title = "Origins on the left, the articles that carry their words beside them, and who is quoted through whom on the right"
    return _svg("o", "roots", title, text, int(y + 6), width, out)


def _relays(shown: Sequence[Root], relays: Sequence[str], places: dict[str, float]) -> list[str]:
    out = []
    for place, relay in enumerate(relays):
        top = 14 + place * 30
        out.append(_box(700, top, 150, relay, "relay"))
        for root in shown:
            if (y := places.get(f"{root.id} {relay}")) is not None:
                out.append(f'<path class="via" d="M630 {y + 12:.0f}C660 {y + 12:.0f} 670 {top + 12} 700 {top + 12}"/>')
    return out


def _shown(roots: Sequence[Root]) -> tuple[list[Root], int]:
    shown: list[Root] = []
    held = 0
    for root in roots:
        if held + len(root.articles) > DRAWN:
            break
        held += len(root.articles)
        shown.append(root)
    return shown, len(roots) - len(shown)


def _numbers(papers: Iterable[Paper]) -> str:
    return ", ".join(str(p.number) for p in papers)


def _box(x: float, y: float, width: float, label: str, kind: str) -> str:
    fits = int(width / 7)
    return (
        f'<rect class="box {kind}" x="{x}" y="{y}" width="{width}" height="24" rx="4"/>'
        f'<text x="{x + 8}" y="{y + 16.5}">{named(clipped(" ".join(label.split()), fits))}</text>'
    )


def _svg(name: str, kind: str, title: str, description: str, height: int, width: int, parts: Iterable[str]) -> Markup:
    head = (
        f'<svg class="{kind}" role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-labelledby="t-{name} e-{name}"><title id="t-{name}">{named(title)}</title>'
        f'<desc id="e-{name}">{named(description)}</desc>'
    )
    return Markup(head + "".join(parts) + "</svg>")  # noqa: S704  every label passed through `named`
