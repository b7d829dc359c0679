"""two copies -> which sentence of the one stands in the place of which of the other, in order."""

from collections.abc import Sequence
from itertools import pairwise

from secondsource.trace.likeness import quick
from secondsource.trace.passage import Passage

LEAST = 0.16  # likeness of two sentences that stand in each other's place
JOINED = 2  # words of content that a sentence shares with the longer one it became part of
MOST = 120  # sentences of an article that are aligned


def aligned(left: Sequence[Passage], right: Sequence[Passage]) -> dict[tuple[int, int], tuple[int, int]]:
    """Spans of the left article's sentences -> those of the right's. A lone sentence between two aligned pairs is paired too:
    whoever rewords a text line by line keeps their order."""
    a, b = list(left[:MOST]), list(right[:MOST])
    like = [[quick(x.words, y.words) for y in b] for x in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            score = like[i][j].score if like[i][j].shared else 0.0
            both = best[i + 1][j + 1] + score if score >= LEAST else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        score = like[i][j].score if like[i][j].shared else 0.0
        if score >= LEAST and best[i][j] == best[i + 1][j + 1] + score:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    ends = [(-1, -1), *pairs, (len(a), len(b))]
    between = [
        (x + 1, y + 1) for (x, y), (x2, y2) in pairwise(ends)
        if x2 - x == 2 and y2 - y == 2 and a[x + 1].segment == b[y + 1].segment
    ]  # fmt: skip
    done = dict(sorted([*pairs, *between]))
    for x in range(len(a)):
        # Two sentences that became one: the second stands where its neighbour does.
        beside = [done[n] for n in (x - 1, x + 1) if n in done]
        fit = [y for y in beside if x not in done and like[x][y].shared >= JOINED and like[x][y].score >= LEAST]
        if fit:
            done[x] = max(fit, key=lambda y: like[x][y].score)
    return {a[x].spans[0]: b[y].spans[0] for x, y in done.items()}
