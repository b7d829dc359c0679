"""Positions, shifts, pledges and where the sides stand, on readings made by hand from invented sentences."""

import hashlib
import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.data import table
from secondsource.model import (
    Actor,
    Article,
    Attribution,
    Claim,
    Condition,
    Cue,
    Mention,
    Pledge,
    Position,
    Reading,
    Relation,
    Segment,
    Shift,
    Speaker,
    TextField,
    TimeExpression,
    When,
    WhenField,
)
from secondsource.pipeline import assemble
from secondsource.rate.aftermath import Telling
from secondsource.rate.conditions import difference
from secondsource.rate.naming import Names
from secondsource.rate.pledges import pledges
from secondsource.rate.shifts import day_of, shifts
from secondsource.rate.standing import standing
from secondsource.rate.wording import Lexicon

WORDS = Lexicon(table("strength"))


def day(iso: str) -> When:
    return When(earliest=iso, latest=iso, precision="day", text=iso)


class Report:
    """A report that grows by sentences, each with the records that a right reading gives it."""

    def __init__(self, name: str, published: str | None, credit: str | None = None) -> None:
        self.name, self.published, self.credit = name, published, credit
        self.text = ""
        self.said: list[tuple[int, str, str, str | None, str | None, str, str | None]] = []

    def tell(self, sentence: str) -> "Report":
        self.text += f"{sentence} "
        return self

    def stand(
        self,
        speaker: str,
        words: str,
        act: str,
        thing: str | None,
        *,
        when: str | None = None,
        condition: str | None = None,
        party: str | None = None,
    ) -> "Report":
        """`speaker` said that `words`; `party` is the doer where it is not the speaker."""
        self.said.append((len(self.text), speaker, words, when, condition, f"{act}|{thing or ''}", party))
        self.text += f"{speaker} said that {words}. "
        return self

    def article(self) -> Article:
        text = self.text.strip()
        digest = hashlib.sha256(text.encode()).hexdigest()
        bare = Article(name=self.name, sha256=digest, text=text)
        credit = (Relation(kind="republished_from", name=self.credit, evidence=(bare.quote(0, 4),)),) if self.credit else ()
        return Article(
            name=self.name,
            sha256=digest,
            text=text,
            language="en",
            outlet=TextField(value=self.name, basis="stated"),
            published=WhenField(value=day(self.published), basis="stated") if self.published else WhenField(),
            relations=credit,
            segments=(Segment(kind="body", start=0, end=len(text)),),
        )

    def reading(self) -> Reading:
        article = self.article()
        mentions: dict[int, Mention] = {}
        attributions, claims = [], []

        def mention(start: int, name: str) -> str:
            quote = article.quote(start, start + len(name))
            kind = "person" if " " in name else "state"
            made = Mention(article=article.id, quote=quote, kind=kind, name=name)
            mentions.setdefault(start, made)
            return mentions[start].id

        for start, speaker, words, when, condition, what, party in self.said:
            who = mention(start, speaker)
            begin = start + len(speaker) + len(" said that ")
            content = article.quote(begin, begin + len(words))
            said = Attribution(
                article=article.id,
                mode="indirect",
                speakers=(Speaker(mention=who, evidence=article.quote(start, start + len(speaker))),),
                cue=Cue(kind="say", evidence=article.quote(start + len(speaker) + 1, start + len(speaker) + 5)),
                content=(content,),
                said=day(when) if when else None,
            )
            attributions.append(said)
            act, _, thing = what.partition("|")
            at = begin + words.index(condition) if condition else 0
            held = (Condition(words=article.quote(at, at + len(condition))),) if condition else ()
            actor = mention(begin + words.index(party), party) if party else who
            claims.append(
                Claim(
                    article=article.id,
                    act=act,
                    object=thing or None,
                    actor=actor,
                    conditions=held,
                    realis="conditional" if held else "actual",
                    evidence=(content,),
                    attribution=said.id,
                )
            )
        return Reading(
            article=article, mentions=tuple(mentions.values()), attributions=tuple(attributions), claims=tuple(claims)
        )


def ledger(reports: Iterable[Report]) -> tuple[tuple[Position, ...], tuple[Shift, ...], tuple[Pledge, ...]]:
    dossier = assemble(report.reading() for report in reports)
    return dossier.positions, dossier.shifts, dossier.pledges


def shown(reports: Iterable[Report]) -> list[tuple[str, str, str | None, int]]:
    """What a reader sees of a ledger: object, act, day, number of conditions."""
    return [(p.object, p.act, day_of(p.when), len(p.conditions)) for p in ledger(reports)[0]]


OPENING = "our guns will be silent if the last tank leaves the mill road before the harvest begins"
TERMS = "if the last tank leaves the mill road before the harvest begins"
SECOND = "our guns will be silent if the last tank leaves the mill road before the harvest begins and the miller is paid"


def first() -> Report:
    return Report("a.txt", "2031-05-06").stand(
        "Orla Venn", OPENING, "conditional_offer", "ceasefire", when="2031-05-06", condition=TERMS
    )


def later(act: str = "refuse", words: str = "there will be no truce on the mill road while she is alive") -> Report:
    return Report("b.txt", "2031-05-20").stand("Orla Venn", words, act, "ceasefire", when="2031-05-20")


def test_one_statement_is_one_entry_with_its_condition_and_its_day() -> None:
    held, moved, _ = ledger([first()])
    assert [(p.object, p.act, day_of(p.when)) for p in held] == [("ceasefire", "conditional_offer", "2031-05-06")]
    assert [q.exact for q in held[0].conditions] == [TERMS]
    assert [(s.kind, s.start) for s in moved] == [("new", None)]


def test_a_copy_and_a_relay_add_no_entry() -> None:
    copy = first()
    copy.name = "copy.txt"
    relay = Report("c.txt", "2031-05-08", credit="Northwire").stand(
        "Orla Venn", OPENING, "conditional_offer", "ceasefire", when="2031-05-06", condition=TERMS
    )
    assert shown([first(), copy, relay]) == shown([first()])


def test_a_rewording_of_the_same_day_adds_no_entry_and_no_shift() -> None:
    reworded = Report("c.txt", "2031-05-07").stand(
        "Orla Venn",
        "the shooting would end once every tank has gone from the road to the mill",
        "conditional_offer",
        "ceasefire",
        when="2031-05-06",
        condition="once every tank has gone from the road to the mill",
    )
    held, moved, _ = ledger([first(), reworded])
    assert len(held) == 1
    assert [s.kind for s in moved] == ["new"]
    assert len(held[0].evidence) == 2


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_adding_changes_nothing(order: list[int]) -> None:
    third = Report("c.txt", "2031-05-12").stand(
        "Orla Venn", "she is ready to stop firing tonight", "offer", "ceasefire", when="2031-05-12"
    )
    other = Report("d.txt", "2031-05-09").stand(
        "Tam Besker", "the prisoners in the mill must be freed", "demand", "prisoners", when="2031-05-09"
    )
    reports = [first(), later(), third, other]
    assert ledger(reports[i] for i in order) == ledger(reports)


def test_an_old_statement_quoted_again_keeps_its_own_day() -> None:
    quoted = Report("c.txt", "2031-06-30").stand(
        "Orla Venn", OPENING, "conditional_offer", "ceasefire", when="2031-05-06", condition=TERMS
    )
    assert [s.kind for s in ledger([first(), later(), quoted])[1]] == ["new", "hardened"]


def test_what_stands_on_no_known_day_is_listed_and_leads_nowhere() -> None:
    undated = Report("c.txt", None).stand("Orla Venn", "she is ready to stop firing tonight", "offer", "ceasefire")
    held, moved, _ = ledger([first(), undated])
    assert {day_of(p.when) for p in held} == {"2031-05-06", None}
    assert [s.kind for s in moved] == ["new"]


def test_two_entries_of_one_day_in_no_known_order_are_no_shift() -> None:
    both = first().stand("Orla Venn", "there will be no truce on the mill road", "refuse", "ceasefire", when="2031-05-06")
    held, moved, _ = ledger([both])
    assert len(held) == 2
    assert [s.kind for s in moved] == ["new"]


def test_what_one_side_says_of_the_other_is_not_the_others_position() -> None:
    report = Report("a.txt", "2031-05-06")
    report.stand("Orla Venn", "Lisk must leave the mill", "demand", "withdrawal", when="2031-05-06")
    quote = Report("b.txt", "2031-05-07").stand(
        "Tam Besker", "Lisk refuses every word about the mill", "accuse", "withdrawal", when="2031-05-07", party="Lisk"
    )
    held, _, _ = ledger([report, quote])
    assert [p.act for p in held] == ["demand"]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (("refuse", "no talks"), ("demand", "the road must be opened"), "softened"),
        (("offer", "we offer talks"), ("refuse", "no talks"), "hardened"),
        (("promise", "we will come"), ("refuse", "we will not come"), "reversed"),
        (("refuse", "we will not come"), ("agree", "we agree to come"), "reversed"),
        (("demand", "they must leave"), ("demand", "they must leave immediately"), "hardened"),
        (("demand", "they must leave immediately"), ("demand", "they must leave before the winter"), "softened"),
        (("refuse", "no vote this year"), ("refuse", "there will never be a vote"), "hardened"),
        (("demand", "give back ten of the boats"), ("demand", "give back two of the boats"), "softened"),
        (("offer", "we would free ten men"), ("offer", "we would free all the men"), "softened"),
        (("demand", "they must leave"), ("demand", "they ought to be gone"), "repeated"),
        (("demand", "forty men must leave within a year"), ("demand", "ten men must leave within a week"), "changed"),
    ],
)
def test_moves_between_two_entries(before: tuple[str, str], after: tuple[str, str], kind: str) -> None:
    held = [entry(str(i), act, words, f"2031-05-0{i + 1}") for i, (act, words) in enumerate((before, after))]
    assert [s.kind for s in shifts(held, (), table("strength"))] == ["new", kind]


def entry(
    name: str, act: str, words: str, iso: str | None, actor: str = "actor-a", conditions: tuple[str, ...] = ()
) -> Position:
    text = f"{words} {' '.join(conditions)}".strip()
    article = Article(name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text)
    return Position(
        id=f"position-{name}",
        actor=actor,
        object="ceasefire",
        act=act,
        conditions=tuple(article.quote(text.index(c), text.index(c) + len(c)) for c in conditions),
        when=day(iso) if iso else None,
        utterance=name,
        origins=("origin",),
        evidence=(article.quote(0, len(words)),),
    )


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ((), ("if the mill is left",), "hardened"),
        (("if the mill is left",), (), "softened"),
        (("if the mill is left",), ("if the miller is paid",), "changed"),
        (("if they give up two boats",), ("if they give up one boat",), "softened"),
        (("if they pay within a month",), ("if they pay within a week",), "hardened"),
        (("if my brother is freed",), ("if his brother is let go",), "repeated"),
    ],
)
def test_conditions_of_an_offer(before: tuple[str, ...], after: tuple[str, ...], kind: str) -> None:
    held = [
        entry(str(i), "conditional_offer", "we would stop", f"2031-05-0{i + 1}", conditions=c)
        for i, c in enumerate((before, after))
    ]
    assert [s.kind for s in shifts(held, (), table("strength"))] == ["new", kind]


def test_a_condition_binds_an_offer_and_loosens_a_threat() -> None:
    held = [
        entry("0", "threaten", "we shall burn the mill", "2031-05-01"),
        entry("1", "threaten", "we shall burn the mill", "2031-05-02", conditions=("if the boats come back",)),
    ]
    assert [s.kind for s in shifts(held, (), table("strength"))] == ["new", "softened"]


def test_conditions_that_ask_for_other_deeds_are_two() -> None:
    found = difference(["if the soldiers leave the mill"], ["if the soldiers stop firing at the mill"], WORDS, (None, None))
    assert len(found.added) == 1
    assert len(found.gone) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["demand", "refuse", "offer", "agree", "threaten", "promise"]), min_size=1, max_size=6))
def test_every_dated_entry_but_the_first_has_one_move(acts: list[str]) -> None:
    held = [entry(str(i), act, f"words number {i} of it", f"2031-05-{i + 1:02}") for i, act in enumerate(acts)]
    moved = shifts(held, (), table("strength"))
    assert [s.end for s in moved] == [p.id for p in held]
    assert all(a.end == b.start for a, b in itertools.pairwise(moved))


# ---- pledges ---------------------------------------------------------------------------------------------------------------

AGREED = entry("agreed", "agree", "Lisk and Corran signed a truce", "2031-05-01", actor="lisk")
TOO = entry("agreed", "agree", "Lisk and Corran signed a truce", "2031-05-01", actor="corran")


def outcome(*sentences: str, published: str = "2031-05-20", attributed: str | None = None) -> Pledge:
    """What becomes of a truce between Lisk and Corran by a later report."""
    report = Report("later.txt", published)
    for sentence in sentences:
        report.tell(sentence)
    reading = report.reading()
    if attributed:
        start = reading.article.text.index(attributed)
        quote = reading.article.quote(start, start + len(attributed))
        said = Attribution(article=reading.article.id, mode="direct", speakers=(), cue=Cue(kind="say"), content=(quote,))
        reading = Reading(article=reading.article, attributions=(said,))
    actors = [Actor(id=name.lower(), name=name, kind="state", aliases=(name,)) for name in ("Lisk", "Corran")]
    names = Names(actors, {}, table("stands"))
    told = Telling([reading], names, table("outcomes"), table("objects"), table("strength"))
    made = pledges([AGREED, TOO], [reading], told)
    assert len(made) == 1
    assert made[0].parties == ("corran", "lisk")
    return made[0]


@pytest.mark.parametrize(
    ("sentences", "wanted"),
    [
        (("The mill turned all week.",), "not_reported"),
        (("The truce has held for a week, the miller wrote.",), "kept"),
        (("The truce collapsed before noon.",), "failed_unattributed"),
        (("The truce was broken, and each side blamed the other.",), "disputed"),
        (("Gunners of Lisk opened fire on the mill on Monday. The truce was over.",), "broken"),
        (("Lisk accused Corran of breaking the truce.",), "disputed"),
        (("The truce will hold until the harvest, it is hoped.",), "not_reported"),
    ],
)
def test_what_became_of_a_truce(sentences: tuple[str, ...], wanted: str) -> None:
    assert outcome(*sentences).outcome == wanted


def test_who_broke_it_is_told_only_by_the_report_itself() -> None:
    assert outcome("Gunners of Lisk opened fire on the mill. The truce was over.").by == ("lisk",)
    words = "Gunners of Lisk opened fire on the mill"
    hearsay = outcome(f"{words}. The truce is now a year old.", attributed=words)
    assert hearsay.by == ()
    assert hearsay.outcome != "broken"


def test_an_older_report_tells_nothing_of_a_younger_pledge() -> None:
    assert outcome("The truce collapsed before noon.", published="2031-04-20").outcome == "not_reported"


# ---- where they stand -------------------------------------------------------------------------------------------------------


def test_where_the_sides_stand() -> None:
    asked = entry("asked", "demand", "they must leave", "2031-05-01", actor="lisk")
    again = entry("again", "demand", "they must leave", "2031-05-08", actor="lisk")
    answer = entry("answer", "refuse", "we stay", "2031-05-03", actor="corran")
    bystander = entry("bystander", "appeal", "stop it", None, actor="olme")
    held = [asked, again, answer, bystander]
    (found,) = standing(held, shifts(held, (), table("strength")))
    assert found.latest == ("position-again", "position-answer")
    assert found.undated == ("position-bystander",)
    assert [(r.to, r.by, r.kind) for r in found.replies] == [("position-asked", "position-answer", "refuses")]
    assert found.unanswered == (("position-again", "2031-05-01"),)
    assert [(g.left, g.right) for g in found.gaps] == [("position-again", "position-answer")]


def test_only_the_object_and_the_actor_that_were_asked_for() -> None:
    held = [entry("asked", "demand", "they must leave", "2031-05-01", actor="lisk")]
    assert standing(held, (), actor="Lisk") != ()
    assert standing(held, (), actor="Corran") == ()
    assert standing(held, (), thing="talks") == ()


def test_a_time_that_no_record_gives_is_the_reports_own() -> None:
    report = Report("a.txt", "2031-05-06").stand("Orla Venn", "she is ready to stop firing", "offer", "ceasefire")
    (held,) = ledger([report])[0]
    assert held.when == When(earliest=None, latest="2031-05-06", precision="day")


def test_a_day_in_the_sentence_outside_what_was_said() -> None:
    report = Report("a.txt", "2031-05-06").tell("On Monday it rained.")
    report.stand("Orla Venn", "she is ready to stop firing", "offer", "ceasefire")
    reading = report.reading()
    monday = TimeExpression(article=reading.article.id, quote=reading.article.quote(3, 9), when=day("2031-05-05"))
    (held,) = assemble(
        [Reading(**{**{f: getattr(reading, f) for f in reading.__struct_fields__}, "times": (monday,)})]
    ).positions
    assert day_of(held.when) == "2031-05-06"
