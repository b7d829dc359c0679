"""records <-> the case file: originals by hash, rows in SQLite, and the log of who did what."""
