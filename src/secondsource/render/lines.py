"""one attribution, claim or figure -> one line for a reader: who, verb as printed, words, day, chain, origins, and where.

A line is what the page, Markdown and the terminal print. Its words are slices of an article; everything else on it is names as
printed and neutral words from `phrases`.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from secondsource.model import Attribution, Claim, Figure, Quote, Record, When
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import MODES, RELATIONS, RELAYS, amount, counted, machine_day, plain, whole_day
from secondsource.render.quoting import cut, whole
from secondsource.render.stances import either

WORDS_SHOWN = 420  # code points of words on a line; the highlighted words in the article are whole
OWN_VOICE = "own voice"
ACCUSING = frozenset({"accuse"})
# Words that say that something is said and are no verbs as they stand.
NOUN_CUES = frozenset(
    {"demand", "claim", "promise", "threat", "warning", "appeal", "call", "offer", "proposal", "pledge", "denial", "refusal",
     "accusation", "charge", "statement", "request", "announcement", "allegation", "vow", "plea", "admission", "announcements"}
)  # fmt: skip
OPENING = frozenset({"“", "«", "„", '"'})
STEM = 4  # letters by which "Orsenian" is told to say "Orsenia"


class Words(Record, frozen=True, kw_only=True):
    """A stretch of an article's words on a line, cut at WORDS_SHOWN, with the id of the mark that holds all of it, exactly.

    `text` has its quotation marks in pairs, and "…" where evidence begins or ends inside a sentence.
    """

    text: str
    anchor: str
    language: str | None
    cut: bool


class Voice(Record, frozen=True, kw_only=True):
    """Who speaks on a line. `actor` is None where the words could not be joined to an actor. `side`: for whom the actor is
    proposed to speak, where neither name nor role says it."""

    name: str
    role: str | None
    actor: str | None
    side: str | None = None


class Step(Record, frozen=True, kw_only=True):
    """One hop of a chain, from the mouth to the page: how, and through whom."""

    how: str
    name: str


class Line(Record, frozen=True, kw_only=True):
    """One line. `id` is its stable anchor, `number` its article's number on the page.

    `verb` None: only the layout shows that it is speech, or nobody but the outlet speaks. `manner`: quotation, partly quoted,
    paraphrase or own voice, as a word for the reader. `gist`: what a figure or claim comes to, in neutral words.
    `silent`: the verb holds all the words ("declined to comment").
    """

    id: str
    record: str
    kind: str
    voices: tuple[Voice, ...]
    verb: str | None
    words: tuple[Words, ...]
    manner: str
    day: str
    machine_day: str | None
    day_of: str
    sort: str
    chain: tuple[Step, ...]
    low: int
    high: int
    article: str
    number: int
    outlet: str
    flags: tuple[str, ...] = ()
    gist: str = ""
    extras: tuple[Step, ...] = ()
    silent: bool = False

    @property
    def anchor(self) -> str:
        """The mark that the line's link opens."""
        return self.words[0].anchor if self.words else ""

    @property
    def according(self) -> str:
        """The verb where it comes before the speaker: "according to"."""
        return "According to" if (self.verb or "").casefold().startswith("according") else ""

    @property
    def noun(self) -> str:
        """The verb where it is printed as a noun: "demand"."""
        return self.verb or "" if (self.verb or "").casefold() in NOUN_CUES else ""

    @property
    def who(self) -> str:
        """Speakers in one string; the outlet where it speaks itself."""
        names = [voice.name for voice in self.voices]
        return " and ".join(names) if names else (f"{self.outlet}, own voice")


def words_of(look: Lookup, quotes: Iterable[Quote], *, said: bool = False) -> tuple[Words, ...]:
    """The words of quotes, for a line; `said`: they are what a speaker says, not evidence cut out of a sentence."""
    made = []
    for quote in quotes:
        article = look.articles[quote.article]
        long = len(quote.exact) > WORDS_SHOWN
        end = quote.start + WORDS_SHOWN if long else quote.end
        text = whole(article.text[quote.start : end]) if said or long else cut(article.text, quote.start, end)
        made.append(Words(text=text, anchor=look.anchor(quote), language=article.language, cut=long))
    return tuple(made)


def statement(look: Lookup, a: Attribution) -> Line:
    """The line of one attribution."""
    low, high = look.origins_behind(a)
    text, machine, day_of, sort = _day(look, a.said, a.article, "said")
    return Line(
        id=_id(look, "s", a.id, a.article),
        record=a.id,
        kind=a.cue.kind,
        voices=voices(look, a),
        verb=a.cue.evidence.exact if a.cue.evidence else None,
        words=_after_verb(a, words_of(look, _spoken(look, a), said=True)),
        manner=manner(look, a),
        day=text,
        machine_day=machine,
        day_of=day_of,
        sort=sort,
        chain=chain(look, a),
        low=low,
        high=high,
        article=a.article,
        number=look.numbers[a.article],
        outlet=look.label(a.article),
        flags=warnings(look, a),
        extras=_extras(a),
        silent=_silent(look, a),
    )


def manner(look: Lookup, a: Attribution) -> str:
    """Quotation, partly quoted or paraphrase. Words of which some stand before the quotation marks are only partly quoted."""
    if a.mode != "direct":
        return MODES[a.mode]
    text = look.articles[a.article].text
    for quote in a.content:
        begins = quote.exact[0] in OPENING or text[max(0, quote.start - 2) : quote.start].strip()[-1:] in OPENING
        if not begins and any(mark in quote.exact[1:] for mark in OPENING):
            return MODES["mixed"]
    return MODES["direct"]


def _after_verb(a: Attribution, words: tuple[Words, ...]) -> tuple[Words, ...]:
    """The words without those with which the verb ends: "declined to comment" — "to comment on the matter"."""
    tail = " ".join(a.cue.evidence.exact.split()[-2:]) if a.cue.evidence else ""
    if words and " " in tail and words[0].text.casefold().startswith(f"{tail.casefold()} "):
        return (replace(words[0], text=words[0].text[len(tail) + 1 :]), *words[1:])
    return words


def _spoken(look: Lookup, a: Attribution) -> tuple[Quote, ...]:
    """The words of a statement without those that its verb holds ("brushed that aside"), where others are left."""
    cue = a.cue.evidence
    content = look.content(a)
    return tuple(q for q in content if cue is None or not cue.span.covers(q)) or content


def _silent(look: Lookup, a: Attribution) -> bool:
    """Whether the verb already holds all the words of the statement."""
    cue = a.cue.evidence
    return cue is not None and all(cue.span.covers(q) for q in look.content(a))


def assertion(look: Lookup, record: Claim | Figure) -> Line:
    """The line of one claim or figure: its own words, said by whoever its attribution names."""
    said = look.attributions.get(record.attribution or "")
    low, high = look.origins_behind(said) if said else look.origins_of((record.article,))
    when = (record.as_of if isinstance(record, Figure) else record.when) or (said.said if said else None)
    own = "as of" if isinstance(record, Figure) else "dated"
    text, machine, day_of, sort = _day(look, when, record.article, own)
    return Line(
        id=_id(look, "f" if isinstance(record, Figure) else "c", record.id, record.article),
        record=record.id,
        kind=said.cue.kind if said else OWN_VOICE,
        voices=voices(look, said) if said else (),
        verb=said.cue.evidence.exact if said and said.cue.evidence else None,
        words=words_of(look, _evidence(look, record, said)),
        manner=manner(look, said) if said else OWN_VOICE,
        day=text,
        machine_day=machine,
        day_of=day_of,
        sort=sort,
        chain=chain(look, said) if said else page_steps(look, record.article),
        low=low,
        high=high,
        article=record.article,
        number=look.numbers[record.article],
        outlet=look.label(record.article),
        flags=figure_warnings(look, record) if isinstance(record, Figure) else (),
        gist=gist(look, record),
    )


def _evidence(look: Lookup, record: Claim | Figure, said: Attribution | None) -> tuple[Quote, ...]:
    """The words of a claim or figure; of one that says "not so" the whole statement, or sentence, that holds its "not"."""
    found = outermost(record.evidence)[:3]
    if isinstance(record, Figure) or record.polarity == "positive":
        return found
    first = found[0]
    for quote in said.content if said else ():
        if quote.span.covers(first):
            return (quote,)
    text = look.articles[record.article].text
    start = max(text.rfind(mark, 0, first.start) for mark in (". ", "! ", "? ", "\n")) + 1
    while text[start].isspace():
        start += 1
    return (look.articles[record.article].quote(start, first.end), *found[1:])


def outermost(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Quotes that lie in no other of these: a number within its sentence is not printed twice."""

    def held(quote: Quote) -> bool:
        return any(o != quote and o.article == quote.article and o.span.covers(quote) for o in quotes)

    return tuple(q for q in dict.fromkeys(quotes) if not held(q))


def line_of(look: Lookup, record: Attribution | Claim | Figure) -> Line:
    """The line of any record that an answer rests on."""
    return statement(look, record) if isinstance(record, Attribution) else assertion(look, record)


def voices(look: Lookup, a: Attribution) -> tuple[Voice, ...]:
    """Speakers with role and actor; one "speaker not named" where the page names none."""
    made: dict[str, Voice] = {}
    for s in a.speakers:
        actor = look.speaker(s)
        name = look.speaker_name(s)
        role = office(look.role(s), name)
        side = side_told(look, actor.id if actor else None, f"{name} {role or ''}")
        made.setdefault(name, Voice(name=name, role=role, actor=actor.id if actor else None, side=side))
    return tuple(made.values()) or (Voice(name="speaker not named", role=None, actor=None),)


def side_told(look: Lookup, actor: str | None, told: str) -> str | None:
    """The name of an actor's proposed side, where what is told of the actor does not say it already."""
    side = look.side(actor)
    if side is None:
        return None
    stem = side.name.casefold()[: max(STEM, len(side.name) - 2)]
    return None if stem in told.casefold() else side.name


def office(role: str | None, name: str) -> str | None:
    """A role that the name already prints is not said twice."""
    return None if role is None or role.casefold().removeprefix("the ") in name.casefold() else role


def chain(look: Lookup, a: Attribution) -> tuple[Step, ...]:
    """The hops of one statement from the mouth to the page: relays, who quotes it, whose copy the page is, the page."""
    steps = [Step(how=RELAYS[r.kind], name=r.name) for r in a.relays]
    parent, seen = look.attributions.get(a.parent or ""), {a.id}
    while parent and parent.id not in seen:
        steps.append(Step(how="quoted by", name=", ".join(look.speakers(parent)) or "speaker not named"))
        steps += [Step(how=RELAYS[r.kind], name=r.name) for r in parent.relays]
        seen.add(parent.id)
        parent = look.attributions.get(parent.parent or "")
    return tuple(dict.fromkeys((*steps, *page_steps(look, a.article))))


def page_steps(look: Lookup, article: str) -> tuple[Step, ...]:
    """Whose copy a page is by its own words, and the page itself."""
    relations = look.articles[article].relations
    steps = [Step(how=RELATIONS[r.kind], name=r.name) for r in relations if r.kind in {"republished_from", "derived_from"}]
    published = look.published(article)
    own = Step(how="in", name=f"{look.label(article)}, {either(published)}")
    return (*dict.fromkeys(steps), own)


def _day(look: Lookup, when: When | None, article: str, own: str) -> tuple[str, str | None, str, str]:
    """(words, machine date, what the day is of, sort key); the day of publication stands in for a day that is not given."""
    day_of = own
    if when is None or not (when.earliest or when.latest):
        when, day_of = look.published(article), "published"
    key = ((when.earliest or when.latest) if when else None) or "9999"
    words = whole_day(when) if own == "dated" else either(when)
    return words, machine_day(when), day_of if key != "9999" else "", key


def _id(look: Lookup, letter: str, record: str, article: str) -> str:
    """A stable anchor: the head of the record's id, which is a hash of what it is read from."""
    return f"{letter}-{look.short[article][:4]}{record.rpartition('-')[2][:8]}"


def _extras(a: Attribution) -> tuple[Step, ...]:
    made = [
        Step(how=how, name=quote.exact)
        for how, quote in (("to", a.addressee), ("at", a.venue), ("hedged", a.hedge), ("asked about", a.question))
        if quote is not None
    ]
    return tuple(made)


def gist(look: Lookup, record: Claim | Figure) -> str:
    """What a figure or claim comes to, in neutral words."""
    if isinstance(record, Figure):
        return f"{amount(record)} {counted(record)}"
    names = [look.mention_name(record.actor), plain(record.act), look.mention_name(record.target) or (record.object or None)]
    text = " · ".join(name for name in names if name)
    return f"not: {text}" if record.polarity == "negative" else text


def warnings(look: Lookup, a: Attribution) -> tuple[str, ...]:
    """What an editor should look at before printing a statement, strongest first."""
    found = []
    if a.wording == "headline_only":
        found.append("quotation in the headline only")
    if a.cue.kind in ACCUSING and not replied(look, a):
        found.append("accusation with no reply on the page")
    if not a.speakers:
        found.append("speaker not named")
    if a.said is None and look.published(a.article) is None:
        found.append("undated")
    if a.wording == "translated" or a.wording == "rewritten" or a.wording == "insertion":
        found.append({"translated": "translated", "rewritten": "rewritten words", "insertion": "words put in"}[a.wording])
    if a.mode == "indirect":
        found.append("paraphrase")
    if look.origins_behind(a)[0] <= 1:
        found.append("one origin")
    return tuple(found)


def figure_warnings(look: Lookup, f: Figure) -> tuple[str, ...]:
    """What an editor should look at before printing a figure, strongest first."""
    found = []
    if f.counter is None:
        found.append("no counter named")
    if f.as_of is None and look.published(f.article) is None:
        found.append("undated")
    if f.bound == "vague":
        found.append("vague")
    if f.scope == "unknown":
        found.append("scope not stated")
    return tuple(found)


def replied(look: Lookup, a: Attribution) -> bool:
    """Whether somebody whom an accusation is about speaks on the same page. Yes where the accused cannot be told."""
    reading = look.readings[a.article]
    accused = {look.actor_of[c.target] for c in reading.claims if c.attribution == a.id and c.target in look.actor_of}
    if not accused:
        return True
    heard = {actor.id for other in reading.attributions for actor in look.speaker_actors(other)}
    heard |= {r.to for name in heard for r in look.actors[name].relations}
    return bool(accused & heard)
