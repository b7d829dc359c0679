"""a folder with a case -> its dossier, and every change an analyst makes to it."""
