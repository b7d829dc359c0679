"""packed bytes -> what is packed in them, within limits

Names inside an archive are labels and never paths: nothing is written. Links, devices and names that lead out are refused.
"""

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from secondsource.errors import Unreadable
from secondsource.model import Record

_FREE = 10_000_000  # bytes below which no ratio is asked for
_STEP = 1 << 16


class Limits(Record, frozen=True, kw_only=True):
    """What one input may cost. Bytes after decompression; `ratio` is decompressed to compressed, counted above 10 MB."""

    member_bytes: int = 64_000_000
    total_bytes: int = 256_000_000
    members: int = 10_000
    ratio: int = 100
    depth: int = 2


class Budget:
    """What one input may still unpack, over all its levels."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.total_bytes

    def spend(self, size: int) -> None:
        """Take `size` bytes from it. Raises Unreadable when it is used up."""
        self.left -= size
        if self.left < 0:
            raise Unreadable("unpacks to more than one input may hold: the rest is not read")


def gunzip(payload: bytes, limits: Limits) -> bytes:
    """All gzip members of the payload, one after another. Raises Unreadable above the limits or where it breaks off."""
    made = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(payload)) as packed:
            while piece := packed.read(_STEP):
                made.write(piece)
                _check(made.tell(), len(payload), limits.total_bytes, limits)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"damaged gzip data ({error})") from error
    return made.getvalue()


def _check(size: int, packed: int, most: int, limits: Limits) -> None:
    if size > most:
        raise Unreadable(f"unpacks to more than {most // 1_000_000} MB")
    if size > _FREE and size > packed * limits.ratio:
        raise Unreadable(f"unpacks to more than {limits.ratio} times its size")


def unzip(payload: bytes, limits: Limits) -> Iterator[tuple[str, bytes | str]]:
    """(name, bytes) of every file of a zip, or (name, reason) where it is refused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(payload))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(f"damaged zip archive ({error})") from error
    total = 0
    with archive:
        for number, info in enumerate(archive.infolist()):
            if number >= limits.members:
                yield "", f"more than {limits.members} members: the rest is not read"
                return
            if info.is_dir():
                continue
            found = _unzip_one(archive, info, limits, limits.total_bytes - total)
            total += len(found) if isinstance(found, bytes) else 0
            yield info.filename, found


def _unzip_one(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, left: int) -> bytes | str:
    if _leads_out(info.filename):
        return "its name leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link"
    if info.flag_bits & 1:
        return "it is encrypted"
    made = io.BytesIO()
    try:
        with archive.open(info) as packed:
            while piece := packed.read(_STEP):
                made.write(piece)
                _check(made.tell(), info.compress_size, min(limits.member_bytes, left), limits)
    except Unreadable as error:
        return str(error)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        return f"damaged ({error})"
    return made.getvalue()


def untar(payload: bytes, limits: Limits) -> Iterator[tuple[str, bytes | str]]:
    """(name, bytes) of every file of an unpacked tar, or (name, reason) where it is refused."""
    try:
        with tarfile.open(fileobj=io.BytesIO(payload), mode="r:") as archive:
            for number, info in enumerate(archive):
                if number >= limits.members:
                    yield "", f"more than {limits.members} members: the rest is not read"
                    return
                if info.isdir():
                    continue
                yield info.name, _untar_one(archive, info, limits)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise Unreadable(f"damaged tar archive ({error})") from error


def _untar_one(archive: tarfile.TarFile, info: tarfile.TarInfo, limits: Limits) -> bytes | str:
    if _leads_out(info.name):
        return "its name leads out of the archive"
    if not info.isfile():
        return "it is a link or a device"
    if info.size > limits.member_bytes:
        return f"larger than {limits.member_bytes // 1_000_000} MB"
    packed = archive.extractfile(info)
    return packed.read(limits.member_bytes) if packed else "it is no file"


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]
