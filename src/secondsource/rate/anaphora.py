"""drafts whose words name no object -> the object of what they answer: "rejected the demand" """

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from secondsource.rate.entries import Draft
from secondsource.rate.passages import Passage, paragraph
from secondsource.rate.shifts import day_of
from secondsource.rate.subjects import Subjects
from secondsource.rate.wording import tokens

# "Repeated the threat" is about what was threatened before.
OWN_WORD = {
    "threaten": frozenset({"threat", "threats"}), "demand": frozenset({"demand", "demands"}),
    "appeal": frozenset({"appeal", "call"}),
    "promise": frozenset({"promise", "pledge"}), "offer": frozenset({"offer", "proposal"}),
}  # fmt: skip
# A short paragraph with one subject is about it; letters.
KIND = {"conditional_offer": "offer"}
BESIDE = 500


def _answered(before: Sequence[Draft], answer: Draft, subjects: Subjects) -> str:
    """What an answer is about: "rejected the demand" answers what an offer asks for in return, everything else the offer."""
    asked = max(before, key=lambda d: d.evidence.start)
    if asked.conditions and {"demand", "demands", "condition", "conditions", "terms"} & set(tokens(answer.evidence.exact)):
        told = [d for d in before if d.holder == asked.holder and d.object == asked.object]
        return subjects.of(None, " ".join(q.exact for d in told for q in d.conditions), "") or asked.object
    return asked.object


def _answered_before(drafts: Sequence[Draft], answer: Draft) -> str:
    """What an answer in a report of its own is about: the latest thing of its name that another had asked or offered."""
    asked = [
        d
        for d in drafts
        if d.object
        and d.holder != answer.holder
        and OWN_WORD.get(KIND.get(d.act, d.act), frozenset()) & set(tokens(answer.evidence.exact))
        and (day_of(d.when) or "9999") <= (day_of(answer.when) or "")
    ]
    last = max((day_of(d.when) or "" for d in asked), default="")
    objects = {d.object for d in asked if day_of(d.when) == last}
    return objects.pop() if len(objects) == 1 else ""


def with_objects(drafts: Sequence[Draft], subjects: Subjects, read_of: Mapping[str, Sequence[Passage]]) -> list[Draft]:
    """Drafts whose words name no object take it from what they answer; the rest falls out."""
    made: list[Draft] = []
    of_article: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        of_article[draft.article].append(draft)
    for draft in drafts:
        label = draft.object
        if not label:
            before = [d for d in of_article[draft.article] if d.object and d.evidence.start < draft.evidence.start]
            read = read_of[draft.article]
            here = paragraph(read, draft.evidence)
            beside = " ".join(p.text for p in read if p.paragraph == here)
            if repeated := OWN_WORD.get(draft.act, frozenset()) & set(tokens(draft.evidence.exact)):
                before = [d for d in before if d.act == draft.act]
            answers = subjects.answers(draft.evidence.exact, spoken=draft.wording == "as_printed")
            if before and answers:
                label = _answered(before, draft, subjects)
            elif answers and not repeated:
                label = _answered_before(drafts, draft)
            if answers and not repeated:
                near = {d.object for d in of_article[draft.article] if d.object and paragraph(read, d.evidence) == here}
                label = label or subjects.of(None, draft.context[0].exact, "") or (near.pop() if len(near) == 1 else "")
                label = label or (subjects.main(beside) if len(beside) < BESIDE else None) or ""
        # "I ask for a timetable" beside one's own offer on terms spells the terms out.
        mine = [d for d in of_article[draft.article] if d.holder == draft.holder and d.act == "conditional_offer"]
        if label and not (not draft.object and draft.act in {"demand", "appeal"} and any(d.object == label for d in mine)):
            made.append(replace(draft, object=label))
    return made
