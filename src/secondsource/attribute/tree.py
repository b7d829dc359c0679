"""sentence -> answers about its dependency tree"""

from collections.abc import Callable, Iterable

from secondsource.model import Sentence, Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
NAME_TAGS = frozenset({"NNP", "NNPS"})


class Tree:
    """Questions about one parsed sentence; words are named by their place in it. A cut sentence can have several roots."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self._children: list[list[int]] = [[] for _ in self.tokens]
        for t in self.tokens:
            if t.head != t.i:
                self._children[t.head].append(t.i)
        self.words = [t.text.lower().replace("’", "'") for t in self.tokens]  # in lower case, with straight apostrophes
        self._subtrees: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def children(self, i: int, *deps: str) -> list[int]:
        """Direct dependents of word `i`, in order; only those with one of `deps` if given."""
        return [c for c in self._children[i] if not deps or self.tokens[c].dep in deps]

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependent with one of `deps`."""
        return next((c for c in self._children[i] if self.tokens[c].dep in deps), None)

    def head(self, i: int) -> int | None:
        """The word that `i` hangs on; None for a root."""
        head = self.tokens[i].head
        return None if head == i else head

    def dep(self, i: int) -> str:
        return self.tokens[i].dep

    def tag(self, i: int) -> str:
        return self.tokens[i].tag

    def lower(self, i: int) -> str:
        return self.words[i]

    def subtree(self, i: int, skip: Callable[[int], bool] | None = None) -> list[int]:
        """`i` and all that hangs on it, in order, without the branches whose top word `skip` rejects."""
        if skip is None and i in self._subtrees:
            return self._subtrees[i]
        out, stack = [], [i]
        while stack:
            j = stack.pop()
            out.append(j)
            stack.extend(c for c in self._children[j] if skip is None or not skip(c))
        out.sort()
        if skip is None:
            self._subtrees[i] = out
        return out

    def ancestors(self, i: int) -> list[int]:
        """The heads of `i`, nearest first."""
        out = []
        head = self.head(i)
        while head is not None:
            out.append(head)
            head = self.head(head)
        return out

    def subject(self, i: int) -> int | None:
        """The verb's own subject, active or passive."""
        return self.child(i, *SUBJECTS)

    def is_verb(self, i: int) -> bool:
        return self.tokens[i].tag in VERB_TAGS

    def is_passive(self, i: int) -> bool:
        return self.child(i, "nsubjpass", "csubjpass", "auxpass") is not None

    def is_negated(self, i: int) -> bool:
        return self.child(i, "neg") is not None

    def span(self, words: Iterable[int]) -> tuple[int, int]:
        """Offsets in the article from the first to the last of `words`."""
        places = list(words)
        return self.tokens[min(places)].start, self.tokens[max(places)].end

    def at(self, start: int, end: int) -> list[int]:
        """The words that lie inside `[start, end)`."""
        return [t.i for t in self.tokens if t.start >= start and t.end <= end]

    def top(self, words: Iterable[int]) -> int | None:
        """The word among `words` on which the others hang (the first whose head is outside)."""
        inside = set(words)
        return next((i for i in sorted(inside) if self.head(i) is None or self.tokens[i].head not in inside), None)
