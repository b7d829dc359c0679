"""bytes -> a file that is named by their hash, written once

A file is complete from the moment it has its name: it is written under another name, forced to disk, and renamed. What is
left of a write that was cut short has a name that no hash has, and is taken away by `swept`.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident

UNFINISHED = ".part"


def sha256(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


class Originals:
    """Files under `folder/<first two digits>/<sha256>`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def put(self, payload: bytes) -> str:
        """The hash of these bytes, which are on disk from now on."""
        name = sha256(payload)
        target = self.path(name)
        if target.exists():
            return name
        new = not target.parent.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f"{name}.{os.getpid()}-{get_ident()}{UNFINISHED}")
        try:
            with unfinished.open("wb") as file:
                file.write(payload)
                file.flush()
                os.fsync(file.fileno())
            unfinished.chmod(0o400)
            unfinished.replace(target)
        except FileNotFoundError:
            if not target.exists():  # else another writer of the same bytes was quicker, and swept ours away
                raise
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        for left in target.parent.glob(f"{name}.*{UNFINISHED}"):
            left.unlink(missing_ok=True)  # of an earlier write of these bytes that was cut short
        sync_folder(target.parent)
        if new:
            sync_folder(self.folder)
        return name

    def get(self, name: str) -> bytes | None:
        """The bytes of this hash, None where they are not here. They are not hashed again: `verify` does that."""
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            return None

    def names(self) -> Iterator[str]:
        """Every complete file, in order."""
        for file in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if not file.name.endswith(UNFINISHED):
                yield file.name

    def remove(self, name: str) -> bool:
        """Whether a file of this hash was here; it is not any more."""
        target = self.path(name)
        if not target.exists():
            return False
        target.unlink()
        sync_folder(target.parent)
        return True

    def unfinished(self) -> list[Path]:
        """What writes that were cut short have left."""
        return sorted(self.folder.glob(f"[0-9a-f][0-9a-f]/*{UNFINISHED}"))

    def swept(self) -> int:
        """How many left-overs of writes that were cut short have been taken away."""
        found = self.unfinished()
        for file in found:
            file.unlink(missing_ok=True)
        return len(found)


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a system that cannot open folders keeps their names in its own way
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
