"""case.toml, outlets.toml -> what the analyst entered: the case's name, roles, house terms, options, the register of outlets"""

import tomllib
from pathlib import Path
from typing import Any

from secondsource.errors import BadInput
from secondsource.model import Record
from secondsource.resolve.rulings import ROLES

CASE, OUTLETS = "case.toml", "outlets.toml"
NEW_CASE = """# What this case is, and what its analysts ruled for all of it. Change it with any editor.
name = {name}

[roles]
# "Orsenia" = "party"      # party, backer, mediator, neighbour or observer; proposed by nobody else

[terms]
# "the border zone" = "Maresch district"      # your house's word for what reports call otherwise, for your own notes

[options]
# admiralty = true         # give answers a code of credibility
"""
NEW_OUTLETS = """# What you know of outlets; nothing is ever guessed. All entries are optional.
# ["Halden Gazette"]
# owner = "…"
# state_control = "…"
# country = "…"
# reliability = "B"        # A to F
# by = "I. Analyst"
"""


class Settings(Record, frozen=True, kw_only=True):
    """What the two files hold. `roles`: an actor's name -> role."""

    name: str
    roles: dict[str, str]
    terms: dict[str, str]
    admiralty: bool
    outlets: dict[str, Any]


def create(folder: Path, name: str) -> None:
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    (folder / CASE).write_text(NEW_CASE.format(name=quoted), encoding="utf-8")
    (folder / OUTLETS).write_text(NEW_OUTLETS, encoding="utf-8")


def settings(folder: Path) -> Settings:
    """Raises BadInput, naming the file and what is wrong in it."""
    held, outlets = _table(folder / CASE), _table(folder / OUTLETS)
    roles, options = held.get("roles", {}), held.get("options", {})
    for name, role in roles.items():
        if role not in ROLES:
            raise BadInput(f"{CASE}: the role of {name!r} is one of {', '.join(ROLES)}, not {role!r}")
    return Settings(
        name=str(held.get("name", folder.name)),
        roles=dict(roles),
        terms=dict(held.get("terms", {})),
        admiralty=options.get("admiralty") is True,
        outlets=outlets,
    )


def _table(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{file.name}: {error}; mend the file") from error
