"""a question's verdict and an answer's witnesses -> the Admiralty code of the information, 1 to 6; only where an analyst asks.

1 confirmed by another independent origin, 2 probably, 3 possibly, 4 doubtful, 5 improbable, 6 cannot be judged. It says how
many stand behind an answer, never whether it is true.
"""

from collections.abc import Sequence

from secondsource.model import Testimony

CONFIRMED = 2  # independent origins


def credibility(verdict: str, low: int, members: Sequence[Testimony], against: int) -> int:
    """`low`: independent origins of this answer; `against`: the most independent origins of another one."""
    if low == 0 or all(t.day is None and not t.asserters for t in members):
        return 6
    contested = verdict == "conflicting" and against > 0
    if contested and against >= CONFIRMED and low < CONFIRMED:
        return 5
    if contested or (low < CONFIRMED and any(t.enemy for t in members)):
        return 4
    if low >= CONFIRMED:
        return 2 if verdict in {"disputed", "denied"} else 1
    return 4 if verdict in {"disputed", "denied"} else 3
