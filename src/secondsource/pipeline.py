"""inputs -> dossier: the one place that knows all stages, and the one broad `except`.

`Reader` takes one document through read, segment and attribute; an engine runs many of them. `assemble` takes all readings
through resolve, compare and rate. Both are pure: equal inputs give equal records, whatever the engine or the order.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from msgspec.structs import replace

from secondsource import __model__, __version__, invariants
from secondsource.attribute.acts import Acts
from secondsource.attribute.claims import claims
from secondsource.attribute.figures import figures
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.numbers import Numbers
from secondsource.attribute.parse import Parser
from secondsource.attribute.speech import attributions
from secondsource.attribute.times import times
from secondsource.attribute.timewords import Calendar
from secondsource.compare.altered import Means, altered
from secondsource.compare.questions import questions
from secondsource.compare.testimonies import cast, testimonies
from secondsource.data import table
from secondsource.engine import Engine, Here
from secondsource.errors import BrokenInvariant, Unreadable
from secondsource.language import load
from secondsource.model import (
    Actor,
    Article,
    Attribution,
    Count,
    Decision,
    Dossier,
    Link,
    Member,
    Page,
    Passport,
    Pledge,
    Position,
    Problem,
    Reading,
    Segment,
    Shift,
    Span,
    Standing,
    Testimony,
)
from secondsource.rate.aftermath import Telling
from secondsource.rate.naming import Names
from secondsource.rate.pledges import pledges
from secondsource.rate.positions import Ledger, positions
from secondsource.rate.retractions import retractions
from secondsource.rate.shifts import shifts
from secondsource.rate.standing import standing
from secondsource.rate.support import support
from secondsource.read.masthead import language, masthead
from secondsource.read.page import doubt, page
from secondsource.render.dossier import timeline
from secondsource.resolve.bodies import Bodies
from secondsource.resolve.dating import dated_by_others
from secondsource.resolve.entities import actors, demonyms, titles
from secondsource.resolve.incidents import incidents
from secondsource.resolve.known import Known
from secondsource.resolve.lineage import counter
from secondsource.resolve.naming import fold
from secondsource.resolve.origins import credits_of, origins
from secondsource.resolve.register import outlets
from secondsource.resolve.rulings import Attribute, in_force, rule
from secondsource.resolve.slips import shared_slips
from secondsource.resolve.stories import Rarity, stories
from secondsource.resolve.utterances import utterances
from secondsource.segment.marks import quotations
from secondsource.segment.sentences import sentences
from secondsource.segment.wrapping import unwrapped
from secondsource.segment.zones import zones
from secondsource.trace.asking import Refused, asked
from secondsource.trace.passages import Library
from secondsource.trace.passport import passport
from secondsource.trace.words import Vocabulary

MODEL = __model__

# The seven verbs in order, for whoever wants to know what happens when.
STAGES = ("read", "segment", "attribute", "resolve", "compare", "rate", "render")

# Statements of a dossier that are given a passport each: some thousandths of a second for one, five seconds for all of them.
PASSPORTS = 600

# Words of a pasted text that are still worth a parse; more is no sentence.
LONGEST_PASTED = 200

Progress = Callable[[str], None]


class Reader:
    """One document -> its Reading. Loads the language model on first use; make one a worker."""

    def __init__(self, model: str | None = None) -> None:
        self.model = model

    @cached_property
    def parser(self) -> Parser:
        return Parser(load(self.model))

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(table("times"))

    @cached_property
    def numbers(self) -> Numbers:
        return Numbers(table("numbers"))

    @cached_property
    def acts(self) -> Acts:
        return Acts(table("acts"), table("objects"))

    def __call__(self, member: Member) -> Reading | Problem:
        """The Reading, or a Problem where the document cannot be read. Raises BrokenInvariant: our own defect stops."""
        try:
            return self.read(member)
        except Unreadable as unreadable:
            return Problem(name=member.name, stage="read", text=str(unreadable))
        except BrokenInvariant:
            raise
        except Exception as defect:  # noqa: BLE001  the one broad except: a bad article never takes the others with it
            text = f"could not be read ({type(defect).__name__}: {defect}); please report it with the file"
            return Problem(name=member.name, stage="read", text=text)

    def read(self, member: Member) -> Reading:
        found = page(member)
        article = masthead(found, zones(found, table("zones")), table("agencies"))
        doubtful = doubt(found)
        doubts = (Problem(name=article.name, article=article.id, stage="read", text=doubtful),) if doubtful else ()
        if article.language not in {None, "en"}:
            problem = Problem(
                name=article.name,
                article=article.id,
                stage="read",
                text=f"the language is {article.language}, not English: kept and shown, but nothing is read from it",
            )
            return Reading(article=article, problems=(problem, *doubts))
        return replace(self.attribute(article), problems=doubts)

    def attribute(self, article: Article) -> Reading:
        text = unwrapped(article.text)
        parsed = self.parser(text, sentences(article))
        lines = [Span(s.start, s.end) for s in article.segments]
        marked = quotations(text, lines)
        discourse = Discourse(article, parsed, table("names"), marked)
        said_when = times(article, parsed, self.calendar)
        said = attributions(article, parsed, marked, discourse, said_when, table("cues"))
        counted = figures(article, parsed, said, said_when, self.numbers, discourse)
        claimed = claims(article, parsed, said, said_when, counted, discourse, self.acts)
        return Reading(
            article=article,
            mentions=discourse.mentions(),
            attributions=said,
            times=said_when,
            figures=counted,
            claims=claimed,
        )


class Tracer:
    """A dossier -> the passports of sentences. Indexes the dossier's articles once, then answers any number of times."""

    def __init__(self, dossier: Dossier, reader: Reader | None = None) -> None:
        self.library = Library(dossier, _vocabulary(), sentences)
        self.count = _count(dossier)
        self.reader = reader or Reader()

    def __call__(self, sentence: str) -> Passport:
        """The passport of one pasted sentence; whatever it is, it is answered in words."""
        words = sentence.split()
        reading = self._read(sentence) if 1 < len(words) <= LONGEST_PASTED else None
        return passport(sentence, self.library, self.count, reading)

    def passports(self) -> Iterator[tuple[str, Passport]]:
        """Of every statement in the dossier's reports: its attribution's id, and the passport of its words."""
        yield from self._passports(list(self._statements()))

    def few(self) -> dict[str, Passport]:
        """Passports by the attribution's id, of at most PASSPORTS statements: those in the most articles come first."""
        members = self.library.members
        many = {a.id: len(members.get(self.library.utterance_of.get(a.id, ""), ())) for a in self._statements()}
        return dict(self._passports(sorted(self._statements(), key=lambda a: -many[a.id])[:PASSPORTS]))

    def _statements(self) -> Iterator[Attribution]:
        """What stands in no other statement, and is more than a word."""
        for reading in self.library.dossier.readings:
            for attribution in reading.attributions:
                if attribution.parent is None and len(_words(attribution).split()) > 1:
                    yield attribution

    def _passports(self, wanted: Sequence[Attribution]) -> Iterator[tuple[str, Passport]]:
        self.library.read_all()
        for attribution in wanted:
            yield attribution.id, passport(_words(attribution), self.library, self.count)

    def _read(self, sentence: str) -> Reading:
        """What the sentence itself says, read as the body of a report."""
        body = Segment(kind="body", start=0, end=len(sentence))
        page = Page(name="sentence", sha256="", text=sentence)
        spoken = language(page, (body,))
        return self.reader.attribute(Article(name="sentence", sha256="", text=sentence, language=spoken, segments=(body,)))


def _words(attribution: Attribution) -> str:
    return " ".join(quote.exact for quote in attribution.content)


def unfit(sentence: str) -> str:
    """Why a pasted text is no sentence that can be looked for, and what to do; empty if it can be."""
    found = asked(sentence, None, _vocabulary())
    return found.answer if isinstance(found, Refused) and found.status != "other_language" else ""


def _vocabulary() -> Vocabulary:
    return Vocabulary(*(table(name) for name in ("rarity", "objects", "acts", "cues", "numbers")))


def _count(dossier: Dossier) -> Count:
    """Articles -> independent origins. Names that pages credit in part, and of whom no article is given, are shared roots."""
    credited = {r.article.id: credits_of(r.article) for r in dossier.readings}
    here = {fold(r.article.outlet.value) for r in dossier.readings if r.article.outlet.value}
    here |= {name for named in credited.values() if len(named) == 1 for name in named}
    absent = {
        origin.id: tuple(" ".join(n) for a in origin.articles if len(credited[a]) > 1 for n in credited[a] if n not in here)
        for origin in dossier.origins
    }
    return counter(dossier.origins, absent)


def read(members: Iterable[Member], engine: Engine | None = None, model: str | None = None) -> Iterator[Reading | Problem]:
    """Readings and Problems in the documents' order."""
    yield from (engine or Here()).each(partial(Reader, model), members)


def assemble(
    found: Iterable[Reading | Problem],
    problems: Iterable[Problem] = (),
    decisions: Iterable[Decision] = (),
    admiralty: bool = False,
    register: Mapping[str, Any] | None = None,
    attribute: Attribute | None = None,
) -> Dossier:
    """The dossier of all readings, in any order; the same document given twice counts once.

    `decisions`: what a named analyst ruled. `admiralty`: give answers a code of credibility. `register`: what an analyst
    entered of outlets (`resolve/register.py`). `attribute`: what reads an article again whose segments an analyst has changed.
    """
    given, failed = _apart(found)
    ruling = rule(given, decisions, attribute)
    readings, ruled = ruling.readings, ruling.decisions
    holding = in_force(ruled)
    components = Here().components
    names = table("names")
    offices, bodies = titles(names), table("bodies")
    actor_links, people = actors(readings, demonyms(names["states"]), components, offices, Bodies(bodies), Known(bodies),
                                 ruling.joined, ruling.apart)  # fmt: skip
    lineage = origins(readings, components, [d for d in ruled if d.id in holding])
    story_links, told = stories(readings, Rarity(table("rarity")), components)
    actor_of, origin_of, story_of = (_joined(links) for links in (actor_links, lineage.links, story_links))
    slips = shared_slips(readings, actor_of, lineage.origins)
    people = ruling.cast(people, actor_of)
    count = lineage.count()
    utterance_links, acts = utterances(readings, actor_of, count, components)
    incident_links, happened = incidents(readings, actor_of, components, story_of)
    sides = cast(people)
    heard = testimonies(readings, actor_of, origin_of, _joined(utterance_links), story_of, sides)
    held, moved, pledged = _stands(readings, heard, people, actor_of, sides.side_of)
    asked, judged, question_links = questions(heard, {actor.id: actor.name for actor in people}, components)
    changed = altered(readings, lineage.copies, Means(table("means")))
    dossier = Dossier(
        readings=readings,
        links=actor_links + lineage.links + story_links + utterance_links + question_links + incident_links,
        actors=people,
        outlets=outlets(readings, {**(register or {}), **ruling.register}),
        origins=lineage.origins,
        stories=told,
        utterances=acts,
        incidents=happened,
        questions=support(asked, judged, heard, count, lineage.roots(), admiralty),
        judgements=tuple(sorted([*judged, *changed], key=lambda j: j.id)),
        positions=held,
        shifts=moved,
        pledges=pledged,
        decisions=ruled,
        dated_by_others=dict(dated_by_others(readings)),
        problems=_sorted([*problems, *failed, *slips, *(p for r in readings for p in r.problems)]),
        model=MODEL,
        version=__version__,
    )
    return invariants.check(_with_timeline(dossier))


def stand(dossier: Dossier, actor: str | None = None, thing: str | None = None) -> tuple[Standing, ...]:
    """Where the sides stand, for objects on which an actor of this name stands, or for one object."""
    names = {a.id: a.name for a in dossier.actors}
    return standing(dossier.positions, dossier.shifts, actor, thing, names)


def _joined(links: Iterable[Link]) -> dict[str, str]:
    return {link.member: link.cluster for link in links}


def _stands(
    readings: Sequence[Reading],
    heard: Sequence[Testimony],
    people: Sequence[Actor],
    actor_of: Mapping[str, str],
    side_of: Mapping[str, str],
) -> tuple[tuple[Position, ...], tuple[Shift, ...], tuple[Pledge, ...]]:
    """What each actor holds, how it moved, and what became of pledges."""
    names = Names(people, side_of, table("stands"))
    held = positions(Ledger(readings, heard, actor_of, names, table("stands"), table("objects")))
    back = retractions(readings, held, names, table("outcomes"), table("objects"))
    told = Telling(readings, names, table("outcomes"), table("objects"), table("strength"))
    return held, shifts(held, back, table("strength")), pledges(held, readings, told)


def _with_timeline(dossier: Dossier) -> Dossier:
    return replace(dossier, timeline=timeline(dossier))


def _apart(found: Iterable[Reading | Problem]) -> tuple[tuple[Reading, ...], list[Problem]]:
    """Readings by id, each once, and Problems; a document that came twice is told as a Problem."""
    readings: dict[str, Reading] = {}
    problems: list[Problem] = []
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
        elif item.article.id in readings:
            text = "given twice with the same words under the same name: counted once"
            problems.append(Problem(name=item.article.name, article=item.article.id, stage="read", text=text))
        else:
            readings[item.article.id] = item
    return tuple(readings[name] for name in sorted(readings)), problems


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.name, p.stage, p.text)))
