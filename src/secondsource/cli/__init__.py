"""command line -> files and words on the terminal."""

import os
import sys

# One thread a process, set before numpy is imported: its matrices are small, more threads only wait. No record changes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from secondsource.cli import archives, cases, reports, review, serving  # noqa: F401  their commands join the app
from secondsource.cli.app import DAMAGED, USAGE, app, log
from secondsource.errors import BadInput, DamagedCase


def main() -> None:
    """The console script: a caller's mistake ends with a line that says what to do, and exit code 2; a damaged case with 4."""
    try:
        app()
    except BadInput as mistake:
        log.print(f"secondsource: {mistake}", soft_wrap=True, style="red", markup=False)
        sys.exit(USAGE)
    except DamagedCase as damage:
        log.print(f"secondsource: {damage}", soft_wrap=True, style="red", markup=False)
        sys.exit(DAMAGED)
