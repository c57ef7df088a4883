"""What a server does wrong, and the line that people read for it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.hostile.hostile_server import Deed

SECONDS = 3
NO_HTTP = "127.0.0.1 broke off, or its answer is no proper HTTP"
NO_FEED = "this is not a feed that brandkit can read"


@dataclass(frozen=True)
class Misbehaviour:
    """What a server does, and what is said of it. `address` is where the feed is, if not on a port of its own.

    A `quiet` one is read all the same: with `new` entries, and the line as a note where there is something to say.
    """

    name: str
    deed: Deed
    line: str
    new: int = 0
    scheme: str = "http"
    address: str = ""
    gone: bool = False
    quiet: bool = False

    @property
    def said(self) -> str:
        """What `brandkit feeds refresh` says of it; {port} stands for that of the canary."""
        if self.quiet:
            count = f", {self.new} new" if self.new else ""
            return f"{'updated' if self.new else 'unchanged'}{count}{f' ({self.line})' if self.line else ''}"
        return f"{'gone' if self.gone else 'failed'}: {self.line}"


def quiet(name: str, deed: Deed, new: int = 2, note: str = "", address: str = "") -> Misbehaviour:
    """One that costs no entry."""
    return Misbehaviour(name, deed, note, new, address=address, quiet=True)
