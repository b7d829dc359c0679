"""Promises 2 and 3: the same reports give the same records in any order, and no copy ever raises a count of origins."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from invented import copied, story
from secondsource.invariants import fingerprint
from secondsource.model import Dossier
from secondsource.pipeline import assemble

SEEDS = st.lists(st.integers(0, 500), min_size=1, max_size=6)
FEW = settings(max_examples=40, deadline=None)


def highest(dossier: Dossier) -> dict[str, tuple[int, int]]:
    """What is asked or said -> (low, high) counts, by its words, which a copy does not change."""
    counts: dict[str, tuple[int, int]] = {}
    for question in dossier.questions:
        for answer in question.answers:
            counts[f"{question.text} {answer.text}"] = (answer.reported_by.origins_low, answer.reported_by.origins_high)
    content = {a.id: a.content[0].exact for r in dossier.readings for a in r.attributions}
    names = {actor.id: actor.name for actor in dossier.actors}
    for utterance in dossier.utterances:
        words = min(content[a] for a in utterance.attributions)
        speakers = [names[s] for s in utterance.speakers]
        counts[f"{speakers} {utterance.when} {words}"] = (utterance.origins_low, utterance.origins_high)
    return counts


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_order_of_input_changes_no_record(seed: list[int], chance: random.Random) -> None:
    readings = [draft.reading() for draft in story(seed)]
    shuffled = readings[:]
    chance.shuffle(shuffled)
    assert fingerprint(assemble(readings)) == fingerprint(assemble(shuffled))


@FEW
@given(SEEDS, st.integers(0, 5))
def test_what_is_taken_out_leaves_no_trace(seed: list[int], place: int) -> None:
    readings = [draft.reading() for draft in story(seed)]
    gone = readings[place % len(readings)]
    # Adding an article and taking it out again is a run without it: nothing is kept between runs.
    assemble(readings)
    rest = [reading for reading in readings if reading is not gone]
    fresh = [draft.reading() for draft in story(seed) if draft.name != gone.article.name]
    assert fingerprint(assemble(rest)) == fingerprint(assemble(fresh))


@FEW
@given(SEEDS, SEEDS)
def test_records_of_one_article_do_not_depend_on_others(left: list[int], right: list[int]) -> None:
    """Whatever else is in the case, an article's own records keep their ids."""
    one = [draft.reading() for draft in story(left)]
    other = [draft.reading() for draft in story(right)]
    for draft in other:
        assert draft.article.id not in {r.article.id for r in one} or draft in one
    merged = assemble(one + [r for r in other if r.article.id not in {x.article.id for x in one}])
    kept = {r.article.id: r for r in merged.readings}
    assert all(kept[r.article.id] == r for r in one)


@FEW
@given(SEEDS, st.integers(0, 5), st.sampled_from(["credited", "uncredited", "nameless"]))
def test_a_copy_raises_no_count(seed: list[int], place: int, how: str) -> None:
    drafts = story(seed)
    original = drafts[place % len(drafts)]
    outlet = None if how == "nameless" else "Copier"
    copy = copied(original, "copy.txt", outlet, credit=original.outlet if how == "credited" else None)
    before = highest(assemble(draft.reading() for draft in drafts))
    after = highest(assemble(draft.reading() for draft in [*drafts, copy]))
    for words, (low, high) in before.items():
        assert after[words][1] <= high, words
        assert after[words][0] <= max(low, 1), words
