"""`python -m secondsource.cli` -> the command line."""

from secondsource.cli import main

main()
