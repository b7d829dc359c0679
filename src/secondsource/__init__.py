"""Second Source: many reports of one story -> one dossier in which every line rests on exact words."""

__version__ = "0.1.0"
