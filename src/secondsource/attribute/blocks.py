"""reporting clauses without content -> the block of words that they lead in

"She added:" and a paragraph without marks; "He said more: that …"; "According to a report by X." as a sentence of its own.
"""

from collections.abc import Iterator, Sequence

from secondsource.attribute.drafts import Draft, parted
from secondsource.attribute.frames import Frames
from secondsource.attribute.quoting import Quoting
from secondsource.model import Sentence


def after_colon(quoting: Quoting, drafts: Sequence[Draft]) -> list[Draft]:
    """Reporting verbs before a colon whose words follow it without marks, in the sentence or as the next paragraph."""
    taken = {(d.sentence, d.verb) for d in drafts}
    out = []
    for number, tree in enumerate(quoting.trees):
        colon = next((t.i for t in tree.tokens if t.text == ":" and quoting.quoted(t.start) is None), None)
        if colon is None or any(
            d == number and tree.tokens[v].start < tree.tokens[colon].start and v >= colon - 4
            for d, v in taken
            if v >= 0 and d == number
        ):
            continue
        content = block_behind(quoting, number, colon)
        verb = leading_verb(quoting, number, colon)
        if content is None or verb is None or (number, verb) in taken:
            continue
        frames = Frames(tree, number, quoting.lexicon)
        speakers, top = frames.speakers(verb, range(colon, len(tree)))
        if not speakers or top is None or not frames.animate(top):
            continue
        cue = frames.cue_words(verb)
        spans = [s for words in speakers if words for s in parted(tree, words)]
        entry = frames.entry(verb)
        kind = (entry.takes.get("clause") or entry.takes.get("quote") or "say") if entry else "say"
        out.append(Draft(number, verb, kind, tree.span(cue), spans, [content], "colon", words=cue))
    return out


def block_behind(quoting: Quoting, number: int, colon: int) -> tuple[int, int] | None:
    tree = quoting.trees[number]
    sentences = quoting.sentences
    if colon < len(tree) - 1:
        start = tree.tokens[colon + 1].start
        end = tree.tokens[-1].end
        if quoting.quoted(start) is not None:
            return None
        return start, end - 1 if quoting.text[end - 1] in ".;" else end
    if number + 1 >= len(sentences) or quoting.same_paragraph(number, number + 1):
        return None
    if quoting.quoted(sentences[number + 1].start) is not None:
        return None
    last = number + 1
    while last + 1 < len(sentences) and quoting.same_paragraph(last, last + 1):
        last += 1
    return sentences[number + 1].start, sentences[last].end


def leading_verb(quoting: Quoting, number: int, colon: int) -> int | None:
    """The last reporting verb before the colon that takes words, with nothing but an object or an adverbial between."""
    tree = quoting.trees[number]
    frames = Frames(tree, number, quoting.lexicon)
    for k in range(colon - 1, max(-1, colon - 9), -1):
        if tree.is_verb(k):
            takes = {f for e in frames.entries(k) for f in e.takes}
            good = (takes & {"quote"} and tree.child(k, "ccomp", "xcomp") is None) or (
                tree.dep(k) == "ROOT" and "quote" in takes
            )
            return k if good and tree.tag(k) in {"VBD", "VBZ", "VBP", "VBN"} else None
    return None


def fragments(quoting: Quoting) -> Iterator[Draft]:
    """ "According to X." alone: the sentence before it in the paragraph, else the one behind it."""
    for number, tree in enumerate(quoting.trees):
        if (
            len(tree) < 3
            or tree.lower(0) != "according"
            or tree.lower(1) != "to"
            or any(tree.tag(k) in {"VBD", "VBZ", "VBP", "MD"} for k in range(len(tree)))
        ):
            continue
        frames = Frames(tree, number, quoting.lexicon)
        speaker, kind = frames.informant(0)
        held = neighbour(quoting, number)
        if speaker and held is not None:
            content = (held.start, held.end - 1 if quoting.text[held.end - 1] == "." else held.end)
            yield Draft(number, 0, kind, tree.span((0, 1)), [tree.span(speaker)], [content], "according", words=(0, 1))


def neighbour(quoting: Quoting, number: int) -> Sentence | None:
    sentences = quoting.sentences
    if number and quoting.same_paragraph(number - 1, number):
        return sentences[number - 1]
    if number + 1 < len(sentences) and quoting.same_paragraph(number, number + 1):
        return sentences[number + 1]
    return None
