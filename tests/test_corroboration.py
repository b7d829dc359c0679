"""Origins, utterances, stories and support on hand-made readings: what copying, crediting and relaying do to counts."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

import copies
import reworded_cases
from invented import Draft, copied, story
from secondsource import model
from secondsource.engine import components
from secondsource.errors import BadInput
from secondsource.invariants import fingerprint
from secondsource.model import Decision, Reading
from secondsource.pipeline import assemble
from secondsource.rate.support import independent
from secondsource.resolve.origins import Lineage, origins
from secondsource.resolve.register import outlets

FEW = settings(max_examples=30, deadline=None)
SEEDS = st.lists(st.integers(0, 500), min_size=1, max_size=5)
LONG = (
    "The dam above Olme was opened at dawn and nobody in the lower valley had been told of it before the water came. "
    "Farmers on the left bank drove their animals up the old road while the bell of the school was rung again and again. "
    "By noon the mill, two bridges and the new market stood under water as deep as a man, and the power had failed. "
    "An engineer who had warned of rust in the gates since last autumn sat on the wall and did not answer questions. "
)


def lineage(*drafts: Draft) -> Lineage:
    return origins([draft.reading() for draft in drafts], components)


def count(made: Lineage) -> tuple[int, int]:
    return made.count()(article for origin in made.origins for article in origin.articles)


def report(name: str, outlet: str | None, day: str | None, text: str = LONG, credit: str | None = None) -> Draft:
    return Draft(name, outlet, day, credit).tell(text)


def test_a_copy_is_one_origin_and_its_root_is_the_earlier() -> None:
    made = lineage(report("a", "Early Paper", "2031-03-01"), report("b", "Late Paper", "2031-03-02", LONG + "More to come."))
    (origin,) = made.origins
    assert origin.name == "Early Paper"
    assert origin.known
    assert "dated earlier" in origin.reasons[0].text
    assert {quote.article for quote in origin.reasons[0].evidence} == set(origin.articles)


def test_direction_that_nothing_tells_is_said_to_be_unknown() -> None:
    made = lineage(report("a", "One", None), report("b", "Other", None))
    assert "direction unknown" in made.origins[0].reasons[0].text
    assert made.origins[0].name is None


def test_an_agency_that_marks_its_own_text_is_the_first_beside_a_page_of_nobody() -> None:
    agency = report("a", "Northern News Agency", None).reading()
    place = model.TextField(value="LISK, May 6 (NNA)", basis="stated")
    marked = structs.replace(agency, article=structs.replace(agency.article, dateline=place))
    (origin,) = origins([marked, report("b", None, None).reading()], components).origins
    assert origin.known
    assert origin.name == "Northern News Agency"


SHORT = (
    "Rebels from Selm agreed with Tarvon to a truce, an official said on Friday. In the town of Gellat a clash on Wednesday "
    "left 20 soldiers and 8 clerks dead. Coast Union envoys and Marshal Dool will sail for Port Ahm. "
)
LONGER = (
    "Speaking by telephone from Selm, a commander told Reva Daily that Tarvon must free prisoners before Friday; no truce "
    "would hold, the official warned. Nurses in Gellat, where Imre Vask, Toma Hild and Lora Senn run the only clinic, "
    "buried 20 soldiers and, after Wednesday, 8 women. Nobody at the Coast Union answered; its Marshal, Dool, whose ship lay "
    "off Port Ahm, had called at Corran, Besk, Ondal, Vireen, Hask, Umber and Lorne. "
)


def test_a_short_report_that_shares_only_the_names_everybody_has_is_no_copy_of_a_long_one() -> None:
    assert len(lineage(report("a", "One", None, SHORT), report("b", "Other", None, LONGER)).origins) == 2


def test_a_page_of_nobody_that_copies_a_known_one_stays_known_only_where_dates_tell() -> None:
    assert lineage(report("a", "Paper", "2031-03-01"), report("b", None, "2031-03-02")).origins[0].known
    assert not lineage(report("a", "Paper", None), report("b", None, None)).origins[0].known


def test_a_credit_joins_what_is_worded_otherwise() -> None:
    first = report("a", "Ferrin Agency", "2031-03-01")
    client = report(
        "b", "Client", "2031-03-02", "Water stood in the valley after a dam had been opened.", credit="Ferrin Agency"
    )
    made = lineage(first, client)
    assert len(made.origins) == 1
    assert count(made) == (1, 1)


def test_credits_in_a_circle_are_one_origin_and_end() -> None:
    texts = ("Grain rose on Monday.", "Bread was dear in spring.", "Nobody had flour at home any more.")
    names = ("Paper A", "Paper B", "Paper C")
    drafts = [report(n, n, None, texts[i], credit=names[(i + 1) % 3]) for i, n in enumerate(names)]
    assert count(lineage(*drafts)) == (1, 1)
    assert count(lineage(*drafts[:2])) == (1, 1)


def two_credits(name: str, first: str, second: str) -> Reading:
    from msgspec.structs import replace

    reading = report(name, f"Paper {name}", "2031-03-03", f"A short word of {name}.", credit=first).reading()
    relation = reading.article.relations[0]
    return replace(reading, article=replace(reading.article, relations=(relation, replace(relation, name=second))))


def test_two_credits_glue_nothing_and_add_nothing() -> None:
    agencies = [
        report("a", "Ferrin Agency", None, "Guns fell silent.").reading(),
        report("b", "Norda Press", None, "Bells rang.").reading(),
    ]
    both = two_credits("c", "Ferrin Agency", "Norda Press")
    made = origins([*agencies, both], components)
    assert count(made) == (2, 3)
    # Two that lean on the same two absent agencies are not independent of each other.
    assert count(origins([both, two_credits("d", "Norda Press", "Ferrin Agency")], components)) == (1, 2)


def test_unknown_is_never_independent_in_the_low_count() -> None:
    made = lineage(report("a", None, None, "One tells of rain."), report("b", None, None, "Another writes about wind."))
    assert count(made) == (1, 2)


def test_quotations_are_no_sign_of_copying() -> None:
    said = "“We shall not leave this table while one family still waits at the crossing, and I have told my generals so.”"
    left = report("a", "One", "2031-03-01", f"Her voice was low. {said} Then the lights went out in the lobby.")
    right = report("b", "Two", "2031-03-02", f"Six days of closure have emptied shops. {said} Old women clapped.")
    assert len(lineage(left, right).origins) == 2


def test_nothing_but_quotations_is_compared_with_them() -> None:
    quotes = " ".join(f"“{sentence.strip()}.”" for sentence in LONG.split(".") if sentence.strip())
    made = lineage(report("a", "One", "2031-03-01", quotes), report("b", "Two", "2031-03-02", quotes + " So they say."))
    assert len(made.origins) == 1


def test_pages_without_a_word_are_no_copies_of_each_other() -> None:
    made = origins([Reading(article=model.Article(name=name, sha256=name, text="")) for name in "ab"], components)
    assert len(made.origins) == 2
    assert count(made) == (1, 2)


def test_no_reading_at_all_is_no_origin() -> None:
    assert origins([], components).origins == ()
    assert not assemble([]).questions


@pytest.mark.parametrize("many", [1000])
def test_the_same_article_a_thousand_times_counts_once(many: int) -> None:
    base = (
        report("a", "Paper", "2031-03-01").say("Orla Venn", "the gates had been known to be rusty since last autumn").toll(12)
    )
    dossier = assemble(copied(base, f"{n}.txt", f"Outlet {n}").reading() for n in range(many))
    assert len(dossier.origins) == 1
    assert {(a.reported_by.origins_low, a.reported_by.origins_high) for q in dossier.questions for a in q.answers} == {(1, 1)}
    assert len(dossier.judgements) < 10 * many


def test_a_decision_outranks_copies() -> None:
    drafts = [report("a", "One", "2031-03-01"), report("b", "Two", "2031-03-02")]
    ruled = [
        Decision(
            kind="origin", target={"article": name}, value=value, by="I. Analyst", date="2031-04-01", reason="asked the desk"
        )
        for name, value in (("a", "One"), ("b", "Two"))
    ]
    made = origins([draft.reading() for draft in drafts], components, ruled)
    assert sorted(origin.name or "" for origin in made.origins) == ["One", "Two"]
    assert {reason.kind for origin in made.origins for reason in origin.reasons} == {"decision"}


OTHER = (
    "In Corran the market opened late, and the women who sell plums there had only one thing to talk about. "
    "A bus that should have come from the coast at eight was still missing, and so were the letters it carries. "
)


def test_one_speaker_on_two_known_pages_is_one_witness() -> None:
    said = "no gun had been moved across the river since the spring and none would be moved while talks went on"
    drafts = [
        report(str(n), f"Paper {n}", "2031-03-05", text).say("Tam Besker", said) for n, text in enumerate((LONG, OTHER * 2))
    ]
    dossier = assemble(draft.reading() for draft in drafts)
    (utterance,) = dossier.utterances
    assert len(utterance.attributions) == 2
    assert (utterance.origins_low, utterance.origins_high)[1] == 2


def heard(article: str, asserter: str = "", unnamed: str = "") -> model.Testimony:
    asserters = (asserter,) if asserter else ()
    return model.Testimony(
        id=article + asserter,
        article=article,
        origin=article,
        evidence=(),
        asserters=asserters,
        sides=asserters,
        unnamed=unnamed,
    )


def test_witnesses_and_origins_are_matched() -> None:
    roots = {"a": "a", "b": "b", "c": None}
    assert independent([heard("a", "police"), heard("b", "police")], roots) == 1
    assert independent([heard("a", "police"), heard("a", "hospital")], roots) == 1
    assert independent([heard("a", "police"), heard("b", "hospital")], roots) == 2
    assert independent([heard("a"), heard("b", "police"), heard("c")], roots) == 2
    assert independent([heard("a", "x", "an official"), heard("b", "y", "an official")], roots) == 1
    assert independent([heard("c")], roots) == 1


def highest(drafts: list[Draft]) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for question in assemble(draft.reading() for draft in drafts).questions:
        for answer in question.answers:
            key = f"{question.kind} {question.text} {answer.text}"
            low, high = counts.get(key, (0, 0))
            counts[key] = (max(low, answer.reported_by.origins_low), max(high, answer.reported_by.origins_high))
    return counts


def disguised(draft: Draft, how: str, third: int) -> Draft:
    """A copy of a report under another name: cut, garnished, inside another text, or credited."""
    text = {
        "same": draft.text,
        "light": "".join(s for n, s in enumerate(copies.sentences(draft.text)) if n % 3 != third) + copies.NOTICE,
        "garnished": f"Here is what we read today. {draft.text} Write to us.",
        "credited": draft.text,
    }[how]
    copy = Draft("copy.txt", "Copier", draft.published, draft.outlet if how == "credited" else None)
    copy.text = text
    return copy


@FEW
@given(SEEDS, st.sampled_from(["same", "light", "garnished", "credited"]), st.integers(0, 2))
def test_no_disguise_of_a_copy_raises_a_count_of_origins(seed: list[int], how: str, third: int) -> None:
    drafts = [
        d.tell(LONG.replace("Olme", f"Olme {n}").replace("dawn", f"{n} o'clock")) if not n else d
        for n, d in enumerate(story(seed))
    ]
    before = lineage(*drafts)
    low, _ = count(before)
    after_low, after_high = count(lineage(*drafts, disguised(drafts[0], how, third)))
    assert after_low <= low
    assert after_high <= count(before)[1]


REWORDED = [
    [part.strip() for part in file.read_text(encoding="utf-8").split("\n-----\n")[:3]]
    for file in sorted(reworded_cases.CASES.glob("*.txt"))
]


@FEW
@given(
    st.sampled_from(REWORDED), st.sampled_from(["Copier", None]), st.booleans(), st.booleans(),
    st.lists(st.sampled_from(REWORDED), max_size=2), st.randoms(use_true_random=False),
)  # fmt: skip
def test_no_rewording_raises_a_count_however_it_is_mixed(
    texts: list[str], outlet: str | None, credited: bool, dated: bool, others: list[list[str]], chance: random.Random
) -> None:
    """A reworded copy, its sentences perhaps cut off at the end, beside the original, independents and other stories."""
    held = [report("original", "First Paper", "2031-03-02", texts[0]), report("other", "Other Paper", "2031-03-02", texts[2])]
    held += [report(f"far-{n}", f"Paper {n}", None, other[0]) for n, other in enumerate(others) if other is not texts]
    copy = report("copy", outlet, "2031-03-04" if dated else None, texts[1], credit="First Paper" if credited else None)
    before = count(lineage(*held))
    mixed = [*held, copy, report("copy of the copy", "Third Paper", None, texts[1])]
    chance.shuffle(mixed)
    after = count(lineage(*mixed))
    assert after[0] <= before[0]
    assert after[1] <= before[1]


def test_nothing_dated_anywhere_and_two_that_credit_each_other_leave_counts_right() -> None:
    undated = [report("a", "Paper A", None), report("b", "Paper B", None, OTHER * 2), report("c", "Paper C", None, LONG)]
    assert count(lineage(*undated))[1] == 2
    each = [report("a", "Paper A", None, LONG, credit="Paper B"), report("b", "Paper B", None, OTHER * 2, credit="Paper A")]
    assert count(lineage(*each)) == (1, 1)


@FEW
@given(SEEDS, st.integers(0, 4))
def test_a_relay_raises_no_count_of_witnesses(seed: list[int], place: int) -> None:
    drafts = story(seed)
    chosen = drafts[place % len(drafts)]
    relay = copied(chosen, "relay.txt", "Relayer", credit=chosen.outlet)
    before, after = highest(drafts), highest([*drafts, relay])
    assert all(after[key][0] <= max(low, 1) for key, (low, _) in before.items() if key in after)


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_order_changes_nothing_when_copies_and_credits_are_there(seed: list[int], chance: random.Random) -> None:
    drafts = story(seed)
    drafts += [copied(drafts[0], "copy.txt", None), copied(drafts[-1], "relay.txt", "Relayer", credit=drafts[-1].outlet)]
    readings = [draft.reading() for draft in drafts]
    shuffled = readings[:]
    chance.shuffle(shuffled)
    assert fingerprint(assemble(readings)) == fingerprint(assemble(shuffled))


def test_the_register_of_outlets_is_the_analysts() -> None:
    read = [report("a", "The Halden Gazette", None).reading(), report("b", "Nobody Knows", None).reading()]
    entered = {"Halden Gazette": {"owner": "a bank", "reliability": "B", "by": "I. Analyst"}}
    known, unknown = sorted(outlets(read, entered), key=lambda o: o.name, reverse=True)
    assert (known.name, known.owner, known.reliability, known.country) == ("The Halden Gazette", "a bank", "B", None)
    assert unknown == model.Outlet(name="Nobody Knows")


@pytest.mark.parametrize("entries", ["a bank", {"ownr": "a bank"}, {"reliability": "G"}, {"owner": 3}])
def test_a_register_that_is_malformed_says_what_to_write(entries: object) -> None:
    with pytest.raises(BadInput, match="register of outlets"):
        outlets([], {"Halden Gazette": entries})
