"""sentences, attributions, times -> the quantities that someone gives

Each number that counts people or things of the story, with its bounds, what is counted, whose, who counted, and whether it is
of one event or a running total. Ages, dates, money, measures and names are no figures.
"""

from collections.abc import Sequence

import msgspec

from secondsource.attribute.counting import ABSTRACT, Counted, Counting
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.nouns import Classes
from secondsource.attribute.numbers import Number, NumberReader, Numbers
from secondsource.attribute.scopes import Scopes, Setting
from secondsource.attribute.tree import Tree
from secondsource.attribute.whereabouts import place_of
from secondsource.attribute.words import lex
from secondsource.model import Article, Attribution, Figure, Scope, Sentence, Span, TimeExpression, When

RELATIVES = frozenset({"who", "which", "that"})
BEFORE = 2  # sentences back in which an event still dates a count


def figures(
    article: Article, sentences: Sequence[Sentence], attributions: Sequence[Attribution],
    times: Sequence[TimeExpression], words: Numbers, discourse: Discourse | None = None,
) -> tuple[Figure, ...]:  # fmt: skip
    """The figures of the parsed sentences in the text's order. `words` is made of the table `numbers`; the mentions of
    `discourse` name the places: without it no figure has one."""
    reader = Reader(article, attributions, words, discourse)
    found: list[Figure] = []
    eventful: list[bool] = []
    place = 0
    for sentence in sentences:
        while place < len(times) and times[place].quote.end <= sentence.start:
            place += 1
        stop = place
        while stop < len(times) and times[stop].quote.start < sentence.end:
            stop += 1
        here, happened = reader.sentence(sentence, times[place:stop], any(eventful[-BEFORE:]))
        found.extend(here)
        eventful.append(happened)
    return tuple(found)


class Reader:
    """One article, sentence by sentence."""

    def __init__(
        self, article: Article, attributions: Sequence[Attribution], numbers: Numbers, discourse: Discourse | None = None
    ) -> None:
        self.article, self.numbers, self.discourse = article, numbers, discourse
        self.attributions = attributions
        self.classes, self.scopes = Classes(numbers), Scopes(numbers)

    def sentence(self, sentence: Sentence, times: Sequence[TimeExpression], eventful: bool) -> tuple[list[Figure], bool]:
        """The figures of one sentence, and whether it tells of an event."""
        words = lex(self.article.text, sentence.start, sentence.end)
        spans = [(t.quote.start, t.quote.end) for t in times]
        c = Counting(Tree(sentence), words, self.classes, spans)
        setting = Setting(c, self.scopes, bool(times), eventful)
        out: list[Figure] = []
        before: tuple[Number, Counted] | None = None
        whose: str | None = None
        kind: Scope = "unknown"
        for number in NumberReader(self.article.text, words, self.numbers, spans).all() if sentence.tokens else ():
            counted = c.counted(number, before)
            if counted is None:
                continue
            carried = c.whose(counted, whose if before is not None else None)
            start = c.first_after(words[number.first].start)
            listed = before is not None and c.lists(start, before)
            if before is not None and number.increment and parts(before[1].what, counted.what):
                number = number._replace(increment=False)  # "12 killed and 30 more wounded" adds to no count
            own = setting.scope(number, counted)
            kind = kind if listed and own == "unknown" and kind == "incident" else own
            out.append(self.figure(setting, number, counted, carried, kind, times))
            whose = whose if c.is_included(start) else carried
            before = (number, counted)
        return out, setting.tells_event

    def figure(
        self, setting: Setting, number: Number, counted: Counted, whose: str | None, kind: Scope,
        times: Sequence[TimeExpression],
    ) -> Figure:  # fmt: skip
        c = setting.c
        sentence = c.tree.sentence
        printed = self.article.quote(c.words[number.first].start, c.words[number.stop - 1].end)
        said_in = self.enclosing(printed.start, printed.end)
        words = said_in.speakers[0].evidence if said_in and said_in.speakers else None
        speaker = words.exact if words and words.exact.lower() not in RELATIVES else None
        return Figure(
            article=self.article.id, counted=counted.what, whose=whose, low=number.low, high=number.high, bound=number.bound,
            counter=setting.counter(number, counted) or speaker, scope=kind,
            evidence=(printed, self.article.quote(sentence.start, sentence.end)),
            as_of=self.as_of(c, times) if kind == "cumulative" else None, since=since(times),
            attribution=said_in.id if said_in else None, place=self.place(setting, number, counted),
        )  # fmt: skip

    def place(self, setting: Setting, number: Number, counted: Counted) -> str | None:
        """The mention of the place that the number's own clause names; a state is no place of one event."""
        head = place_of(setting.c, number, counted, setting.scopes) if self.discourse else None
        if head is None or self.discourse is None:
            return None
        tree = setting.c.tree
        mention = self.discourse.refer(Span(*tree.span(tree.subtree(head, lambda k: tree.dep(k) != "compound"))))
        return mention.id if mention.kind in ("place", "unknown") else None

    def enclosing(self, start: int, end: int) -> Attribution | None:
        """The innermost attribution whose content holds the words."""
        held = [
            (sum(q.end - q.start for q in a.content), a) for a in self.attributions
            if any(q.start <= start and end <= q.end for q in a.content)
        ]  # fmt: skip
        return min(held, key=lambda pair: (pair[0], pair[1].id))[1] if held else None

    def as_of(self, c: Counting, times: Sequence[TimeExpression]) -> When | None:
        """The day that the total is said to hold on ("as of Tuesday", "by Wednesday"), else that of the article."""
        for t in times:
            before = self.article.text[max(c.tree.sentence.start, t.quote.start - 6) : t.quote.start].lower()
            if before.endswith("as of ") and t.when.latest:
                return t.when
            if t.quote.exact.lower().startswith("by ") and t.when.latest:
                return msgspec.structs.replace(t.when, earliest=t.when.latest, precision="day")
        return self.article.published.value


def parts(left: str, right: str) -> bool:
    """Whether two counts are of two things that happened to people."""
    return left != right and {left, right} <= ABSTRACT


def since(times: Sequence[TimeExpression]) -> When | None:
    """The beginning of the count, where the sentence dates it."""
    return next((t.when for t in times if t.quote.exact.lower().startswith("since ") and t.when.earliest), None)
