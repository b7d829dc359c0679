"""a folder with a case -> its dossier, and every change an analyst makes to it."""

from secondsource.case.case import Case, is_case, rebuild
from secondsource.case.papers import Given, given

__all__ = ["Case", "Given", "given", "is_case", "rebuild"]
