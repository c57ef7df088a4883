"""What went wrong with a request, as one plain line for people.

In: an exception and whom we asked, or the status of an answer. Out: a line. Knows nothing of what was asked for.
"""

from __future__ import annotations

import socket
import ssl

import httpcore2

from brandkit.io.net.addresses import Overdue, Oversized, Refused, Unreachable
from brandkit.io.net.exchange import NoAddress

# What lets a server's time pass without an answer; who does that twice is not asked for more.
SILENCES = (Overdue, TimeoutError, httpcore2.TimeoutException)


def in_words(error: Exception, host: str, seconds: float) -> str:
    """An exception as one line for people; `seconds` is the limit that it may have met."""
    late = f"{host} did not answer within {seconds:g} seconds"
    lines: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
        ((NoAddress, Refused), str(error)),
        (Oversized, f"{host} sends more than brandkit reads"),
        (ssl.SSLCertVerificationError, f"the certificate of {host} can not be trusted"),
        (ssl.SSLError, f"no secure connection to {host} came about"),
        (socket.gaierror, f"there is no server called {host}, or no connection to the internet"),
        (SILENCES, late),
        (Unreachable, f"{host} can not be reached"),
        (ConnectionRefusedError, f"{host} does not take connections"),
        ((OSError, httpcore2.NetworkError), f"the connection to {host} broke"),
        (httpcore2.ProtocolError, f"{host} broke off, or its answer is no proper HTTP"),
    )
    return next((line for kind, line in lines if isinstance(error, kind)), f"{host} could not be asked")


def status_line(status: int, host: str) -> str:
    """What a status that brings no feed means."""
    known = {
        304: f"{host} says that nothing changed, but was not asked that",
        401: f"{host} asks for a password",
        403: f"{host} does not let us read this feed",
        404: f"there is no feed at this address of {host}",
        410: "the feed is gone for good",
        429: f"{host} asks us to come back later",
        503: f"{host} is out of service at the moment",
    }
    return f"{known.get(status) or _in_general(status, host)} ({status})"


def _in_general(status: int, host: str) -> str:
    if 300 <= status < 400:
        return f"{host} passes us on, but does not say where"
    return f"{host} has a problem of its own" if 500 <= status < 600 else f"{host} gave no feed"


def megabytes(count: int) -> str:
    """A number of bytes for people."""
    return f"{count / 1_000_000:g} MB"
