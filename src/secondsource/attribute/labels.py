"""sentences -> speech that only the layout gives to somebody

Transcripts ("NAME: words", "Q: … A: …"), headlines ("Name: words", "words – name"), hedged clauses ("reportedly").
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from secondsource.attribute.tree import NAME_TAGS, Tree
from secondsource.model import Sentence

LABEL = re.compile(r"[\"“]?(?:[A-Z][\w.'’-]*|[A-Z])(?: (?:[A-Z][\w.'’-]*|of|the|de|bin|al)){0,5} ?(?::|―|—) ")
HEADED = re.compile(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}: ")
BEHIND = re.compile(r" ?(?::|[–—―-]) ?((?:[A-Z][\w.'’-]*|[a-z][\w.'’-]*)(?: [\w.'’-]+){0,4})$")
MARKS = frozenset({'"', "“"})
TERMINAL = ".!?…”\"’'"
NOT_NAMES = frozenset(
    [
        "read",
        "more",
        "watch",
        "see",
        "also",
        "related",
        "photo",
        "photos",
        "video",
        "update",
        "breaking",
        "interactive",
        "infographic",
        "timeline",
        "profile",
        "explainer",
        "explained",
        "gallery",
        "podcast",
        "factbox",
        "background",
        "feature",
        "features",
        "highlights",
        "listen",
        "special",
        "focus",
        "report",
        "crosstalk",
        "live",
        "analysis",
        "opinion",
        "note",
        "editor's",
        "source",
        "sources",
        "exclusive",
        "image",
        "file",
        "caption",
        "credit",
        "warning",
        "correction",
        "fact",
        "tags",
        "topics",
        "share",
        "print",
        "by",
        "written",
        "published",
        "updated",
        "location",
        "date",
    ]
)


@dataclass
class Labelled:
    """Words under a label; offsets in the article."""

    sentence: int
    speaker: tuple[int, int] | None
    content: list[tuple[int, int]]
    kind: str = "say"
    cue: tuple[int, int] | None = None
    frame: str = "label"


class Labels:
    """Reads the layout of one article."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        trees: Sequence[Tree],
        states: Collection[str] = frozenset(),
        topics: Collection[str] = frozenset(),
    ) -> None:
        self.states, self.topics = states, topics  # names of countries, last words of names of things; in lower case
        self.text, self.sentences, self.trees = text, sentences, trees
        self.paragraphs: list[tuple[int, int, int]] = []  # first sentence, start, end
        for n, s in enumerate(sentences):
            if self.paragraphs and sentences[n - 1].paragraph == s.paragraph:
                first, start, _ = self.paragraphs[-1]
                self.paragraphs[-1] = (first, start, s.end)
            else:
                self.paragraphs.append((n, s.start, s.end))

    def all(self) -> Iterator[Labelled]:
        """Transcripts where at least two lines are labelled; else headlines of the form "Name: words"."""
        labelled = []
        for first, start, end in self.paragraphs:
            match = LABEL.match(self.text, start, end) or (self._headed(first, start, end))
            if match and self._is_name(match[0]):
                labelled.append((first, start, end, match.end()))
        rows = {first for first, *_ in labelled}
        for first, start, end, begin in labelled:
            start += self.text[start] in MARKS
            name_end = begin - 2
            while name_end > start and self.text[name_end - 1] in " :":
                name_end -= 1
            title = self.text[end - 1] not in TERMINAL and (len(labelled) < 2 or self.sentences[first].segment == "title")
            title = title or (first == 0 and self._capitals(begin, end))
            if title and self._topic(start, name_end):
                continue
            if begin >= end or self.text[begin] in "“\"‘'«" or not (title or len(labelled) > 1):
                continue
            if not self._neighbour(first, rows) and not title:
                continue
            kind = "ask" if self.text[start:end].rstrip('”"').endswith("?") else "say"
            yield Labelled(first, (start, name_end), [(begin, end)], kind)
        yield from self._behind(rows)

    def _capitals(self, start: int, end: int) -> bool:
        """Whether a line is a headline in capitals, though a full stop ends it: "Poll: Voters Leave Party for Rival"."""
        words = [w for w in self.text[start:end].split() if w[:1].isalpha() and len(w) > 3]
        return end - start <= 130 and len(words) > 3 and sum(w[:1].isupper() for w in words) >= 0.8 * len(words)

    def _topic(self, start: int, end: int) -> bool:
        """ "Vardia: Rebels agree", "Vardia War: …": the country or the story a headline is about, not its speaker."""
        label = self.text[start:end].strip(" '’\"").lower().removeprefix("the ")
        return label in self.states or (" " in label and label.rpartition(" ")[2] in self.topics)

    def _headed(self, first: int, start: int, end: int) -> re.Match[str] | None:
        """A headline "Port workers: no ships today"."""
        match = HEADED.match(self.text, start, end)
        if match is None or self.text[end - 1] in TERMINAL or end - start > 160:
            return None
        tree = self.trees[first]
        name = tree.at(start, match.end() - 2)
        return match if name and not any(tree.is_verb(k) for k in name) else None

    def _neighbour(self, first: int, rows: set[int]) -> bool:
        """A transcript has labels on lines next to each other, or a third line off."""
        places = [k for k, p in enumerate(self.paragraphs) if p[0] in rows]
        here = next(k for k, p in enumerate(self.paragraphs) if p[0] == first)
        return any(k != here and abs(k - here) <= 3 for k in places)

    def _is_name(self, label: str) -> bool:
        words = label.strip(" :―—").split()
        return bool(words) and not any(w.lower() in NOT_NAMES for w in words)

    def _behind(self, rows: set[int]) -> Iterator[Labelled]:
        """words: Name; words – name, on a line that no full stop ends."""
        for first, start, end in self.paragraphs:
            if first in rows or end - start > 160 or self.text[end - 1] in TERMINAL or self.sentences[first].end != end:
                continue
            match = BEHIND.search(self.text, start, end)
            tree = self.trees[first]
            if not match or match.start() - start < 8:
                continue
            if match[0].lstrip()[0] == "-" and not match[0].startswith(" "):
                continue
            name = tree.at(match.start(1), end)
            said = tree.at(start, match.start())
            if (
                not name
                or not said
                or tree.tag(name[-1]) not in NAME_TAGS | {"NN", "NNS"}
                or any(tree.is_verb(k) for k in name)
            ):
                continue
            if not any(tree.is_verb(k) for k in said) or tree.tokens[said[-1]].text in {"”", '"', "’", "'"}:
                continue
            yield Labelled(first, (match.start(1), end), [(start, match.start())])


def hedged(tree: Tree, number: int, hedges: frozenset[str], covered: Sequence[tuple[int, int]]) -> Iterator[Labelled]:
    """Clauses that are marked as hearsay and given to nobody: "The army reportedly withdrew"."""
    for t in tree.tokens:
        if t.text.lower() not in hedges or any(a <= t.start < b for a, b in covered):
            continue
        head = tree.head(t.i)
        if head is None:
            continue
        clause = head
        if not tree.is_verb(head):
            clause = next((a for a in tree.ancestors(t.i) if tree.is_verb(a)), head)
        if tree.dep(clause) in {"aux", "auxpass"}:
            up = tree.head(clause)
            clause = clause if up is None else up
        words = list(tree.subtree(clause))
        if tree.dep(clause) in {"relcl", "acl"} and (noun := tree.head(clause)) is not None:
            left = [k for k in tree.subtree(noun) if k <= noun]
            words = sorted({*left, *words})
        words = without_absolute(tree, clause, words)
        parts = []
        for a, b in ((words[0], t.i), (t.i + 1, words[-1] + 1)):
            while a < b and tree.tag(a) in {",", ":", "CC"}:
                a += 1
            while b > a and tree.tag(b - 1) in {",", ".", ":"}:
                b -= 1
            if a < b:
                parts.append((tree.tokens[a].start, tree.tokens[b - 1].end))
        if parts and sum(b - a for a, b in parts) > 12:
            yield Labelled(number, None, parts, "report", (t.start, t.end), "hedge")


def without_absolute(tree: Tree, clause: int, words: list[int]) -> list[int]:
    """Without ", with X doing Y" at the end, which is another statement."""
    for p in tree.children(clause, "prep"):
        sub = tree.subtree(p)
        if (
            tree.lower(p) == "with"
            and p > clause
            and sub[0]
            and tree.tokens[sub[0] - 1].text == ","
            and any(tree.tag(k) == "VBG" for k in sub)
        ):
            return [k for k in words if k < sub[0]]
    return words
