"""One key at a time from whoever sits there; lines where nobody does: scripts, tests, pipes.

Out: a character, `""` for Enter, Escape and the end of input. Knows not what the keys mean.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

_STOP = ("\x1b", "\r", "\n", "\x04", "")


class NoKeys(Exception):
    """The input ended where a line was wanted."""


def read_key() -> str:
    """A key, lower case; the first letter of a line where there is no terminal. Raises KeyboardInterrupt on Ctrl-C."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()[:1].lower()
    key = _pressed()
    if key == "\x03":
        raise KeyboardInterrupt
    return "" if key in _STOP else key.lower()


def read_line() -> str:
    """A line of text, without its end. Raises NoKeys where the input has ended."""
    line = sys.stdin.readline()
    if not line:
        raise NoKeys
    return line.strip()


def _pressed() -> str:
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return sys.stdin.readline().strip()[:1]
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    with _as_it_was(descriptor, before):
        tty.setcbreak(descriptor)
        key = sys.stdin.read(1)
        if key == "\x1b":  # an arrow sends more than one character: what follows is no answer
            termios.tcflush(descriptor, termios.TCIFLUSH)
        return key


@contextlib.contextmanager
def _as_it_was(descriptor: int, before: list[object]) -> Iterator[None]:
    import termios

    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)  # type: ignore[arg-type]
