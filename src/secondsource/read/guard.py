"""a risky parse -> its result, or Unreadable: run in a child process with limits on time and memory

The child is this module run by the same interpreter, with an empty environment. It names the work by a key of `WORK`; nothing
of the payload becomes code.
"""

import subprocess
import sys
from importlib import import_module

import msgspec

from secondsource.errors import Unreadable

# What a child may be asked for: key -> module and function from bytes to something that JSON can say.
WORK = {
    "main_text": ("secondsource.read.labels", "parts_of_bytes"),
    "day": ("secondsource.read.papers", "guess_of_bytes"),
    "feed": ("secondsource.read.feeds", "entries"),
    "pdf": ("secondsource.read.pdf", "pages"),
}
SECONDS = 8
MEGABYTES = 900


def guarded(work: str, payload: bytes, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> object:
    """The result of `WORK[work]` on the payload. Raises Unreadable when the child fails, is too slow or too large."""
    paths = [path for path in sys.path if path]
    command = [sys.executable, "-I", "-c", _START, work, str(int(seconds) + 1), str(megabytes), *paths]
    try:
        done = subprocess.run(command, input=payload, capture_output=True, timeout=seconds, env={}, check=False)  # noqa: S603 - this interpreter and a key of WORK
    except subprocess.TimeoutExpired:
        raise Unreadable(f"took more than {seconds:g} seconds to parse") from None
    if done.returncode != 0:
        raise Unreadable(_reason(done.stderr))
    return msgspec.json.decode(done.stdout)


_START = "import sys; sys.path[:] = sys.path + sys.argv[4:]; from secondsource.read.guard import child; child(*sys.argv[1:4])"


def _reason(said: bytes) -> str:
    last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if "Unreadable: " in last:
        return last.partition("Unreadable: ")[2]
    if "MemoryError" in last or not last:
        return "needs more memory than one document may take"
    return f"cannot be parsed ({last[:200]})"


def child(work: str, seconds: str, megabytes: str) -> None:
    """Run in the child: set the limits, do the work, write the result."""
    try:
        import resource
    except ImportError:  # not a Unix: the parent's clock is the only limit
        pass
    else:
        size = int(megabytes) * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    module, function = WORK[work]
    result = getattr(import_module(module), function)(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.json.encode(result))
    sys.stdout.buffer.flush()
