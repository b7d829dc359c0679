"""dossier -> what the page and Markdown show: sections, lines, what to look at before publishing, the timeline."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from secondsource.model import Article, Dossier, Origin, Passport, Problem, Quote, Record, When
from secondsource.render.answers import CONTESTED, MOVED, ONE, SECOND, Asked, asked, question_anchor
from secondsource.render.blame import Blame, blames
from secondsource.render.checks import Check, checks
from secondsource.render.ledger import Grid, Ledger, Promise, Side, grid, ledgers, promises, sides
from secondsource.render.lines import Line, Words, assertion, statement, words_of
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import BASES, RELATIONS, amount, counted, day, machine_day, plain, within
from secondsource.render.slips import Slips, slips
from secondsource.render.stances import either
from secondsource.render.timeline import timeline
from secondsource.render.voices import Heard, Said, Term, heard, terms, unheard, utterances

__all__ = ["View", "timeline", "view"]

MANY = 1000
# What the edition with excerpts shows of long lists; the folder edition has all.
FEW, FEW_LINES = 60, 3
WORDS_OF_A_MOMENT = 6


class Counter(Record, frozen=True, kw_only=True):
    """One figure as a row: what, how many, who counted, as of when, who says so."""

    amount: str
    counter: str | None
    line: Line
    low: float
    high: float | None
    bound: str
    scope: str
    sort: str


class Series(Record, frozen=True, kw_only=True):
    """All figures of one thing, oldest first, with the question that compares them, if one does."""

    id: str
    title: str
    scope: str
    rows: tuple[Counter, ...]
    asked: Asked | None


class Happening(Record, frozen=True, kw_only=True):
    """An incident: the deed, its place and day, and the lines that tell of it."""

    id: str
    title: str
    place: str | None
    day: str
    lines: tuple[Line, ...]


class Moment(Record, frozen=True, kw_only=True):
    """A line of the timeline with its words' marks."""

    day: str
    machine_day: str | None
    kind: str
    text: str
    words: tuple[Words, ...]


class Paper(Record, frozen=True, kw_only=True):
    """An article's papers as the page prints them."""

    id: str
    article: Article
    number: int
    outlet: str
    outlet_basis: str
    published: str
    machine_day: str | None
    published_basis: str
    published_words: Words | None
    relations: tuple[tuple[str, str, Words | None], ...]
    origin: str
    statements: int


class Root(Record, frozen=True, kw_only=True):
    """An origin with its articles and why they are one."""

    id: str
    name: str
    known: bool
    articles: tuple[Paper, ...]
    reasons: tuple[tuple[str, str, tuple[Words, ...]], ...]
    more: int
    leans_on: tuple[str, ...]
    relays: tuple[str, ...]


class View(Record, frozen=True, kw_only=True):
    """Everything that the page shows, in words, before anyone says how it looks."""

    as_of: str
    span: str
    articles: int
    low: int
    high: int
    undated: int
    statements: int
    contested: tuple[Asked, ...]
    moved: tuple[Asked, ...]
    second: tuple[Asked, ...]
    one: tuple[Asked, ...]
    perhaps: tuple[Asked, ...]
    contradicting: int
    blames: tuple[Blame, ...]
    rest: tuple[Asked, ...]
    ledgers: tuple[Ledger, ...]
    sides: tuple[Side, ...]
    grid: Grid
    promises: tuple[Promise, ...]
    series: tuple[Series, ...]
    happenings: tuple[Happening, ...]
    moments: tuple[Moment, ...]
    lines: tuple[Line, ...]
    utterances: tuple[Said, ...]
    heard: tuple[Heard, ...]
    unheard: tuple[tuple[str, int], ...]
    terms: tuple[Term, ...]
    roots: tuple[Root, ...]
    papers: tuple[Paper, ...]
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]
    rules: tuple[tuple[str, int], ...]
    slips: Slips
    model: str
    version: str


def view(look: Lookup, most: int | None = None, passports: Mapping[str, Passport] | None = None) -> View:
    """The dossier as sections of lines; with `most`, no more statements than this, those with most
    origins first, and the heads of long lists. `passports`: of statements, by the attribution's id."""
    dossier = look.dossier
    held = ledgers(look, dossier)
    lines = _lines(look, most)
    papers = tuple(_paper(look, article) for article in look.ordered)
    short = most is not None
    every = asked(look, (*CONTESTED, *MOVED, *SECOND, "compatible", "not_comparable", "possible"), FEW_LINES if short else MANY)
    alone = asked(look, ONE, 1 if short else MANY)
    low, high = look.origins_of(look.articles)
    days = [when for a in look.articles if (when := look.published(a)) and when.latest]
    series = _series(look, (*every, *alone))
    contested = tuple(q for q in every if q.verdict in CONTESTED)
    made = View(
        as_of=max((w.latest[:10] for w in days if w.latest), default=""),
        span=_span(days),
        articles=len(papers),
        low=low,
        high=high,
        undated=len(papers) - len(days),
        statements=len(look.attributions),
        contested=contested,
        moved=tuple(q for q in every if q.verdict in MOVED),
        second=tuple(q for q in every if q.verdict in SECOND),
        one=tuple(q for q in alone if q.origins <= 1),
        perhaps=tuple(q for q in alone if q.origins > 1),
        contradicting=contradicting(dossier),
        blames=blames(look),
        rest=tuple(q for q in every if q.verdict in {"compatible", "not_comparable", "possible"}),
        ledgers=held,
        sides=sides(held),
        grid=grid(held),
        promises=promises(look, dossier),
        series=series,
        happenings=_happenings(look),
        moments=_moments(look, 1 if short else WORDS_OF_A_MOMENT),
        lines=lines,
        utterances=utterances(look, FEW if short else None),
        heard=heard(look)[: FEW if short else None],
        unheard=unheard(look)[: FEW if short else None],
        terms=terms(look),
        roots=tuple(_root(look, origin, papers, FEW_LINES if short else MANY) for origin in _by_size(dossier.origins)),
        papers=papers,
        checks=checks(look, lines, tuple(row.line for s in series for row in s.rows), contested),
        problems=dossier.problems,
        rules=_rules(dossier),
        slips=Slips(made=(), of={}),
        model=dossier.model,
        version=dossier.version,
    )
    return replace(made, slips=slips(look, passports)) if passports else made


def contradicting(dossier: Dossier) -> int:
    """How many articles contradict themselves on some question."""
    held = {
        article
        for question in dossier.questions
        if question.verdict == "internally_inconsistent"
        for answer in question.answers
        if answer.reported_by.origins_high == 0
        for article in answer.reported_by.articles
    }
    return len(held) or sum(q.verdict == "internally_inconsistent" for q in dossier.questions)


def _lines(look: Lookup, most: int | None) -> tuple[Line, ...]:
    """Statements, oldest first; beyond `most`, those that fewer origins carry and that quote nothing are left out."""
    held = list(look.attributions.values())
    if most is not None and most < len(held):
        held = sorted(held, key=lambda a: (-look.origins_behind(a)[1], a.mode == "indirect", a.id))[:most]
    return tuple(sorted((statement(look, a) for a in held), key=lambda x: (x.sort, x.number, x.id)))


def _span(days: Iterable[When]) -> str:
    ends = [(w.earliest or w.latest or "", w.latest or "") for w in days]
    if not ends:
        return ""
    first, last = min(e for e, _ in ends)[:10], max(e for _, e in ends)[:10]
    return first if first == last else f"{first} to {last}"


def _by_size(found: Iterable[Origin]) -> list[Origin]:
    return sorted(found, key=lambda o: (-len(o.articles), not o.known, o.name or "", o.id))


def _series(look: Lookup, questions: tuple[Asked, ...]) -> tuple[Series, ...]:
    """Figures by what is counted, whose and scope; series with a question and with most rows first."""
    of_question = _compared(look, questions)
    groups: defaultdict[tuple[str, str, str], list[Counter]] = defaultdict(list)
    for figure in look.figures.values():
        whose = " ".join((figure.whose or "").casefold().split())
        line = assertion(look, figure)
        question = of_question.get(figure.id)
        if question is None and figure.scope == "unknown" and figure.low == figure.high == 1:
            continue  # "one road to peace" counts nothing
        counter = look.counter(figure)
        row = Counter(
            amount=amount(figure),
            counter=within(counter) if counter else None,
            line=line,
            low=figure.low,
            high=figure.high,
            bound=figure.bound,
            scope=figure.scope,
            sort=line.sort,
        )
        key = ("question", question.id, "") if question else (figure.counted, whose, figure.scope)
        groups[key].append(row)
    made = []
    for number, (_, rows) in enumerate(sorted(groups.items())):
        rows.sort(key=lambda r: (r.sort, r.line.number, r.line.id))
        question = of_question.get(rows[0].line.record)
        title = question.text if question else counted(look.figures[rows[0].line.record])
        name = f"n{question.id[1:]}" if question else f"n-{number}"
        made.append(Series(id=name, title=title, scope=rows[0].scope, rows=tuple(rows), asked=question))
    return tuple(sorted(made, key=lambda s: (s.asked is None, s.scope != "cumulative", -len(s.rows), s.title)))


def _compared(look: Lookup, questions: Iterable[Asked]) -> dict[str, Asked]:
    """Figure -> the question that compares it with others."""
    shown = {question.id: question for question in questions}
    found: dict[str, Asked] = {}
    for question in look.dossier.questions:
        if question.kind == "figure" and (held := shown.get(question_anchor(question))):
            for answer in question.answers:
                found |= dict.fromkeys(answer.claims, held)
    return found


def _happenings(look: Lookup) -> tuple[Happening, ...]:
    """Incidents that more than one line tells of, or that have figures, oldest first."""
    made = []
    for incident in look.dossier.incidents:
        records = [look.claims[c] for c in incident.claims if c in look.claims]
        lines = [assertion(look, r) for r in records] + [
            assertion(look, look.figures[f]) for f in incident.figures if f in look.figures
        ]
        if lines:
            happening = Happening(
                id=f"i-{incident.id.rpartition('-')[2][:10]}",
                title=plain(incident.act),
                place=look.actor_name(incident.place),
                day=day(incident.when),
                lines=tuple(sorted(lines, key=lambda line: (line.sort, line.number, line.id))),
            )
            made.append((_key(incident.when), happening))
    return tuple(happening for _, happening in sorted(made, key=lambda pair: (pair[0], pair[1].id)))


def _key(when: When | None) -> str:
    return ((when.earliest or when.latest) if when else None) or "9999"


def _moments(look: Lookup, most: int) -> tuple[Moment, ...]:
    found = look.dossier.timeline or timeline(look.dossier)
    if most == 1:  # what was said stands by day under who said what
        found = tuple(t for t in found if t.kind != "said")
    return tuple(
        Moment(
            day=day(t.when), machine_day=machine_day(t.when), kind=t.kind, text=t.text, words=words_of(look, t.evidence[:most])
        )
        for t in found
    )


def _paper(look: Lookup, article: Article) -> Paper:
    own = article.published.value
    others = look.dossier.dated_by_others.get(article.id)
    basis = BASES[article.published.basis]
    if own is None and others and others.value:
        basis = f"not in its own words; by other articles: {others.note or 'see there'}"
    return Paper(
        id=f"d-{look.short[article.id]}",
        article=article,
        number=look.numbers[article.id],
        outlet=look.label(article.id),
        outlet_basis=BASES[article.outlet.basis],
        published=_published(look.published(article.id)),
        machine_day=machine_day(look.published(article.id)),
        published_basis=basis,
        published_words=_one(look, article.published.evidence),
        relations=tuple((RELATIONS[r.kind], r.name, _one(look, r.evidence)) for r in article.relations),
        origin=look.origin_of.get(article.id, ""),
        statements=len(look.readings[article.id].attributions),
    )


def _published(when: When | None) -> str:
    """The day, and the minute where it is known; an interval as one day of several."""
    return either(when) if when and day(when) == f"{when.earliest} to {when.latest}" else day(when)


def _one(look: Lookup, quotes: tuple[Quote, ...]) -> Words | None:
    found = words_of(look, quotes[:1])
    return found[0] if found else None


def _root(look: Lookup, origin: Origin, papers: tuple[Paper, ...], most: int) -> Root:
    cites = {r.name for a in origin.articles for r in look.articles[a].relations if r.kind == "cites"}
    cites |= {relay.name for a in origin.articles for said in look.readings[a].attributions for relay in said.relays}
    return Root(
        id=f"o-{origin.id.rpartition('-')[2][:10]}",
        name=origin.name or "not known",
        known=origin.known,
        articles=tuple(p for p in papers if p.article.id in origin.articles),
        reasons=tuple((plain(r.kind), r.text, words_of(look, r.evidence[: min(most, 4)])) for r in origin.reasons[:most]),
        more=max(0, len(origin.reasons) - most),
        leans_on=tuple(look.origins[o].name or "not known" for o in origin.derived if o in look.origins),
        relays=tuple(sorted(cites)),
    )


def _rules(dossier: Dossier) -> tuple[tuple[str, int], ...]:
    count: defaultdict[str, int] = defaultdict(int)
    for judgement in dossier.judgements:
        count[plain(judgement.rule)] += 1
    return tuple(sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))
