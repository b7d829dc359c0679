"""Dossiers made by hand: right input for the rooms that show one. Every word is invented."""

import hashlib
from collections.abc import Iterable

from secondsource.model import (
    Actor,
    Answer,
    Article,
    Asserter,
    Attribution,
    Claim,
    Condition,
    Cue,
    Dossier,
    Figure,
    Incident,
    Judgement,
    Link,
    Mention,
    Origin,
    OriginReason,
    Outlet,
    Pledge,
    Position,
    Problem,
    Question,
    Quote,
    Reading,
    Relation,
    Relay,
    ReportedBy,
    Segment,
    SegmentKind,
    Shift,
    Speaker,
    Story,
    TextField,
    Utterance,
    When,
    WhenField,
    identify,
)


def day(iso: str, last: str | None = None) -> When:
    return When(earliest=iso, latest=last or iso, precision="range" if last else "day")


class Report:
    """An article that is written part by part, and the records that a right reading gives it."""

    def __init__(self, name: str, outlet: str | None, published: When | None, language: str | None = "en") -> None:
        self.name, self.outlet, self.published, self.language = name, outlet, published, language
        self.parts: list[tuple[SegmentKind, str]] = []
        self.relations: list[tuple[str, str, str]] = []
        self.url: str | None = None
        self._article: Article | None = None
        self.mentions: dict[str, Mention] = {}
        self.attributions: list[Attribution] = []
        self.figures: list[Figure] = []
        self.claims: list[Claim] = []

    def part(self, kind: SegmentKind, text: str) -> "Report":
        self.parts.append((kind, text))
        return self

    def relates(self, kind: str, name: str, words: str) -> "Report":
        self.relations.append((kind, name, words))
        return self

    @property
    def article(self) -> Article:
        if self._article is None:
            text, segments = "", []
            for kind, part in self.parts:
                segments.append(Segment(kind=kind, start=len(text), end=len(text) + len(part)))
                text += part + "\n"
            text = text.rstrip("\n") or "-"
            digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
            bare = Article(name=self.name, sha256=digest, text=text)

            def quote(words: str) -> Quote:
                return bare.quote(text.index(words), text.index(words) + len(words))

            title = next((part for kind, part in self.parts if kind == "title"), None)
            self._article = Article(
                name=self.name,
                sha256=digest,
                text=text,
                language=self.language,
                url=self.url,
                title=TextField(value=title, basis="stated", evidence=(quote(title),)) if title else TextField(),
                outlet=TextField(value=self.outlet, basis="stated" if self.outlet else "absent"),
                published=WhenField(value=self.published, basis="stated") if self.published else WhenField(),
                relations=tuple(Relation(kind=k, name=n, evidence=(quote(w),)) for k, n, w in self.relations),  # type: ignore[arg-type]
                segments=tuple(segments),
            )
        return self._article

    def find(self, words: str, after: str = "") -> Quote:
        start = self.article.text.index(words, self.article.text.index(after) if after else 0)
        return self.article.quote(start, start + len(words))

    def who(self, words: str, name: str | None = None, kind: str = "person", roles: tuple[str, ...] = ()) -> str:
        mention = Mention(article=self.article.id, quote=self.find(words), kind=kind, name=name or words, roles=roles)  # type: ignore[arg-type]
        return self.mentions.setdefault(mention.id, mention).id

    def said(
        self, speaker: str | None, cue: str, *content: str, kind: str = "say", mode: str = "indirect", **more: object
    ) -> str:
        speakers = ()
        if speaker:
            speakers = (Speaker(mention=speaker, evidence=self.mentions[speaker].quote),)
        relays = tuple(Relay(kind=k, name=n, evidence=self.find(w)) for k, n, w in more.pop("relays", ()))  # type: ignore[attr-defined]
        self.attributions.append(
            Attribution(
                article=self.article.id,
                mode=mode,  # type: ignore[arg-type]
                speakers=speakers,
                cue=Cue(kind=kind, evidence=self.find(cue) if cue else None),
                content=tuple(self.find(words) for words in content),
                relays=relays,
                wording="as_printed" if mode == "direct" else "paraphrase",
                **more,  # type: ignore[arg-type]
            )
        )
        return self.attributions[-1].id

    def counts(self, words: str, low: float, high: float | None, counted: str = "killed", **more: object) -> str:
        values = {"whose": None, "counter": None, "bound": "exact", "scope": "cumulative"} | more
        figure = Figure(article=self.article.id, counted=counted, low=low, high=high, evidence=(self.find(words),), **values)  # type: ignore[arg-type]
        self.figures.append(figure)
        return figure.id

    def claims_that(self, words: str, act: str, **more: object) -> str:
        claim = Claim(article=self.article.id, act=act, evidence=(self.find(words),), **more)  # type: ignore[arg-type]
        self.claims.append(claim)
        return claim.id

    def reading(self) -> Reading:
        return Reading(
            article=self.article,
            mentions=tuple(self.mentions.values()),
            attributions=tuple(self.attributions),
            figures=tuple(self.figures),
            claims=tuple(self.claims),
        )


def bare(reports: Iterable[Report], **more: object) -> Dossier:
    """A dossier of reports each of which is its own known origin, with one actor a name."""
    reports = tuple(reports)
    actors: dict[str, Actor] = {}
    links: list[Link] = []
    for report in reports:
        for mention in report.mentions.values():
            name = identify("actor", mention.name)
            actors.setdefault(name, Actor(id=name, name=mention.name or "", kind=mention.kind, aliases=(), roles=mention.roles))
            links.append(Link(kind="actor", member=mention.id, cluster=name))
    origins = tuple(
        Origin(id=identify("origin", r.article.id), name=r.outlet, articles=(r.article.id,), known=bool(r.outlet))
        for r in reports
    )
    links += [Link(kind="origin", member=o.articles[0], cluster=o.id) for o in origins]
    given = {
        "readings": tuple(r.reading() for r in reports),
        "links": tuple(links),
        "actors": tuple(actors.values()),
        "origins": origins,
        "outlets": tuple(Outlet(name=r.outlet) for r in reports if r.outlet),
        "stories": (Story(id="story-1", articles=tuple(r.article.id for r in reports)),),
        "version": "0.0.0",
        "model": "none",
    }
    return Dossier(**(given | more))  # type: ignore[arg-type]


def actor(name: str) -> str:
    return identify("actor", name)


def _answer(
    text: str,
    members: Iterable[str],
    evidence: Iterable[Quote],
    origins: tuple[int, int],
    articles: Iterable[str],
    **more: object,
) -> Answer:
    given = {"asserted_by": (Asserter(actor=None, origins=()),), "denied_by": ()} | more
    return Answer(
        id=identify("answer", text, *members),
        text=text,
        claims=tuple(members),
        reported_by=ReportedBy(origins_low=origins[0], origins_high=origins[1], articles=tuple(articles)),
        evidence=tuple(evidence),
        **given,  # type: ignore[arg-type]
    )


def dam_story() -> Dossier:
    """Four reports of a strike at a dam: a copy, a dispute, a toll that grows, a position that moves, a broken pledge."""
    one = Report("one.txt", "Pine Wire", day("2031-02-03"))
    one.part("title", "Dam workers walk out at Kelda").part("date_line", "3 February 2031")
    one.part(
        "body",
        "The walkout at Kelda dam began on 2 February. At least 4 workers were hurt. Union leader Mira Vost said "
        "the gates “will stay shut until the last contract is signed”. Director Aldo Renn told Radio Fjord that nobody "
        "had been locked out.",
    )
    vost, renn = one.who("Mira Vost", roles=("Union leader",)), one.who("Aldo Renn", roles=("Director",))
    demand = one.said(
        vost, "said", "will stay shut until the last contract is signed", kind="demand", mode="mixed", said=day("2031-02-03")
    )
    denial = one.said(
        renn, "told", "nobody had been locked out", kind="deny", relays=[("told", "Radio Fjord", "told Radio Fjord")]
    )
    began = one.claims_that("began on 2 February", "start", when=day("2031-02-02"), cue=one.find("began"))
    hurt = one.counts("At least 4 workers were hurt", 4, None, "wounded", whose="workers", bound="at_least")
    locked_not = one.claims_that("nobody had been locked out", "arrest", polarity="negative", attribution=denial, actor=renn)

    two = Report("two.html", "Morning Copy", day("2031-02-04")).part("editors_note", "We think the strike is wrong.")
    two.url = "https://morning-copy.example/kelda?a=1&b=2"
    two.part("title", "Dam workers walk out at Kelda").part("origin_line", "From Pine Wire")
    two.part("body", one.parts[2][1]).part("reader_comment", "First! This is all lies.")
    two.relates("republished_from", "Pine Wire", "From Pine Wire")
    copied = two.said(
        two.who("Mira Vost"), "said", "will stay shut until the last contract is signed", kind="demand", mode="mixed"
    )
    began_copy = two.claims_that("began on 2 February", "start", when=day("2031-02-02"), cue=two.find("began"))

    three = Report("three.txt", "The Kelda Post", day("2031-02-06")).part("title", "“We never closed the gates”, says dam")
    three.part(
        "body",
        "The strike at Kelda started on 1 February, the Post saw. Some 9 workers were hurt, the clinic counted. Mira Vost "
        "accused Renn of locking out sixty people. She promised that the pumps would run. Vost said the gates open if forty "
        "contracts are signed.",
    )
    third_vost, third_renn = three.who("Mira Vost"), three.who("Renn", "Aldo Renn")
    began_other = three.claims_that("started on 1 February", "start", when=day("2031-02-01"), cue=three.find("started"))
    hurt_more = three.counts(
        "9 workers were hurt", 8, 10, "wounded", whose="workers", bound="about", counter="the clinic", as_of=day("2031-02-06")
    )
    accusation = three.said(third_vost, "accused", "locking out sixty people", kind="accuse")
    locked = three.claims_that(
        "locking out sixty people", "arrest", actor=third_renn, target=third_renn, attribution=accusation
    )
    three.said(third_vost, "promised", "the pumps would run", kind="promise", said=day("2031-02-06"))
    offer = three.said(
        third_vost, "Vost said", "the gates open if forty contracts are\nsigned".replace("\n", " "), kind="offer"
    )
    three.said(None, "says", "We never closed the gates", mode="direct", kind="say")
    three.claims_that(
        "the gates open", "offer", conditions=(Condition(words=three.find("if forty contracts are signed")),), attribution=offer
    )

    four = Report("four.txt", None, None).part("title", "Pumps stop at the dam")
    four.part("body", "The pumps at Kelda stopped on 8 February. السد مغلق, one banner read. Nobody answered calls.")
    stopped = four.claims_that(
        "The pumps at Kelda stopped on 8 February", "end", when=day("2031-02-08"), cue=four.find("stopped")
    )

    reports = (one, two, three, four)
    dossier = bare(reports)
    ids = [r.article.id for r in reports]
    root = Origin(
        id="origin-" + "a" * 20,
        name="Pine Wire",
        articles=(ids[0], ids[1]),
        known=True,
        reasons=(OriginReason(kind="credit", text="“From Pine Wire” in two.html", evidence=(two.find("From Pine Wire"),)),),
    )
    post = Origin(id="origin-" + "b" * 20, name="The Kelda Post", articles=(ids[2],), known=True)
    unknown = Origin(id="origin-" + "c" * 20, name=None, articles=(ids[3],))
    spoken = Utterance(
        id="utterance-" + "a" * 20,
        speakers=(actor("Mira Vost"),),
        when=day("2031-02-03"),
        venue="the gate",
        attributions=(demand, copied),
        origins_low=1,
        origins_high=1,
    )
    links = [link for link in dossier.links if link.kind == "actor"]
    links += [Link(kind="origin", member=a, cluster=o.id) for o in (root, post, unknown) for a in o.articles]
    links += [Link(kind="utterance", member=a, cluster=spoken.id) for a in spoken.attributions]
    people = dossier.actors
    started = Question(
        id="question-" + "a" * 20,
        kind="time",
        text="When did it start (fighting)?",
        verdict="conflicting",
        rule="days_exclude_each_other",
        reason="2031-02-02 against 2031-02-01",
        answers=(
            _answer("2031-02-02", (began, began_copy), (one.find("began on 2 February"),), (1, 1), ids[:2]),
            _answer("2031-02-01", (began_other,), (three.find("started on 1 February"),), (1, 1), ids[2:3]),
        ),
    )
    toll = Question(
        id="question-" + "b" * 20,
        kind="figure",
        text="How many wounded (workers) in all?",
        verdict="updated",
        rule="toll_grew",
        reason="a running total, later and higher (other counter): 4 or more, then 8 to 10",
        answers=(
            _answer("at least 4", (hurt,), (one.find("At least 4"),), (1, 1), ids[:2]),
            _answer("about 9", (hurt_more,), (three.find("9 workers"),), (1, 1), ids[2:3]),
        ),
    )
    blame = Question(
        id="question-" + "c" * 20,
        kind="deed",
        text="Aldo Renn: lock-out?",
        verdict="denied",
        rule="blamed_denies",
        reason="the party it is said of denies it",
        answers=(
            _answer(
                "yes", (locked,), (three.find("locking out sixty people"),), (1, 1), ids[2:3],
                asserted_by=(Asserter(actor=actor("Mira Vost"), origins=(post.id,)),), denied_by=(actor("Aldo Renn"),),
            ),
            _answer("no", (locked_not,), (one.find("nobody had been locked out"),), (1, 1), ids[:1],
                    asserted_by=(Asserter(actor=actor("Aldo Renn"), origins=(root.id,)),)),
        ),
    )  # fmt: skip
    alone = Question(
        id="question-" + "d" * 20,
        kind="time",
        text="When did it end (pumps)?",
        verdict="single_origin",
        rule="one_origin",
        reason="1 origin",
        answers=(_answer("2031-02-08", (stopped,), (four.find("8 February"),), (0, 1), ids[3:]),),
    )
    first = Position(
        id="position-a", actor=actor("Mira Vost"), object="access", act="refuse", when=day("2031-02-03"), utterance=spoken.id,
        origins=(root.id,), evidence=(one.find("will stay shut until the last contract is signed"),),
        conditions=(one.find("until the last contract is signed"),),
    )  # fmt: skip
    later = Position(
        id="position-b", actor=actor("Mira Vost"), object="access", act="conditional_offer", when=day("2031-02-06"),
        utterance=None, origins=(post.id,), evidence=(three.find("the gates open if forty contracts are signed"),),
        conditions=(three.find("if forty contracts are signed"),),
    )  # fmt: skip
    return bare(
        reports,
        links=tuple(links),
        actors=people,
        origins=(root, post, unknown),
        utterances=(spoken,),
        questions=(alone, blame, started, toll),
        judgements=(
            Judgement(kind="conflicts", rule="days_exclude_each_other", claims=(began, began_other), reason="two days"),
        ),
        positions=(first, later),
        shifts=(
            Shift(actor=actor("Mira Vost"), object="access", start=None, end=first.id, kind="new", reason="first heard"),
            Shift(actor=actor("Mira Vost"), object="access", start=first.id, end=later.id, kind="softened", reason="fewer"),
        ),
        pledges=(
            Pledge(
                id="pledge-a", parties=(actor("Mira Vost"),), object="attacks", when=day("2031-02-06"), outcome="broken",
                deeds=(stopped,), evidence=(three.find("the pumps would run"),),
            ),
        ),
        incidents=(
            Incident(id="incident-a", act="start", place=None, when=day("2031-02-02"), claims=(began,), figures=(hurt,)),
        ),
        dated_by_others={ids[3]: WhenField(value=day("2031-02-08", "2031-02-09"), basis="hint", note="after three.txt")},
        problems=(Problem(name="five.bin", stage="read", text="holds no text"),),
    )  # fmt: skip


def many(count: int) -> Dossier:
    """`count` reports of five outlets with forty lines each: as large as a case gets."""
    reports = []
    for n in range(count):
        report = Report(f"report-{n:03}.txt", f"Outlet {n % 5}", day(f"2031-02-{n % 27 + 1:02}")).part(
            "title", f"Report {n} of the dam"
        )
        sentences = [
            f"Speaker {m % 17} said on page {n} that valve {m} of the lower gate had been looked at {m + n} times since June."
            for m in range(25)
        ]
        fill = [
            f"In row {m} of the field behind mill {n} the old willows were counted again, and again nothing was missing."
            for m in range(15)
        ]
        report.part("body", "\n\n".join(x for pair in zip(sentences, fill + fill, strict=False) for x in pair))
        for m in range(25):
            who = report.who(f"Speaker {m % 17}")
            said = report.said(who, "said", sentences[m].partition("said on page")[2].partition(" that ")[2][:-1])
            if m < 12:
                report.claims_that(f"valve {m} of the lower gate had been looked at", "investigate", attribution=said)
            if m < 3:
                report.counts(f"{m + n} times since", m + n, m + n, "looks", counter="the mill")
        reports.append(report)
    return bare(reports)


__all__ = ["Report", "actor", "bare", "dam_story", "day", "many"]
