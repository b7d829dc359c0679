"""the name of a format -> what writes a dossier in it. A format joins by one line here."""

from collections.abc import Callable

from secondsource.model import Dossier
from secondsource.render import acled, followthemoney, jsonld, notes, parquet, tables, timelinejs, workbook
from secondsource.render.foreign import Foreign

FORMATS: dict[str, Callable[[Dossier], Foreign]] = {
    "csv": tables.foreign,
    "xlsx": workbook.workbook,
    "parquet": parquet.parquet,
    "jsonld": jsonld.foreign,
    "ftm": followthemoney.entities,
    "acled": acled.events,
    "timelinejs": timelinejs.slides,
    "md": notes.notes,
}
