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
    drafts += laid_out(article.text, quoting, drafts, discourse.table.states)
    for q in quoting.unowned():
        carry_on(quoting, q, drafts)
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


def laid_out(text: str, quoting: Quoting, drafts: Sequence[Draft], states: Collection[str]) -> list[Draft]:
    """Labels of transcripts and headlines, and hedged clauses that nobody says."""
    out = [from_labelled(x) for x in Labels(text, quoting.sentences, quoting.trees, states).all()]
    covered = [c for d in (*drafts, *out) for c in d.content]
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for a, b in covered:
        for n in range(quoting.sentence_at(a), quoting.sentence_at(b - 1) + 1):
            by_sentence.setdefault(n, []).append((a, b))
    for number, tree in enumerate(quoting.trees):
        out += [from_labelled(x) for x in hedged(tree, number, quoting.lexicon.hedges, by_sentence.get(number, ()))]
    return out


def carry_on(quoting: Quoting, q: Quotation, drafts: list[Draft]) -> None:
    """A quotation that begins a sentence behind a clause that held quoted words: the same speaker goes on."""
    number = quoting.sentence_at(q.start)
    if quoting.text[max(0, q.start - 2) : q.start].rstrip().endswith(":"):
        led = [
            d
            for d in drafts
            if d.sentence == number and d.frame == "clause" and d.kind in GOES_ON and d.content and d.content[-1][1] <= q.start
        ]
        if len(led) == 1:  # told them that the talks would go on: “…”
            led[0].content.append((q.inner_start, q.inner_end))
        return
    if not number or not quoting.same_paragraph(number, number - 1):
        return
    for draft in drafts:
        if (
            draft.sentence == number - 1
            and draft.content
            and not draft.direct
            and draft.frame in {"clause", "preposed", "fenced", "around"}
        ) and (quoting.quoted(draft.content[0][0]) or quoting.quoted(draft.content[-1][1] - 1)):
            draft.content.append((q.inner_start, q.inner_end))
            return
    said = [
        d
        for d in drafts
        if d.sentence == number - 1 and d.frame in {"clause", "preposed", "fenced"} and d.kind in GOES_ON and d.speakers
    ]
    if len({s for d in said for s in d.speakers}) == 1 and q.end - q.start > 25:
        drafts.append(Draft(number, -1, "say", None, list(said[0].speakers), [(q.inner_start, q.inner_end)], "floating", True))
