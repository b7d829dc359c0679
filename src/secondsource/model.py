"""The nouns: frozen records in which the stages meet.

Every offset counts Unicode code points in `Article.text`. Every id is a hash of what the record is read from, made once at
construction: an article's own records are named by the article, their spans and their role, so that no rule, model or
other article can rename them. What links articles is a `Link`, and a cluster is named by its least member.
Closed lists of values stand in docs/vocabulary.md.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from secondsource.errors import BrokenInvariant

Basis = Literal["stated", "inferred", "hint", "absent"]
Precision = Literal["minute", "hour", "day", "range", "month", "year", "unknown"]
SegmentKind = Literal[
    "title", "body", "subheading", "editors_note", "caption", "photo_credit", "origin_line", "date_line",
    "byline", "related_link", "reader_comment", "bio", "advert", "boilerplate",
]  # fmt: skip
RelationKind = Literal["republished_from", "derived_from", "cites", "photo_credit"]
RelayKind = Literal["told", "speaking_to", "according_to", "broadcast_by", "posted_on", "reported_by"]
Mode = Literal["direct", "indirect", "mixed"]
Wording = Literal["as_printed", "insertion", "headline_only", "paraphrase", "translated", "rewritten"]
Realis = Literal["actual", "planned", "conditional", "hypothetical", "counterfactual", "background"]
Polarity = Literal["positive", "negative"]
Bound = Literal["exact", "at_least", "more_than", "at_most", "less_than", "about", "range", "vague"]
Scope = Literal["incident", "increment", "cumulative", "unknown"]
ActorKind = Literal["person", "organisation", "state", "group", "place", "outlet", "unknown"]
Via = Literal["name", "pronoun", "description", "metonym"]
LinkKind = Literal["actor", "origin", "utterance", "incident", "question", "story"]

# What an engine gives to the linking stages: nodes and edges -> node -> the least node of its component.
Components = Callable[[Iterable[str], Iterable[tuple[str, str]]], dict[str, str]]
# What resolving origins gives to the later stages: articles -> how many independent origins they have, (low, high).
Count = Callable[[Iterable[str]], tuple[int, int]]

# Claims, figures and attributions are read from these kinds of segment only (promise 4).
SPOKEN: frozenset[str] = frozenset({"title", "subheading", "body"})


def identify(kind: str, *parts: object) -> str:
    """Name a record by what it is read from: `kind` and 80 bits of a hash of `parts` (JSON, so "a.b"+"c" is not "a"+"b.c")."""
    digest = hashlib.blake2b(msgspec.json.encode(parts, order="deterministic"), digest_size=10).hexdigest()
    return f"{kind}-{digest}"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all records: immutable, compared by value."""


class Span(msgspec.Struct, frozen=True, order=True):
    """`[start, end)` in `Article.text`, in code points."""

    start: int
    end: int

    def covers(self, other: "Span | Quote") -> bool:
        return self.start <= other.start and other.end <= self.end


class Quote(msgspec.Struct, frozen=True, order=True):
    """A span of one article with its exact words. Make it with `Article.quote`, which checks the words."""

    article: str
    start: int
    end: int
    exact: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class When(Record, frozen=True, kw_only=True):
    """An interval of days or minutes, both ends inclusive, ISO 8601; None is an open end. `text`: the words it is read from."""

    earliest: str | None
    latest: str | None
    precision: Precision
    text: str | None = None


class TextField(Record, frozen=True, kw_only=True):
    """A value of an article's papers with its basis; `absent` with value None is an abstention."""

    value: str | None = None
    basis: Basis = "absent"
    evidence: tuple[Quote, ...] = ()
    note: str = ""


class WhenField(Record, frozen=True, kw_only=True):
    """A time of an article's papers with its basis; `absent` with value None is an abstention."""

    value: When | None = None
    basis: Basis = "absent"
    evidence: tuple[Quote, ...] = ()
    note: str = ""


class Segment(Record, frozen=True, kw_only=True):
    """A typed stretch of an article. Segments do not overlap and stand in the text's order."""

    kind: SegmentKind
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Relation(Record, frozen=True, kw_only=True):
    """What an article's own words say of whose text or whose interview it is."""

    kind: RelationKind
    name: str
    evidence: tuple[Quote, ...]


class Hint(Record, frozen=True, kw_only=True):
    """A value that stands beside the visible text: JSON-LD, a meta tag, a mail header, a feed's or a manifest's field.

    `where` is its layer ("json-ld", "meta", "time", "mail", "feed", "manifest", "url"), `name` its key there,
    `start`/`end` its offsets in the payload's bytes, -1 where it has none.
    """

    where: str
    name: str
    value: str
    start: int = -1
    end: int = -1


class Block(Record, frozen=True, kw_only=True):
    """A visible block of a page: a paragraph, a heading, a list item. `labels` say what the markup knows of it
    ("main", "comment", "link", "nav", "figure", "time", "byline", "advert", "title" …)."""

    start: int
    end: int
    tag: str = "p"
    labels: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Member(Record, frozen=True, kw_only=True):
    """One document as it came out of a file, an archive, a feed or a mail, transfer decoding done; `payload` is never changed.

    `name`: file name, archive member ("pack.zip/a.html") or URL. `media`: "text/plain", "text/html", "message/rfc822" …
    `document`: given as a primary document (a transcript, a communiqué), not as a report.
    """

    name: str
    payload: bytes
    media: str
    layer: str = "payload"
    hints: tuple[Hint, ...] = ()
    encoding: str | None = None
    document: bool = False


class Page(Record, frozen=True, kw_only=True):
    """An input as text, before anyone says what its parts are.

    `runs` maps text to the payload's bytes: ascending (offset in text, offset in payload, bytes a code point or 0 where the
    text has been made from a reference or an inserted line end).
    """

    name: str
    sha256: str
    text: str
    media: str = "text/plain"
    encoding: str = "utf-8"
    layer: str = "payload"
    runs: tuple[tuple[int, int, int], ...] = ()
    blocks: tuple[Block, ...] = ()
    hints: tuple[Hint, ...] = ()
    document: bool = False


class Article(Record, frozen=True, kw_only=True):
    """One published text of one outlet, with its papers. `text` never changes."""

    name: str
    sha256: str
    text: str
    language: str | None = None
    title: TextField = TextField()
    outlet: TextField = TextField()
    byline: TextField = TextField()
    dateline: TextField = TextField()
    published: WhenField = WhenField()
    relations: tuple[Relation, ...] = ()
    segments: tuple[Segment, ...] = ()
    document: bool = False
    url: str | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            msgspec.structs.force_setattr(self, "id", article_id(self.name, self.sha256))

    def quote(self, start: int, end: int) -> Quote:
        """The words at `[start, end)`. Raises BrokenInvariant for an empty span or one outside the text."""
        return quote_of(self.id, self.text, start, end)


def article_id(name: str, sha256: str) -> str:
    """The id of the article that these bytes under this name are."""
    return identify("article", name, sha256)


def quote_of(article: str, text: str, start: int, end: int) -> Quote:
    """The words at `[start, end)` of `text`. Raises BrokenInvariant for an empty span or one outside the text."""
    if not 0 <= start < end <= len(text):
        raise BrokenInvariant(f"no words at [{start}, {end}) of {article}, which has {len(text)} code points")
    return Quote(article, start, end, text[start:end])


class Token(msgspec.Struct, frozen=True):
    """A word of a sentence: offsets in the article, Penn tag, dependency label, and its head's place in the sentence
    (its own place for the root)."""

    i: int
    start: int
    end: int
    text: str
    tag: str
    dep: str
    head: int


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence of a segment, parsed. `paragraph` counts within the article; tokens' heads stay within the sentence."""

    start: int
    end: int
    paragraph: int
    segment: SegmentKind
    tokens: tuple[Token, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Quotation(Record, frozen=True, kw_only=True):
    """Words between quotation marks. `[start, end)` holds the marks, `[inner_start, inner_end)` does not; `depth` 1 is a
    quotation in a quotation; `closed` is False where the closing mark is missing; `continues`: carries on the quotation of
    the paragraph before."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    kind: Literal["speech", "scare", "title"]
    paragraph: int
    depth: int = 0
    closed: bool = True
    continues: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def inner(self) -> Span:
        return Span(self.inner_start, self.inner_end)


class Mention(Record, frozen=True, kw_only=True):
    """Words of one article that stand for somebody or some place.

    `name`: the fullest name that the article prints for it ("President Ilham Aliyev" for "he"), None if it has none.
    `via`: how the words refer. `antecedent`: the mention in this article that a pronoun, description or surname resolves to.
    `roles`: titles and offices as printed. `stands_for`: for a metonym, the state or body meant (never merged, only linked).
    """

    article: str
    quote: Quote
    kind: ActorKind = "unknown"
    name: str | None = None
    via: Via = "name"
    antecedent: str | None = None
    roles: tuple[str, ...] = ()
    stands_for: str | None = None
    plural: bool = False
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            msgspec.structs.force_setattr(self, "id", identify("mention", self.article, self.quote.start, self.quote.end))


class Cue(Record, frozen=True, kw_only=True):
    """The words that say that something is said, and how. No evidence where only the layout shows it."""

    kind: str
    evidence: Quote | None = None


class Relay(Record, frozen=True, kw_only=True):
    """A channel that one statement came through: "told Interfax", "broadcast by AZTV"."""

    kind: RelayKind
    name: str
    evidence: Quote


class Speaker(Record, frozen=True, kw_only=True):
    """Who is said to have said it: a Mention's id, and the words as printed at this place."""

    mention: str | None
    evidence: Quote | None


class Attribution(Record, frozen=True, kw_only=True):
    """Speakers, cue and content of one reported statement. No speakers: not known."""

    article: str
    mode: Mode
    speakers: tuple[Speaker, ...]
    cue: Cue
    content: tuple[Quote, ...]
    relays: tuple[Relay, ...] = ()
    said: When | None = None
    parent: str | None = None
    wording: Wording = "paraphrase"
    addressee: Quote | None = None
    venue: Quote | None = None
    hedge: Quote | None = None
    question: Quote | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            cue = self.cue.evidence
            spans = [(q.start, q.end) for q in self.content]
            made = identify("attribution", self.article, (cue.start, cue.end) if cue else None, spans)
            msgspec.structs.force_setattr(self, "id", made)


class TimeExpression(Record, frozen=True, kw_only=True):
    """Words for a time and the interval they name. `anchor`: what a relative time was counted from."""

    article: str
    quote: Quote
    when: When
    anchor: str | None = None
    note: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            msgspec.structs.force_setattr(self, "id", identify("time", self.article, self.quote.start, self.quote.end))


class Condition(Record, frozen=True, kw_only=True):
    """The words of a condition, and the words of what it is a condition of."""

    words: Quote
    of: Quote | None = None


class Figure(Record, frozen=True, kw_only=True):
    """A quantity that someone gives: `[low, high]` with high None for open; see docs/vocabulary.md for bounds and scopes."""

    article: str
    counted: str
    whose: str | None
    counter: str | None
    low: float
    high: float | None
    bound: Bound
    scope: Scope
    evidence: tuple[Quote, ...]
    as_of: When | None = None
    since: When | None = None
    attribution: str | None = None
    place: str | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            first = self.evidence[0]
            msgspec.structs.force_setattr(self, "id", identify("figure", self.article, first.start, first.end, self.counted))


class Claim(Record, frozen=True, kw_only=True):
    """One proposition that someone asserts; `attribution` None is the outlet's own voice.

    `actor`, `target`, `place` are Mention ids. `co_actors`: the others who did it together with `actor` ("A and B signed"),
    as they are printed. `cue`: the word that names the act.
    """

    article: str
    act: str
    evidence: tuple[Quote, ...]
    object: str | None = None
    actor: str | None = None
    co_actors: tuple[str, ...] = ()
    target: str | None = None
    place: str | None = None
    realis: Realis = "actual"
    polarity: Polarity = "positive"
    conditions: tuple[Condition, ...] = ()
    when: When | None = None
    figure: str | None = None
    attribution: str | None = None
    plover: str | None = None
    cameo: str | None = None
    cue: Quote | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            spans = [(q.start, q.end) for q in self.evidence]
            made = identify("claim", self.article, spans, self.act, self.actor, self.target)
            msgspec.structs.force_setattr(self, "id", made)


class Problem(Record, frozen=True, kw_only=True):
    """What could not be read, where and why; and what a reader of the dossier must know of an input."""

    name: str
    stage: str
    text: str
    article: str | None = None


class Reading(Record, frozen=True, kw_only=True):
    """All that is read from one article alone: what an engine hands from its workers to the rest."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()


class Inquiry(Record, frozen=True, kw_only=True):
    """A question before anyone weighed its answers: groups of claims or figures, each with the words of its answer."""

    id: str
    kind: Literal["time", "figure", "deed", "responsibility", "statement"]
    text: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


class Testimony(Record, frozen=True, kw_only=True):
    """A claim, figure or attribution with who stands behind it: what the comparing and rating stages look at.

    `id`: of the claim, figure or attribution. `asserters`: actor ids; none is the outlet's own voice. `actor`, `target`,
    `place`: actor ids. `sides`, `actor_side`: the states or groups that asserters and actor are part of, speak for or are.
    `with_actor`, `with_sides`: those who did it together with `actor`, and their sides. `day`: when it was asserted or as of
    when it holds, the words' own date before the page's. `happened`: times that a figure's sentence gives for what it counts,
    the day of speaking left out. `unfit`: the claim's time contradicts itself (a weekday that is not the date's), in words;
    empty where it does not. `enemy`: the party that counts
    another side's dead or losses: such figures are a series of their own. `eyewitness`: a named person who tells what they
    saw. `document`: the article is a primary document. `unnamed`: the words for a speaker whom nobody names ("police", "an
    official"): not the outlet's own voice, and never independent of another who is named by the same words only.
    """

    id: str
    article: str
    origin: str
    evidence: tuple[Quote, ...]
    asserters: tuple[str, ...] = ()
    utterance: str | None = None
    claim: Claim | None = None
    figure: Figure | None = None
    attribution: Attribution | None = None
    unfit: str = ""
    actor: str | None = None
    target: str | None = None
    place: str | None = None
    sides: tuple[str, ...] = ()
    actor_side: str | None = None
    with_actor: tuple[str, ...] = ()
    with_sides: tuple[str, ...] = ()
    day: When | None = None
    happened: tuple[When, ...] = ()
    story: str | None = None
    enemy: str | None = None
    eyewitness: bool = False
    document: bool = False
    unnamed: str = ""

    @property
    def doers(self) -> frozenset[str]:
        """The sides of all who did it; none is not known."""
        return frozenset({self.actor_side, *self.with_sides} - {None})  # type: ignore[arg-type]

    @property
    def own_voice(self) -> bool:
        """Whether the outlet says it itself."""
        return not self.asserters and not self.unnamed


class Link(Record, frozen=True, kw_only=True):
    """One membership: a mention in an actor, an article in an origin, a claim in a question …"""

    kind: LinkKind
    member: str
    cluster: str


class ActorRelation(Record, frozen=True, kw_only=True):
    """part_of, speaks_for, metonym_of, called_so_by: a link between actors that is no merge."""

    kind: Literal["part_of", "speaks_for", "metonym_of", "called_so_by"]
    to: str
    evidence: tuple[Quote, ...] = ()


class Actor(Record, frozen=True, kw_only=True):
    """One person, body, state, group or place under all its spellings, as printed."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...]
    roles: tuple[str, ...] = ()
    relations: tuple[ActorRelation, ...] = ()
    role_in_story: str | None = None


class Outlet(Record, frozen=True, kw_only=True):
    """Who published; all but the name is filled by the analyst (`by`), never guessed."""

    name: str
    owner: str | None = None
    state_control: str | None = None
    country: str | None = None
    reliability: str | None = None
    by: str | None = None


class OriginReason(Record, frozen=True, kw_only=True):
    """Why articles stand in one origin, with the words of each. `first`: of two, the article that the other comes from, where
    that is known."""

    kind: Literal["copy", "reworded_copy", "partly_derived", "credit", "byline", "decision"]
    text: str
    evidence: tuple[Quote, ...] = ()
    first: str | None = None


class Origin(Record, frozen=True, kw_only=True):
    """The independent root that its articles' words come from. `derived`: origins it partly leans on (merged in low counts)."""

    id: str
    name: str | None
    articles: tuple[str, ...]
    reasons: tuple[OriginReason, ...] = ()
    derived: tuple[str, ...] = ()
    known: bool = False


class Story(Record, frozen=True, kw_only=True):
    """Articles that tell of one story."""

    id: str
    articles: tuple[str, ...]


class Utterance(Record, frozen=True, kw_only=True):
    """One act of speech, and all attributions that report it. Speakers are actor ids."""

    id: str
    speakers: tuple[str, ...]
    when: When | None
    venue: str | None
    attributions: tuple[str, ...]
    origins_low: int
    origins_high: int


class Incident(Record, frozen=True, kw_only=True):
    """The deeds at one place and time. `place` is an actor id."""

    id: str
    act: str
    place: str | None
    when: When | None
    claims: tuple[str, ...]
    figures: tuple[str, ...] = ()


class Asserter(Record, frozen=True, kw_only=True):
    """Who asserts an answer: an actor, or None for outlets in their own voice; and the origins that carry it."""

    actor: str | None
    origins: tuple[str, ...]


class ReportedBy(Record, frozen=True, kw_only=True):
    """How many independent origins report that it was said; an outlet's own voice counts too."""

    origins_low: int
    origins_high: int
    articles: tuple[str, ...]


class Answer(Record, frozen=True, kw_only=True):
    """One distinct answer to a question, and what stands behind it. `claims` holds ids of claims, figures or attributions."""

    id: str
    text: str
    claims: tuple[str, ...]
    asserted_by: tuple[Asserter, ...]
    reported_by: ReportedBy
    denied_by: tuple[str, ...]
    evidence: tuple[Quote, ...]
    witnesses: int = 0
    documents: int = 0
    credibility: int | None = None


class Question(Record, frozen=True, kw_only=True):
    """The thing that several claims answer, each distinct answer, and the verdict with the rule that gave it."""

    id: str
    kind: Literal["time", "figure", "deed", "responsibility", "statement"]
    text: str
    verdict: str
    rule: str
    reason: str
    answers: tuple[Answer, ...]


class Judgement(Record, frozen=True, kw_only=True):
    """What one rule says of two claims or figures.

    `evidence`: of `copy_altered`, the words of the one copy and of the other.
    """

    kind: str
    rule: str
    claims: tuple[str, ...]
    reason: str
    question: str | None = None
    evidence: tuple[Quote, ...] = ()
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            msgspec.structs.force_setattr(self, "id", identify("judgement", sorted(self.claims), self.rule))


class Decision(Record, frozen=True, kw_only=True):
    """What a named analyst ruled; outranks rules.

    `target` is a text quote selector (exact, prefix, suffix) with the article's URL or hash and the slot.
    """

    kind: str
    target: dict[str, str]
    value: object
    by: str
    date: str
    reason: str
    found: bool = True
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            made = identify("decision", self.kind, self.target, self.value, self.by, self.date)
            msgspec.structs.force_setattr(self, "id", made)


class Position(Record, frozen=True, kw_only=True):
    """What an actor holds on an object at a time, by one utterance however many articles relay it.

    `side`: the state or group that the actor is part of or speaks for. `target`: the actor it is addressed to or asks
    something of. `context`: the sentences around the evidence, in its order. `wording`: of the best words there are.
    `older`: words that say it may be an older statement ("I have repeatedly said"). `claims`: what it is made from. `cue`: the
    word of the act as printed ("insisted", "ruled out"), where one stands there; it lies in the best words' article.
    """

    id: str
    actor: str
    object: str
    act: str
    conditions: tuple[Quote, ...]
    when: When | None
    utterance: str | None
    origins: tuple[str, ...]
    evidence: tuple[Quote, ...]
    side: str | None = None
    target: str | None = None
    context: tuple[Quote, ...] = ()
    wording: Wording = "paraphrase"
    older: Quote | None = None
    claims: tuple[str, ...] = ()
    cue: Quote | None = None


class Retraction(Record, frozen=True, kw_only=True):
    """A demand, an offer or a threat that its holder takes back, or no longer makes.

    `act`: which, None where it is not said.
    """

    actor: str
    object: str
    when: When | None
    evidence: tuple[Quote, ...]
    act: str | None = None


class Shift(Record, frozen=True, kw_only=True):
    """A change, or none, between two consecutive positions. `dropped` leads to no position: `when` and `evidence` are the
    day and the words of the taking back."""

    actor: str
    object: str
    start: str | None = msgspec.field(name="from")
    end: str | None = msgspec.field(name="to")
    kind: str
    reason: str
    when: When | None = None
    evidence: tuple[Quote, ...] = ()


class Pledge(Record, frozen=True, kw_only=True):
    """A promise or agreement and the later deeds reported on its object.

    `told`: the words that tell what became of it. `ended`: when it was broken or failed. `by`: who is said to have broken it,
    only where the reports' own voice or the breaker says so. `days`: how long it held, where both days are known.
    """

    id: str
    parties: tuple[str, ...]
    object: str
    when: When | None
    outcome: str
    deeds: tuple[str, ...]
    evidence: tuple[Quote, ...]
    told: tuple[Quote, ...] = ()
    ended: When | None = None
    by: tuple[str, ...] = ()
    days: int | None = None


class Reply(Record, frozen=True, kw_only=True):
    """Who answered whom: position ids, and how (accepts, refuses, offers, offers_on_terms, demands)."""

    to: str
    by: str
    kind: str


class Gap(Record, frozen=True, kw_only=True):
    """Two latest positions (ids) that do not meet, and why, in words."""

    left: str
    right: str
    reason: str


class Standing(Record, frozen=True, kw_only=True):
    """Where the sides stand on one object: position ids.

    `latest`: the last dated entry of each actor, the most lately heard first. `undated`: listed, not ordered. `common`: pairs
    of different sides that would both give something. `unanswered`: an entry that asks or offers, and since when it stands.
    """

    object: str
    latest: tuple[str, ...]
    undated: tuple[str, ...] = ()
    common: tuple[tuple[str, str], ...] = ()
    gaps: tuple[Gap, ...] = ()
    replies: tuple[Reply, ...] = ()
    unanswered: tuple[tuple[str, str], ...] = ()


class TimelineLine(Record, frozen=True, kw_only=True):
    """What happened, was said or was published when."""

    when: When
    kind: Literal["happened", "said", "published"]
    text: str
    claims: tuple[str, ...]
    evidence: tuple[Quote, ...]


class Dossier(Record, frozen=True, kw_only=True):
    """Everything about the given reports. Records of one article keep Mention ids; `links` join them to actors and the rest."""

    readings: tuple[Reading, ...]
    links: tuple[Link, ...] = ()
    actors: tuple[Actor, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    origins: tuple[Origin, ...] = ()
    stories: tuple[Story, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    incidents: tuple[Incident, ...] = ()
    questions: tuple[Question, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    decisions: tuple[Decision, ...] = ()
    positions: tuple[Position, ...] = ()
    shifts: tuple[Shift, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    timeline: tuple[TimelineLine, ...] = ()
    dated_by_others: dict[str, WhenField] = {}
    problems: tuple[Problem, ...] = ()
    model: str = ""
    version: str = ""

    def cluster_of(self, kind: LinkKind) -> dict[str, str]:
        """Member id -> cluster id, for one kind of link."""
        return {link.member: link.cluster for link in self.links if link.kind == kind}


MatchKind = Literal["same_words", "cut", "altered", "quotation", "paraphrase", "headline", "figure", "claim"]
Surety = Literal["certain", "likely", "possible"]
HopKind = Literal["speaker", "relayer", "document", "channel", "credited", "copied_from", "page"]
ChangeKind = Literal[
    "dropped", "added", "changed", "quote_to_paraphrase", "paraphrase_to_quote", "headline_drift", "figure_changed",
    "date_changed",
]  # fmt: skip
TraceStatus = Literal[
    "found", "two_speakers", "other_speaker", "headline_only", "not_found", "not_evidence", "empty", "one_word",
    "whole_article", "other_language",
]  # fmt: skip
# Stands for an article's id in a Quote of the very words that somebody asks about.
PASTED = "sentence"


class Change(Record, frozen=True, kw_only=True):
    """What became of words from one hop to the next. `before`, `after`: the words of the one and of the other, in order;
    none where words were only added, or only dropped. `text`: the same in words."""

    kind: ChangeKind
    text: str
    before: tuple[Quote, ...] = ()
    after: tuple[Quote, ...] = ()


class Match(Record, frozen=True, kw_only=True):
    """Words of one article that carry a sentence: which, how, why, and how sure. `score`: how much of the content words of the
    shorter and of the longer of the two are shared, 0 to 1. `segment`: headline or text. `against`: the words that `changes`
    compare these with."""

    article: str
    words: Quote
    kind: MatchKind
    sure: Surety
    score: float
    why: str
    segment: SegmentKind = "body"
    mode: Mode | None = None
    attribution: str | None = None
    utterance: str | None = None
    speakers: tuple[str, ...] = ()
    against: Quote | None = None
    changes: tuple[Change, ...] = ()


class Hop(Record, frozen=True, kw_only=True):
    """One step from a mouth to a page. `name`: who; `evidence`: the words that state the step, none for the page itself.
    `words`: how the sentence reads there, where a given article has it. `basis`: inferred where no words state the step (a copy
    without a credit)."""

    kind: HopKind
    name: str
    basis: Basis = "stated"
    how: str = ""
    actor: str | None = None
    article: str | None = None
    evidence: tuple[Quote, ...] = ()
    words: Quote | None = None


class Chain(Record, frozen=True, kw_only=True):
    """The hops from a mouth to one article, in order, and all its words that carry the sentence, the best first."""

    article: str
    origin: str | None
    hops: tuple[Hop, ...]
    matches: tuple[Match, ...]


class Omission(Record, frozen=True, kw_only=True):
    """A copy that leaves the sentence out, and its words in the article that is copied."""

    article: str
    words: Quote


class Objection(Record, frozen=True, kw_only=True):
    """Who denies, refuses or does not answer what the sentence says: an actor's name, how, and the words."""

    name: str
    kind: Literal["denies", "rejects", "no_answer"]
    words: Quote
    actor: str | None = None


class Passport(Record, frozen=True, kw_only=True):
    """Where one sentence comes from, and every hop since.

    `answer`: the finding in words; whatever the input, it says something. `speakers`: names of those who are said to have
    said it, more than one where several said it. `said`, `venue`, `addressee`, `channel`: where the words state them.
    `chains`: one an article and mouth, the earliest first. `possible`: fuzzy matches that are not counted. `nearest`: where
    nothing carries it, the nearest words, and why they are not it. `wordings`: how many different wordings there are.
    `pasted`: what differs between the sentence and the words nearest to it; its Quotes of the sentence itself name PASTED for
    an article. `left_out`: copies of a page that carries it which do not. `not_asked`: named in the sentence, and heard on no
    page that carries it.
    """

    sentence: str
    status: TraceStatus
    answer: str
    speakers: tuple[str, ...] = ()
    said: When | None = None
    venue: Quote | None = None
    addressee: Quote | None = None
    channel: str | None = None
    documents: tuple[str, ...] = ()
    chains: tuple[Chain, ...] = ()
    possible: tuple[Match, ...] = ()
    nearest: tuple[Match, ...] = ()
    articles: int = 0
    origins_low: int = 0
    origins_high: int = 0
    wordings: int = 0
    objections: tuple[Objection, ...] = ()
    pasted: tuple[Change, ...] = ()
    left_out: tuple[Omission, ...] = ()
    not_asked: tuple[str, ...] = ()


def least(members: Iterable[str]) -> str:
    """The name of a cluster: its least member."""
    return min(members)
