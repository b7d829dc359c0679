"""questions -> what the page shows of each: its answers side by side, who stands behind each, and the lines they rest on."""

from collections.abc import Iterable

from secondsource.model import Answer, Question, Record
from secondsource.render.lines import Line, line_of
from secondsource.render.lookup import Lookup, without_article
from secondsource.render.phrases import VERDICTS, plain, within

CONTESTED = ("conflicting", "internally_inconsistent", "disputed", "denied")
MOVED = ("revised", "updated")
SECOND = ("supported",)
ONE = ("single_origin",)
KINDS = ("time", "figure", "responsibility", "deed", "statement")
ALONE = ("figure", "responsibility", "deed", "statement", "time")  # what weighs most when one origin alone says it
# Whether a statement was made is no yes or no.
REPORTED = {"yes": "reported", "no": "denied"}
LINES_SHOWN = 12  # lines under one answer; the rest is counted


class Behind(Record, frozen=True, kw_only=True):
    """One answer with who stands behind it. `repeated`: articles beyond its origins, which add no origin.
    `excluded`: origins that contradict themselves here and so witness no answer.

    `own_voice`: outlets that say it themselves. `lines`: each with those of the same origin and speaker that only repeat it;
    `more`: lines beyond those shown.
    """

    id: str
    text: str
    low: int
    high: int
    articles: int
    outlets: tuple[str, ...]
    asserted_by: tuple[str, ...]
    own_voice: bool
    denied_by: tuple[str, ...]
    counters: tuple[str, ...]
    witnesses: int
    documents: int
    credibility: int | None
    repeated: int
    excluded: int
    lines: tuple[tuple[Line, tuple[Line, ...]], ...]
    more: int
    day_of: str
    days: str
    sort: str


class Asked(Record, frozen=True, kw_only=True):
    """One question with its answers, as the page shows it."""

    id: str
    kind: str
    text: str
    verdict: str
    verdict_words: str
    rule: str
    reason: str
    answers: tuple[Behind, ...]
    articles: int

    @property
    def origins(self) -> int:
        return max((answer.high for answer in self.answers), default=0)


def asked(look: Lookup, verdicts: Iterable[str], lines: int = LINES_SHOWN) -> tuple[Asked, ...]:
    """The questions with one of these verdicts, the most telling first: by verdict, kind, then how many articles answer.

    `lines`: shown under one answer.
    """
    wanted = {verdict: place for place, verdict in enumerate(verdicts)}
    found = [_asked(look, question, lines) for question in look.dossier.questions if question.verdict in wanted]
    kinds = ALONE if tuple(wanted) == ONE else KINDS
    return tuple(sorted(found, key=lambda q: (wanted[q.verdict], kinds.index(q.kind), -q.articles, q.text, q.id)))


def question_anchor(question: Question) -> str:
    """The question's id on the page."""
    return f"q-{question.id.rpartition('-')[2][:10]}"


def _asked(look: Lookup, question: Question, lines: int) -> Asked:
    answers = [_behind(look, answer, lines, question.kind) for answer in question.answers]
    if question.kind in {"figure", "time"}:
        answers.sort(key=lambda a: (a.sort, a.text))
    else:
        answers.sort(key=lambda a: (a.text in {"no", "denied"}, -a.high, a.text))
    return Asked(
        id=question_anchor(question),
        kind=question.kind,
        text=question.text,
        verdict=question.verdict,
        verdict_words=VERDICTS.get(question.verdict, plain(question.verdict)),
        rule=question.rule,
        reason=question.reason,
        answers=tuple(answers),
        articles=len({a for answer in question.answers for a in answer.reported_by.articles}),
    )


def _behind(look: Lookup, answer: Answer, most: int, kind: str) -> Behind:
    # Few are asked for where space is short: then no more are made, for each would be marked in its article.
    records = list(look.of_answer(answer))[: most if most < LINES_SHOWN else None]
    lines = sorted((line_of(look, record) for record in records), key=lambda line: (line.sort, line.id))
    folded = _folded(look, lines)
    names = [within(look.actor_name(a.actor) or "not named") for a in answer.asserted_by if a.actor]
    outlets = dict.fromkeys(look.label(article) for article in answer.reported_by.articles)
    counted = [c for name in answer.claims if (f := look.figures.get(name)) for c in (look.counter(f),)]
    counters = {without_article(name or ""): within(name or "") for name in counted}
    articles = len(answer.reported_by.articles)
    _, distinct = look.origins_of(answer.reported_by.articles)
    dated = [line for line in lines if line.sort != "9999"]
    return Behind(
        id=f"a-{answer.id.rpartition('-')[2][:10]}",
        text=REPORTED.get(answer.text, answer.text) if kind == "statement" else answer.text,
        low=answer.reported_by.origins_low,
        high=answer.reported_by.origins_high,
        articles=articles,
        outlets=tuple(outlets),
        asserted_by=tuple(names),
        own_voice=any(a.actor is None for a in answer.asserted_by),
        denied_by=tuple(within(look.actor_name(a) or a) for a in answer.denied_by),
        counters=tuple(sorted(counters.values())),
        witnesses=answer.witnesses,
        documents=answer.documents,
        credibility=answer.credibility,
        repeated=articles - distinct,
        excluded=max(0, distinct - answer.reported_by.origins_high),
        lines=folded[:LINES_SHOWN],
        more=len(answer.claims) - sum(1 + len(rest) for _, rest in folded[:LINES_SHOWN]),
        day_of=dated[0].day_of if dated else "",
        days=dated[0].day.partition(" ")[0] if dated and ":" in dated[0].day else (dated[0].day if dated else ""),
        sort=dated[0].sort if dated else "9999",
    )


def _folded(look: Lookup, lines: list[Line]) -> tuple[tuple[Line, tuple[Line, ...]], ...]:
    """Lines of one origin and one speaker under the first of them: a copy or a relay adds nothing."""
    groups: dict[tuple[str, tuple[str, ...]], list[Line]] = {}
    for line in lines:
        who = tuple(voice.name for voice in line.voices)
        groups.setdefault((look.origin_of.get(line.article, line.article), who), []).append(line)
    return tuple((group[0], tuple(group[1:])) for group in groups.values())
