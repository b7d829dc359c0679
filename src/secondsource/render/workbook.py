"""dossier -> one XLSX workbook: a sheet for each table, numbers as numbers, text as text that is never a formula

The same dossier gives the same bytes: the parts of the file are sorted and bear one fixed time.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from secondsource.model import Dossier
from secondsource.render.foreign import Foreign, counted_again, scalar
from secondsource.render.lookup import Lookup
from secondsource.render.tables import LOST, TABLES, Cell, codebook

MOST_TEXT = 32_767  # UTF-16 units of a cell, by the format
MOST_ROWS = 1_048_575  # below the line of names
WIDE = {
    "words": 70,
    "text": 50,
    "answer_text": 30,
    "reason": 40,
    "reasons": 40,
    "title": 50,
    "holds": 60,
    "what this workbook leaves out": 90,
}
FIXED = b"2000-01-01T00:00:00Z"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class Fitting:
    """Makes cells that the format can hold, and counts what it had to change."""

    def __init__(self) -> None:
        self.cut = self.controls = self.rows = 0

    def text(self, value: str) -> str:
        made = scalar(value)
        plain: str = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", made)
        self.controls += plain != made
        if len(plain) * 2 > MOST_TEXT and len(plain.encode("utf-16-le")) > MOST_TEXT * 2:
            self.cut += 1
            return plain.encode("utf-16-le")[: (MOST_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"
        return plain

    def lost(self) -> tuple[str, ...]:
        return (
            *counted_again(self.cut, "cell", "cells", f"longer than {MOST_TEXT} characters: cut, with … at the end"),
            *counted_again(self.controls, "cell", "cells", "with characters that XLSX cannot hold, replaced"),
            *counted_again(self.rows, "row", "rows", f"beyond the {MOST_ROWS} that a sheet holds"),
        )


def workbook(dossier: Dossier) -> Foreign:
    """One file, dossier.xlsx."""
    look, made, fitting, count = Lookup(dossier), Workbook(write_only=True), Fitting(), 0
    for name, (columns, rows) in TABLES.items():
        count += _sheet(made, name, tuple(columns), rows(look), fitting)
    _sheet(made, "codebook", ("table", "column", "holds"), codebook(), fitting)
    lost = (*LOST, *fitting.lost())
    _sheet(made, "left_out", ("what this workbook leaves out",), ((line,) for line in lost), fitting)
    held = io.BytesIO()
    made.save(held)
    return Foreign(files={"dossier.xlsx": _fixed(held.getvalue())}, lost=lost, rows=count)


def _sheet(book: Workbook, name: str, columns: tuple[str, ...], rows: Iterator[tuple[Cell, ...]], fitting: Fitting) -> int:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns):
        sheet.column_dimensions[_letters(number)].width = WIDE.get(column, 18)
    sheet.append([_cell(sheet, column, fitting, bold=True) for column in columns])
    count = 0
    for row in rows:
        if count == MOST_ROWS:
            fitting.rows += 1
            continue
        sheet.append([_cell(sheet, value, fitting) for value in row])
        count += 1
    return count


def _letters(number: int) -> str:
    return chr(65 + number) if number < 26 else chr(64 + number // 26) + chr(65 + number % 26)


def _cell(sheet: object, value: Cell, fitting: Fitting, *, bold: bool = False) -> object:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return int(value) if value == int(value) else value
    made = WriteOnlyCell(sheet, value=None)
    made.value = fitting.text(value)
    made.data_type = "s"  # whatever it begins with
    if bold:
        made.font = Font(bold=True)
    return made


def _fixed(payload: bytes) -> bytes:
    """The same workbook with its parts sorted and no clock in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(payload)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(given.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            part = given.read(name)
            if name == "docProps/core.xml":
                part = _TIMES.sub(rb"\g<1>" + FIXED, part)
            out.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
