"""two testimonies that answer one question, and the other answers -> the judgement of the first rule that fits.

`RULES` is DESIGN's table in its order. Each rule is a small function with a name that the dossier prints; it says what it finds
and why, or None where it does not fit. Nothing but these rules decides conflict. Rules on figures are in `figures`, on days in
`days`, on deeds, blame and statements in `voices`.
"""

from collections.abc import Callable, Sequence

from secondsource.compare.days import (
    coarser_day_fits,
    days_agree,
    days_exclude_each_other,
    days_overlap_only,
    one_report_gives_two_days,
)
from secondsource.compare.figures import (
    figures_agree,
    figures_agree_only_loosely,
    figures_cannot_be_ordered,
    figures_count_different_things,
    figures_exclude_each_other,
    figures_of_two_days,
    one_counter_later,
    one_counts_a_share_more,
    toll_grew,
)
from secondsource.compare.voices import (
    accounts_agree,
    blamed_denies,
    opposed_blame,
    origins_contradict,
    speakers_answer_otherwise,
    two_reports_of_one_statement,
)
from secondsource.compare.witnesses import relays_of_one_witness
from secondsource.model import Judgement, Testimony, identify

Verdict = tuple[str, str]  # the kind of judgement, and its reason
# The third argument: everything that answers the same question. Only a coarse time needs it: whether it settles anything
# depends on how many of the answers it contains.
Rule = Callable[[Testimony, Testimony, Sequence[Testimony]], Verdict | None]

RULES: tuple[Rule, ...] = (
    figures_count_different_things,
    relays_of_one_witness,
    figures_of_two_days,
    one_counts_a_share_more,
    one_counter_later,
    toll_grew,
    figures_exclude_each_other,
    figures_agree_only_loosely,
    figures_agree,
    figures_cannot_be_ordered,
    one_report_gives_two_days,
    days_exclude_each_other,
    days_agree,
    coarser_day_fits,
    days_overlap_only,
    blamed_denies,
    origins_contradict,
    speakers_answer_otherwise,
    opposed_blame,
    two_reports_of_one_statement,
    accounts_agree,
)


def judge(
    left: Testimony,
    right: Testimony,
    question: str | None,
    peers: Sequence[Testimony] = (),
    rules: Sequence[Rule] = RULES,
) -> Judgement | None:
    """The judgement of the first rule that fits these two testimonies, whatever their order; None where none does."""
    first, second = sorted((left, right), key=lambda t: t.id)
    for rule in rules:
        if verdict := rule(first, second, peers):
            kind, reason = verdict
            pair = (first.id, second.id)
            made = identify("judgement", pair, rule.__name__, question)
            return Judgement(id=made, kind=kind, rule=rule.__name__, claims=pair, reason=reason, question=question)
    return None


def judge_alone(testimony: Testimony, question: str) -> Judgement | None:
    """What a testimony says against itself: a weekday that is not the date's."""
    if not testimony.unfit:
        return None
    rule = "weekday_or_count_does_not_fit"
    made = identify("judgement", (testimony.id,), rule, question)
    claims = (testimony.id,)
    return Judgement(
        id=made, kind="internally_inconsistent", rule=rule, claims=claims, reason=testimony.unfit, question=question
    )
