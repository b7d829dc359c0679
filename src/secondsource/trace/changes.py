"""the words at one hop, the words at the next -> what was dropped, added and changed between them.

Words are compared by stem, wherever they stand: what only moved has not changed. A spelling of a name, a word of saying and the
speaker's own name are no change of what was said.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from secondsource.model import Change, ChangeKind, Quote, Record
from secondsource.trace.words import CONTENT, DAYS, Word

NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "without", "none", "cannot", "nobody", "nothing"})
SPELLED = 0.75  # two names are spellings of one if their letters are as like as this
GAP = 2  # light words between changed ones belong to the same stretch
Quoted = Callable[[int, int], Quote]


class Side(Record, frozen=True, kw_only=True):
    """Words at one hop. `quoted`: in quotation marks, as the speaker's own; None where nobody is said to have said them."""

    words: tuple[Word, ...]
    quoted: bool | None = None
    headline: bool = False
    figures: tuple[tuple[str, float, float | None, str], ...] = ()
    article: str = ""


def changes(before: Side, after: Side, quote_before: Quoted, quote_after: Quoted, skip: frozenset[str]) -> tuple[Change, ...]:
    """All that changed, the gravest first. `skip`: stems that count for nothing (the speaker's names, words of saying)."""
    gone, new = _unmatched(before.words, after.words, skip)
    lost = _stretches(before.words, sorted(gone))
    got = _stretches(after.words, sorted(new))
    made = list(_numbers(before, after, gone, new, quote_before, quote_after))
    made += _form(before, after, quote_before, quote_after)
    heavy = any(after.words[i].weight >= CONTENT for i in new)
    if after.headline and not before.headline and heavy:
        made.append(
            _change("headline_drift", _all(before, quote_before), _all(after, quote_after), "the headline says it otherwise")
        )
    paired, left, right = _paired(before.words, after.words, lost, got)
    for a, b in paired:
        made.append(_change("changed", [quote_before(*a)], [quote_after(*b)], ""))
    made += [_change("dropped", [quote_before(*a)], [], "") for a in left]
    made += [_change("added", [], [quote_after(*b)], "") for b in right]
    return tuple(made)


def _unmatched(before: Sequence[Word], after: Sequence[Word], skip: frozenset[str]) -> tuple[list[int], list[int]]:
    """Places of words of the one that the other has not; light words only where they turn the sense."""
    left, right = Counter(w.stem for w in before), Counter(w.stem for w in after)
    gone = [i for i, w in enumerate(before) if _counts(w, skip) and not right[w.stem]]
    new = [i for i, w in enumerate(after) if _counts(w, skip) and not left[w.stem]]
    # "the second ferry, the first crane" and "the second ferry, the second crane": of numbers each counts.
    gone += [i for i in _spare(before, left, right) if i not in gone]
    new += [i for i in _spare(after, right, left) if i not in new]
    for i in list(gone):
        twin = next((j for j in new if before[i].name and after[j].name and _spelled(before[i].folded, after[j].folded)), None)
        if twin is not None:
            gone.remove(i)
            new.remove(twin)
    return gone, new


def _spare(words: Sequence[Word], mine: Mapping[str, int], theirs: Mapping[str, int]) -> list[int]:
    """Places of numbers that stand here more often than there: the last of them."""
    many = {s: n - theirs[s] for s, n in mine.items() if s[0].isdigit() and theirs[s] and n > theirs[s]}
    made: list[int] = []
    for i in range(len(words) - 1, -1, -1):
        if many.get(words[i].stem, 0):
            many[words[i].stem] -= 1
            made.append(i)
    return made


def _counts(word: Word, skip: frozenset[str]) -> bool:
    return (word.weight >= CONTENT or word.folded in NEGATIONS or word.folded[0].isdigit()) and word.stem not in skip


def _spelled(left: str, right: str) -> bool:
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= SPELLED


def _stretches(words: Sequence[Word], places: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of places, light words between them taken in: (first, last) word."""
    made: list[tuple[int, int]] = []
    for place in places:
        if made and place - made[-1][1] <= GAP + 1 and all(w.weight < CONTENT for w in words[made[-1][1] + 1 : place]):
            made[-1] = (made[-1][0], place)
        else:
            made.append((place, place))
    return made


def _paired(
    before: Sequence[Word], after: Sequence[Word], lost: Sequence[tuple[int, int]], got: Sequence[tuple[int, int]]
) -> tuple[list[tuple[tuple[int, int], tuple[int, int]]], list[tuple[int, int]], list[tuple[int, int]]]:
    """Stretches that stand in each other's place; what was only lost; what was only added. All as offsets in the texts."""
    matcher = SequenceMatcher(None, [w.stem for w in before], [w.stem for w in after], autojunk=False)
    pairs: list[tuple[tuple[int, int], tuple[int, int]]] = []
    left, right = list(lost), list(got)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag != "replace":
            continue
        mine = [s for s in left if s[0] < a_end and a <= s[1]]
        theirs = [s for s in right if s[0] < b_end and b <= s[1]]
        if mine and theirs:
            pairs.append(
                ((before[mine[0][0]].start, before[mine[-1][1]].end), (after[theirs[0][0]].start, after[theirs[-1][1]].end))
            )
            left = [s for s in left if s not in mine]
            right = [s for s in right if s not in theirs]
    return (
        pairs,
        [(before[a].start, before[b].end) for a, b in left],
        [(after[a].start, after[b].end) for a, b in right],
    )


def _numbers(
    before: Side, after: Side, gone: Sequence[int], new: Sequence[int], quote_before: Quoted, quote_after: Quoted
) -> Iterator[Change]:
    """A figure or a day that stands in the place of another."""
    tests: tuple[tuple[ChangeKind, Callable[[Sequence[Word], int], bool]], ...] = (
        ("figure_changed", _is_number), ("date_changed", _is_day),
    )  # fmt: skip
    for kind, fits in tests:
        a = [before.words[i] for i in gone if fits(before.words, i)]
        b = [after.words[i] for i in new if fits(after.words, i)]
        if a and b:
            yield _change(kind, [quote_before(w.start, w.end) for w in a], [quote_after(w.start, w.end) for w in b], "")
    counted = {f[0]: f for f in before.figures}
    if any(_is_number(before.words, i) for i in gone):
        return
    for figure in after.figures:
        old = counted.get(figure[0])
        if old and old[1:3] != figure[1:3] and old[3] != figure[3]:
            text = f"the figure's bound changed: {old[3].replace('_', ' ')}, then {figure[3].replace('_', ' ')}"
            yield _change("figure_changed", _all(before, quote_before), _all(after, quote_after), text)


def _is_number(words: Sequence[Word], place: int) -> bool:
    return words[place].stem[0].isdigit() and not _is_day(words, place)


def _is_day(words: Sequence[Word], place: int) -> bool:
    """A name of a day or month, or a number beside one."""
    if words[place].folded in DAYS and words[place].name:
        return True
    beside = [words[i].folded for i in (place - 1, place + 1) if 0 <= i < len(words)]
    return words[place].stem[0].isdigit() and any(word in DAYS for word in beside)


def _form(before: Side, after: Side, quote_before: Quoted, quote_after: Quoted) -> Iterator[Change]:
    """A quotation that became a paraphrase, or a paraphrase in quotation marks."""
    if before.quoted and not after.quoted and not after.headline:
        text = "what was quoted is now a paraphrase"
        yield _change("quote_to_paraphrase", _all(before, quote_before), _all(after, quote_after), text)
    if not before.quoted and after.quoted and not before.headline and before.article:
        text = "what was a paraphrase now stands in quotation marks"
        yield _change("paraphrase_to_quote", _all(before, quote_before), _all(after, quote_after), text)


def _all(side: Side, quote: Quoted) -> list[Quote]:
    return [quote(side.words[0].start, side.words[-1].end)] if side.words else []


def _change(kind: ChangeKind, before: Sequence[Quote], after: Sequence[Quote], text: str) -> Change:
    old, new = "; ".join(q.exact for q in before), "; ".join(q.exact for q in after)
    words = {"dropped": f"“{old}”", "added": f"“{new}”"}.get(kind) or text or f"“{old}” became “{new}”"
    return Change(kind=kind, text=words, before=tuple(before), after=tuple(after))
