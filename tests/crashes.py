"""an `add` that is killed again and again, at moments that chance picks -> the case that is left"""

import os
import random
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from secondsource.case import Case
from secondsource.model import Member
from secondsource.pipeline import Reader

AT = "2031-06-01T00:00:00Z"


def killed_add(folder: Path, documents: Sequence[Member], reader: Reader, *, seconds: float = 0.0, write: int = 0) -> bool:
    """Run `add` in a process of its own and kill it, after `seconds`, or at its `write`th forced write. Whether it was killed.

    The process begins with the reader that is loaded here, so that its life is spent on reading and keeping.
    """
    child = os.fork()
    if child == 0:
        try:
            if write:
                _die_at(write)
            with Case.open(folder, reader=reader) as case:
                case.add(documents, at=AT)
        finally:
            os._exit(0)
    if seconds:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _die_at(write: int) -> None:
    """Kill this process at one of its forced writes: before it for an odd count of them, after it for an even one."""
    force, left = os.fsync, [write]

    def fsync(handle: int) -> None:
        left[0] -= 1
        if left[0] == 0 and write % 2:
            os.kill(os.getpid(), signal.SIGKILL)
        force(handle)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    os.fsync = fsync


def tormented(folder: Path, documents: Sequence[Member], reader: Reader, kills: int, seed: int) -> list[str]:
    """Kill `add` `kills` times, once its first article is in, by the clock and at a forced write in turn, then let it end.

    What `verify` finds on the way and at the end, and how many kills came too late.
    """
    chance = random.Random(seed)
    with Case.open(folder, reader=reader) as case:
        case.add(documents[:1], at=AT)
    found, done = [], 0
    for attempt in range(4 * kills):
        if done == kills:
            break
        how = {"write": chance.randrange(1, 20)} if attempt % 2 else {"seconds": chance.uniform(0.01, 0.1)}
        if killed_add(folder, documents, reader, **how):  # type: ignore[arg-type]
            done += 1
            with Case.open(folder, reader=reader) as case:
                found += [f"after kill {done}: {f.where}: {f.text}" for f in case.verify().findings]
    if done < kills:
        found.append(f"only {done} of {kills} kills came before the end")
    with Case.open(folder, reader=reader) as case:
        case.add(documents, at=AT)
        last = case.verify()
        found += [f"at the end: {f.where}: {f.text}" for f in last.findings]
        found += [f"left over: {name}" for name in last.waiting]
    return found
