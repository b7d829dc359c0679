"""`add` is killed fifty times, and the case is the one that nobody disturbed."""

from pathlib import Path

import pytest

from crashes import AT, tormented
from secondsource.case import Case
from secondsource.pipeline import Reader
from shelf import exported
from short_reports import reports

pytestmark = pytest.mark.slow
KILLS, ARTICLES, SEED = 50, 200, 7


def test_fifty_kills_leave_the_case_that_nobody_disturbed(tmp_path: Path) -> None:
    reader = Reader()
    reader.parser  # noqa: B018  loaded once, before any process is made
    documents = reports(ARTICLES)
    with Case.init(tmp_path / "quiet", at=AT) as quiet:
        quiet.journal.known_reader = reader
        quiet.add(documents, at=AT)
        wanted = exported(quiet, tmp_path / "wanted")
    Case.init(tmp_path / "case", at=AT).close()
    assert tormented(tmp_path / "case", documents, reader, KILLS, SEED) == []
    with Case.open(tmp_path / "case") as case:
        assert len(list(case.papers())) == ARTICLES
        assert exported(case, tmp_path / "left") == wanted
