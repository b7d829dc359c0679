"""sentences, quotations, mentions, times, cues -> attributions: who said what, and through whom"""

from collections.abc import Collection, Sequence
from typing import Any

from secondsource.attribute.blocks import after_colon, fragments
from secondsource.attribute.drafts import Draft, from_found, from_labelled, from_silence, from_spoken
from secondsource.attribute.forms import Lexicon
from secondsource.attribute.frames import Frames
from secondsource.attribute.labels import Labels, hedged
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.quoting import Quoting
from secondsource.attribute.records import Recorder
from secondsource.attribute.silence import Silence
from secondsource.model import Article, Attribution, Quotation, Sentence, TimeExpression

Near = dict[int, list[Draft]]
SPOKEN_FRAMES = frozenset({"clause", "preposed", "fenced", "around", "quote"})
PRONOUNS = frozenset({"he", "she", "they", "it"})
GOES_ON = frozenset({"say", "claim", "confirm", "deny", "warn", "accuse", "demand", "urge"})


def attributions(
    article: Article,
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
    discourse: Discourse,
    times: Sequence[TimeExpression],
    cues: dict[str, Any],
) -> tuple[Attribution, ...]:
    """Every attribution of the article, nested ones with their parent, in the text's order."""
    lexicon = Lexicon.of(cues)
    quoting = Quoting(article.text, sentences, discourse.trees, quotations, lexicon)
    drafts = spoken_drafts(quoting)
    drafts += framed_drafts(quoting, {(d.sentence, d.verb) for d in drafts})
    drafts += after_colon(quoting, drafts)
    drafts += fragments(quoting)
    drafts += laid_out(article.text, quoting, drafts, discourse.table.states, discourse.table.things)
    near: dict[int, list[Draft]] = {}  # by paragraph
    for d in drafts:
        near.setdefault(quoting.sentences[d.sentence].paragraph, []).append(d)
    for q in quoting.unowned():
        made = carry_on(quoting, q, near)
        if made is not None:
            drafts.append(made)
            near.setdefault(quoting.sentences[made.sentence].paragraph, []).append(made)
    drafts = [d for d in drafts if not own_view(quoting, d)]
    return Recorder(article, sentences, quotations, discourse, times, lexicon).records(drafts)


def spoken_drafts(quoting: Quoting) -> list[Draft]:
    """Quotations under their reporting words."""
    spoken = quoting.assign()
    return [from_spoken(quoting.trees, s) for s in spoken if s.quotations]


def framed_drafts(quoting: Quoting, taken: set[tuple[int, int]]) -> list[Draft]:
    """Clauses, objects, nouns and phrases, sentence by sentence; silences before them, since they look like refusals."""
    out: list[Draft] = []
    for number, tree in enumerate(quoting.trees):
        silent = list(Silence(tree, number, quoting.lexicon).all())
        inside = {k for f in silent for k in f.cue_words}
        out += [from_silence(quoting, f) for f in silent]
        for found in Frames(tree, number, quoting.lexicon).all():
            if (number, found.cue) not in taken and found.cue not in inside:
                draft = from_found(tree, found, quoting)
                if draft is not None:
                    out.append(draft)
    return out


def laid_out(
    text: str, quoting: Quoting, drafts: Sequence[Draft], states: Collection[str], topics: Collection[str] = ()
) -> list[Draft]:
    """Labels of transcripts and headlines, and hedged clauses that nobody says."""
    out = [from_labelled(x) for x in Labels(text, quoting.sentences, quoting.trees, states, topics).all()]
    signed = {d.sentence: d for d in out if d.speakers and d.content and d.speakers[0][0] > d.content[-1][1]}
    for d in drafts:
        if (name := signed.get(d.sentence)) is not None:  # "X says the ford is closed – radio": the radio is no part of it
            d.content = [(a, min(b, name.content[-1][1]) if a < name.content[-1][1] else b) for a, b in d.content]
    covered = [c for d in (*drafts, *out) for c in d.content]
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for a, b in covered:
        for n in range(quoting.sentence_at(a), quoting.sentence_at(b - 1) + 1):
            by_sentence.setdefault(n, []).append((a, b))
    for number, tree in enumerate(quoting.trees):
        out += [from_labelled(x) for x in hedged(tree, number, quoting.lexicon.hedges, by_sentence.get(number, ()))]
    return out


def behind_paragraph(quoting: Quoting, q: Quotation, number: int, near: Near) -> Draft | None:
    """A paragraph that is one quotation: it goes on the speech of the paragraph before, where only one speaker is heard."""
    if not number or not (q.continues or quoting.alone(q)):
        return None
    there = [d for d in near.get(quoting.sentences[number - 1].paragraph, ()) if d.content]
    last = quoting.quotation_before(q)
    if q.continues and last is not None:
        held = [d for d in there if any(a <= last.inner_start and last.inner_end <= b for a, b in d.content)]
        if held:
            max(held, key=lambda d: d.content[-1][1] - d.content[0][0]).content.append((q.inner_start, q.inner_end))
            return None
    said = [d for d in there if d.speakers and d.kind in GOES_ON and d.frame in SPOKEN_FRAMES]
    names = {quoting.text[a:b].lower().split()[-1] for d in said for a, b in d.speakers}
    named = [d for d in said if quoting.text[slice(*d.speakers[0])].lower() not in PRONOUNS]
    ends = bool(said) and max(d.sentence for d in said) == number - 1
    if len(names - PRONOUNS) > 1 or not ends or any(len(d.speakers) > 1 for d in said):
        return None
    speakers = list((named or said)[-1].speakers)
    return Draft(number, -1, "say", None, speakers, [(q.inner_start, q.inner_end)], "floating", True)


def own_view(quoting: Quoting, draft: Draft) -> bool:
    """ "I think …" in a quotation that nobody is known to have spoken: not a statement of its own."""
    if not draft.speakers or draft.cue is None or quoting.quoted(draft.cue[0]) is None:
        return False
    a, b = draft.speakers[0]
    held = quoting.quoted(a)
    return quoting.text[a:b].lower() in {"i", "we"} and held is not None and held.start not in quoting.owner


def carry_on(quoting: Quoting, q: Quotation, near: Near) -> Draft | None:
    """A quotation that begins a sentence behind a clause that held quoted words: the same speaker goes on. It is joined to
    that speaker's draft, or comes back as one of its own."""
    number = quoting.sentence_at(q.start)
    here = near.get(quoting.sentences[number].paragraph, ())
    if quoting.text[max(0, q.start - 2) : q.start].rstrip().endswith(":"):
        led = [
            d
            for d in here
            if d.sentence == number and d.frame == "clause" and d.kind in GOES_ON and d.content and d.content[-1][1] <= q.start
        ]
        if len(led) == 1:  # told them that the talks would go on: “…”
            led[0].content.append((q.inner_start, q.inner_end))
        return None
    if not number or not quoting.same_paragraph(number, number - 1):
        return behind_paragraph(quoting, q, number, near)
    before = [d for d in here if d.sentence == number - 1]
    for draft in before:
        if (draft.content and not draft.direct and draft.frame in {"clause", "preposed", "fenced", "around"}) and (
            quoting.quoted(draft.content[0][0]) or quoting.quoted(draft.content[-1][1] - 1)
        ):
            draft.content.append((q.inner_start, q.inner_end))
            return None
    said = [d for d in before if d.frame in {"clause", "preposed", "fenced"} and d.kind in GOES_ON and d.speakers]
    if len({s for d in said for s in d.speakers}) == 1 and q.end - q.start > 25:
        return Draft(number, -1, "say", None, list(said[0].speakers), [(q.inner_start, q.inner_end)], "floating", True)
    return None
