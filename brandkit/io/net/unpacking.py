"""The body of an answer, unpacked as it comes, so that neither a large nor a tightly packed one fills the memory.

In: an answer that is still to be read, and how many bytes may come and may be made of them. Out: a `Held` body, in
memory while it is small and in a nameless file where it is not: many may wait at once for their turn to be read.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator

import httpx2

from brandkit.io.net.addresses import Deadline
from brandkit.io.net.failures import megabytes

_IN_MEMORY = 64_000
_PIECE = 64_000


class Unusable(Exception):
    """An answer that is no use. The message is one plain line."""


class Held:
    """The bytes of a body until they are taken, which is once."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by whoever takes it
        self.size = 0

    def add(self, piece: bytes) -> None:
        """Add a piece. Raises Unusable where the disk has no room for it."""
        try:
            self._file.write(piece)
        except OSError as error:
            raise Unusable("there is no room on this machine to keep the feed while it is read") from error
        self.size += len(piece)

    def take(self) -> bytes:
        """All of it; nothing is held any longer."""
        with self._file as file:
            file.seek(0)
            return file.read()

    def __del__(self) -> None:
        self._file.close()  # a thread that was given up may end when nobody waits for it


def read_body(answer: httpx2.Response, deadline: Deadline, wire_bytes: int, body_bytes: int) -> Held:
    """The body. Raises Unusable, Overdue, and what breaks a connection."""
    unpack = _unpacker(answer.headers.get("content-encoding", "").strip().lower())
    wire, held = 0, Held()
    for chunk in answer.iter_raw():
        wire += len(chunk)
        if wire > wire_bytes:
            raise Unusable(f"the feed is larger than {megabytes(wire_bytes)}")
        for piece in unpack.pieces(chunk):
            deadline.left()
            if held.size + len(piece) > body_bytes:
                raise Unusable(f"the feed unpacks to more than {megabytes(body_bytes)}")
            held.add(piece)
    if not unpack.complete():
        raise Unusable("the answer broke off before its end")
    return held


class _Plain:
    """Bytes that are not packed."""

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        yield chunk

    def complete(self) -> bool:
        return True


class _Packed:
    """gzip, several in a row too, or deflate with and without its header; in small pieces."""

    def __init__(self, gzip: bool) -> None:
        self._gzip = gzip
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | (16 if gzip else 0))
        self._started = False

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        while chunk and not (self._stream.eof and not self._goes_on(chunk)):
            yield self._inflate(chunk)
            chunk = self._stream.unused_data or self._stream.unconsumed_tail

    def _goes_on(self, chunk: bytes) -> bool:
        """Whether another packed part follows; padding and rubbish do not count."""
        if self._gzip and chunk.startswith(b"\x1f"):
            self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
            return True
        return False

    def _inflate(self, chunk: bytes) -> bytes:
        try:
            found = self._stream.decompress(chunk, _PIECE)
        except zlib.error as error:
            if self._started or self._gzip:
                raise Unusable("the answer is packed in a way that can not be read") from error
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)  # deflate without its header
            self._started = True
            return self._inflate(chunk)
        self._started = True
        return found

    def complete(self) -> bool:
        return self._stream.eof or not self._started


def _unpacker(encoding: str) -> _Plain | _Packed:
    if encoding in ("", "identity"):
        return _Plain()
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Packed(encoding != "deflate")
    raise Unusable(f"the answer is packed as {encoding[:20]!r}, which was not asked for")
