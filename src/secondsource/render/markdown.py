"""dossier -> Markdown: the sections of the page, each line with who, verb, words, day, chain and origins."""

import re
from collections.abc import Iterable, Iterator

from secondsource.model import Dossier
from secondsource.render.answers import Asked
from secondsource.render.dossier import View, view
from secondsource.render.lines import OWN_VOICE, Line, Words
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import head, origins, plural, within
from secondsource.render.quoting import inner

# Characters with which text would become markup, links or HTML.
SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$])")
LIST_HEAD = re.compile(r"^(\s*)(\d+)([.)])")
# Characters that turn the direction of the text around them; printed as their code points.
TURNING = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")


def text(value: str) -> str:
    """Any text as Markdown that shows just this text on one line."""
    value = " ".join(value.split())
    value = TURNING.sub(lambda m: f"U+{ord(m[0]):04X}", value)
    value = SPECIAL.sub(r"\\\1", value)
    value = LIST_HEAD.sub(r"\1\2\\\3", value)
    return f"\\{value}" if value[:1] in {"-", "=", ":"} else value


def document(dossier: Dossier) -> str:
    """The dossier as Markdown, ending in a line end."""
    shown = view(Lookup(dossier))
    parts: list[Iterable[str]] = [
        _head(shown),
        _questions("Contested", shown.contested, "Nothing in these reports is disputed, by the rules."),
        _blames(shown),
        _questions("Moved", shown.moved, ""),
        _positions(shown),
        _questions("Supported by a second origin", shown.second, "No answer has a second independent origin."),
        _questions("Rests on one origin", shown.one, ""),
        _questions("Perhaps on one only", shown.perhaps, ""),
        _figures(shown),
        _timeline(shown),
        _statements(shown),
        _pledges(shown),
        _origins(shown),
        _checks(shown),
        _method(shown),
    ]
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _head(shown: View) -> Iterator[str]:
    yield "# Dossier"
    yield ""
    yield (
        f"{plural(shown.articles, 'article')}, {origins(shown.low, shown.high)}, {plural(shown.statements, 'statement')}, "
        f"{_odd(shown)}{_read(shown)}. "
        f"Published {shown.span or 'on days not known'}."
    )
    yield ""
    yield (
        "What the reports say, who says it and through whom; no verdict of truth. An origin is whoever first wrote the words; "
        "a copy is none. A number in [brackets] is an article."
    )
    yield ""


def _read(shown: View) -> str:
    return f"{plural(len(shown.problems), 'note')} on reading the files" if shown.problems else "every file was read"


def _odd(shown: View) -> str:
    if not shown.contradicting:
        return ""
    verb = "contradicts itself" if shown.contradicting == 1 else "contradict themselves"
    return f"{plural(shown.contradicting, 'report')} {verb}, "


def _heading(title: str) -> Iterator[str]:
    yield f"## {title}"
    yield ""


def _words(words: Iterable[Words], manner: str) -> str:
    if manner == "quotation":
        return " […] ".join(f"“{text(inner(w.text))}{' …' if w.cut else ''}”" for w in words)
    return " […] ".join(text(w.text) + (" …" if w.cut else "") for w in words)


def line(item: Line) -> str:
    """One line: who (role) verb: words — manner; day; chain; origins [article]."""
    names = [head(v.name) if n == 0 and not item.according else within(v.name) for n, v in enumerate(item.voices)]
    who = " and ".join(f"**{text(n)}**{_office(v.role, v.side)}" for n, v in zip(names, item.voices, strict=True))
    if not who:
        who = f"**{text(item.outlet)}** in its own voice"
    if item.according:
        who = f"According to {who}"
    verb = f" (“{text(item.noun)}”)" if item.noun else f" {text(item.verb)}" if item.verb and not item.according else ""
    chain = " → ".join(f"{text(step.how)} {text(step.name)}" for step in item.chain)
    manner = "" if item.manner == OWN_VOICE else f"{item.manner}; "
    day = "" if item.day_of == "published" else f"{text(item.day_of)} {text(item.day)}; "
    said = f"{who}{verb}" + ("" if item.silent else f": {_words(item.words, item.manner)}")
    return f"{said} ({manner}{day}{chain}; {origins(item.low, item.high)}) [{item.number}]"


def _office(role: str | None, side: str | None) -> str:
    """What an office and a proposed side add to a name."""
    told = "; ".join(x for x in (within(role or ""), f"proposed side: {side}" if side else "") if x)
    return f" ({text(told)})" if told else ""


def _blames(shown: View) -> Iterator[str]:
    if not shown.blames:
        return
    yield from _heading("Who blames whom")
    for b in shown.blames:
        whom = f" **{text(within(b.accused))}**{_office(None, b.accused_side)}" if b.accused else ""
        if not whom and b.accused_side:
            whom = f" the side of **{text(b.accused_side)}** (proposed)"
        verb = "blames" if b.blames else "criticises"
        mutual = "; each blames the other" if b.mutual else ""
        where = ", ".join(f"[{n}]" for n in sorted({item.number for item in b.lines}))
        words = _words(b.lines[0].words[:1], "quotation")
        who = f"**{text(b.accuser)}**{_office(None, b.accuser_side)}"
        yield f"- {who} {verb}{whom}: {words} ({origins(b.low, b.high)}{mutual}) {where}"
    yield ""


def _questions(title: str, questions: tuple[Asked, ...], nothing: str) -> Iterator[str]:
    if not questions and not nothing:
        return
    yield from _heading(title)
    if not questions:
        yield nothing
        yield ""
    for question in questions:
        yield f"### {text(question.text)}"
        yield ""
        yield f"{question.verdict_words}: {text(question.reason)} (rule: {text(question.rule)})"
        yield ""
        for answer in question.answers:
            denied = f"; denied by {text(', '.join(answer.denied_by))}" if answer.denied_by else ""
            yield f"- **{text(answer.text)}**: {origins(answer.low, answer.high)}, {plural(answer.articles, 'article')}{denied}"
            for item, rest in answer.lines:
                yield f"  - {line(item)}"
                if rest:
                    where = ", ".join(f"[{x.number}]" for x in rest)
                    yield f"    - repeated by {plural(len(rest), 'line')} of the same origin: {where}"
        yield ""


def _positions(shown: View) -> Iterator[str]:
    if not shown.ledgers:
        return
    yield from _heading("Positions")
    for ledger in shown.ledgers:
        back = f", taken back {ledger.dropped}" if ledger.dropped else ""
        who = f"**{text(ledger.actor)}**{_office(ledger.role, ledger.told_side)}"
        yield f"- {who} about {text(ledger.object)}: {ledger.known}{back}"
        for entry in ledger.entries:
            terms = f" Terms: {_words(entry.conditions, 'quotation')}." if entry.conditions else ""
            shift = f" {entry.shift_words.capitalize()}: {text(entry.reason)}." if entry.shift not in {None, "new"} else ""
            words = _words(entry.words, "quotation")
            yield f"  - {text(entry.day)}: {text(entry.holds)}.{terms} {entry.told.capitalize()}: {words}.{shift}"
    yield ""


def _figures(shown: View) -> Iterator[str]:
    if not shown.series:
        return
    yield from _heading("Figures")
    yield "| what | how many | who counted | as of | who says so | words | article |"
    yield "|---|---|---|---|---|---|---|"
    for series in shown.series:
        for row in series.rows:
            item = row.line
            cells = (series.title, row.amount, row.counter or "no counter named", f"{item.day_of} {item.day}", item.who)
            words = " […] ".join(w.text for w in item.words)
            yield f"| {' | '.join(text(c) for c in (*cells, words))} | {item.number} |"
    yield ""


def _timeline(shown: View) -> Iterator[str]:
    if not shown.moments:
        return
    yield from _heading("Timeline")
    for moment in shown.moments:
        yield f"- {text(moment.day)} *{moment.kind}* {text(moment.text)}"
    yield ""


def _statements(shown: View) -> Iterator[str]:
    if not shown.lines:
        return
    yield from _heading("Who said what")
    for item in shown.lines:
        yield f"- {line(item)}"
    yield ""


def _pledges(shown: View) -> Iterator[str]:
    if not shown.promises:
        return
    yield from _heading("Pledges")
    for promise in shown.promises:
        yield (
            f"- {text(promise.day)} {text(', '.join(promise.parties))} about {text(promise.object)}: "
            f"{promise.outcome_words}. {_words(promise.words, 'quotation')}"
        )
        for deed in promise.deeds:
            yield f"  - {line(deed)}"
    yield ""


def _origins(shown: View) -> Iterator[str]:
    yield from _heading("Articles and origins")
    for root in shown.roots:
        yield f"- Origin: **{text(root.name)}**"
        for paper in root.articles:
            title = text(paper.article.title.value or paper.article.name)
            yield f"  - [{paper.number}] {text(paper.outlet)}, {text(paper.published)}: {title}"
        for kind, reason, _ in root.reasons:
            yield f"  - {kind}: {text(reason)}"
    yield ""


def _checks(shown: View) -> Iterator[str]:
    if not shown.checks:
        return
    yield from _heading("Before you publish")
    for check in shown.checks:
        what = "question" if check.questions else "place" if check.pairs else "line" if check.lines else "statement"
        yield f"- {check.reason}: {plural(check.count, what)}. {check.advice}"
        for question in check.questions:
            yield f"  - {text(question.text)} {question.verdict_words}"
        for reason, words in check.pairs:
            yield f"  - {text(reason)}: {_words(words, 'quotation')}"
        for item in check.lines:
            yield f"  - {line(item)}"
    yield ""


def _method(shown: View) -> Iterator[str]:
    yield from _heading("Method and problems")
    yield f"secondsource {text(shown.version)}, language model {text(shown.model)}."
    yield ""
    for problem in shown.problems:
        yield f"- {text(problem.name)} ({text(problem.stage)}): {text(problem.text)}"
    for paper in shown.papers:
        yield f"- [{paper.number}] {text(paper.article.name)}: SHA-256 `{paper.article.sha256}`"
    yield ""
