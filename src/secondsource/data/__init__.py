"""Words, not code: the tables that the stages are handed. Each .toml file says in a comment how to extend it."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name`.toml as a dict; treat it as read-only."""
    with resources.files(__package__).joinpath(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
