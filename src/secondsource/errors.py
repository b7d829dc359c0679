"""What can go wrong, and whose it is to mend.

SecondSourceError
├── BadInput           the caller's: says what, where, and what to do (exit code 2)
├── Unreadable         one input's: becomes a Problem, the others go on (exit code 3)
├── DamagedCase        the case file's (exit code 4)
└── BrokenInvariant    ours: stops the run
"""


class SecondSourceError(Exception):
    """The root of every error that this package raises on purpose."""


class BadInput(SecondSourceError):
    """The caller asked for something that cannot be done; the message says what to do instead."""


class Unreadable(SecondSourceError):
    """One input cannot be read; the pipeline turns it into a Problem and goes on."""


class DamagedCase(SecondSourceError):
    """The case file does not hold what it promises."""


class BrokenInvariant(SecondSourceError):
    """A promise between records does not hold: a defect of this program."""
