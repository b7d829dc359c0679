"""command line -> files and words on the terminal."""

import sys

from secondsource.cli import reports  # noqa: F401  its commands join the app
from secondsource.cli.app import USAGE, app, log
from secondsource.errors import BadInput


def main() -> None:
    """The console script: a caller's mistake ends with a line that says what to do, and exit code 2."""
    try:
        app()
    except BadInput as mistake:
        log.print(f"secondsource: {mistake}", soft_wrap=True, style="red", markup=False)
        sys.exit(USAGE)
