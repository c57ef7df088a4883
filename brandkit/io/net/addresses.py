"""Connections that lead where they may, and end when they should.

In: a host, a port, a deadline, and the host:port pairs that may be private. Out: a transport for
httpx2 whose every connection goes to an address that was checked, and whose every read ends at the
deadline. Knows nothing of feeds.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore2
import httpx2

_CONNECT_SECONDS = 5.0
# What may come before the body: status and headers, and answers that are none yet, each of which costs time to read.
_HEAD_BYTES = 200_000
# `is_global` calls multicast and some of the rest global, and other versions of Python differ.
_CLOSED_V4 = tuple(
    IPv4Network(net)
    for net in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
# Of IPv6 only global unicast is open, without what embeds an IPv4 address or documents.
_OPEN_V6 = IPv6Network("2000::/3")
_CLOSED_V6 = tuple(IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


class Refused(Exception):
    """An address that a feed has no business to lead to. The message is one plain line."""


class Overdue(Exception):
    """The deadline has passed."""


class Oversized(Exception):
    """More bytes came than were to be read."""


class Unreachable(Exception):
    """None of the addresses of a host lets us connect."""


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the open internet."""
    try:
        ip = ip_address(address)
    except ValueError:  # also an address with a zone, which is local by its nature
        return False
    return _is_public_v6(ip) if isinstance(ip, IPv6Address) else _is_public_v4(ip)


def _is_public_v4(ip: IPv4Address) -> bool:
    return ip.is_global and not any(ip in net for net in _CLOSED_V4)


def _is_public_v6(ip: IPv6Address) -> bool:
    if ip.ipv4_mapped:
        return _is_public_v4(ip.ipv4_mapped)
    return ip in _OPEN_V6 and ip.is_global and not any(ip in net for net in _CLOSED_V6)


def host_and_port(url: httpx2.URL) -> str:
    """`host:port` of an address, with the port of its scheme where it names none."""
    host = url.raw_host.decode("ascii").lower()
    return f"[{host}]:{_port(url)}" if ":" in host else f"{host}:{_port(url)}"


def _port(url: httpx2.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


@dataclass(frozen=True)
class Deadline:
    """A moment of the monotonic clock."""

    at: float

    def left(self) -> float:
        """Seconds until then. Raises Overdue when there are none."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise Overdue
        return seconds


class CheckedTransport(httpx2.BaseTransport):
    """One request over one connection to a checked address, before the deadline, of so many bytes at most."""

    def __init__(self, allow: frozenset[str], deadline: Deadline, tls: ssl.SSLContext | None, wire_bytes: int) -> None:
        self._room, self._wire_bytes = _Room(_HEAD_BYTES), wire_bytes
        backend = _CheckedBackend(allow, deadline, self._room)
        self._pool = httpcore2.ConnectionPool(ssl_context=tls, network_backend=backend, max_keepalive_connections=0)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request. Raises httpcore2's errors, OSError, Refused and Overdue."""
        url = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.read(),
                extensions=request.extensions,
            )
        )
        self._room.left = self._wire_bytes + _HEAD_BYTES  # for what stands between the parts of a body
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()


@dataclass
class _Room:
    """How many bytes may still come."""

    left: int


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _CheckedBackend(httpcore2.NetworkBackend):
    def __init__(self, allow: frozenset[str], deadline: Deadline, room: _Room) -> None:
        self._allow = allow
        self._deadline = deadline
        self._room = room

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        self._deadline.left()  # looking up a name can not be interrupted
        self._check(host, port, (str(sockaddr[0]) for *_, sockaddr in found))
        trouble: OSError = OSError("no address")
        for family, kind, protocol, _, sockaddr in found:
            try:
                connection = self._connect(family, kind, protocol, sockaddr)
                return _CheckedStream(connection, self._deadline, self._room)
            except OSError as error:
                trouble = error
        raise trouble if isinstance(trouble, ConnectionRefusedError) else Unreachable(str(trouble))

    def _check(self, host: str, port: int, addresses: Iterable[str]) -> None:
        """Refuse a name if any of its addresses is closed: it may give us another one the next time."""
        pair = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        if pair.lower() in {known.lower() for known in self._allow}:
            return
        closed = next((address for address in addresses if not is_public(address)), None)
        if closed:
            raise Refused(f"{pair}, which is not on the open internet ({closed})")

    def _connect(self, family: int, kind: int, protocol: int, sockaddr: Any) -> socket.socket:
        """Connect to this numeric address; no name is looked up again."""
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(min(self._deadline.left(), _CONNECT_SECONDS))
            connection.connect(sockaddr)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            connection.close()
            raise
        return connection


class _CheckedStream(httpcore2.NetworkStream):
    """A socket whose every wait ends at the deadline, and which gives no more bytes than it has room for."""

    def __init__(self, connection: socket.socket, deadline: Deadline, room: _Room) -> None:
        self._socket = connection
        self._deadline = deadline
        self._room = room

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._socket.settimeout(self._deadline.left())
        found = self._socket.recv(max_bytes)
        self._room.left -= len(found)
        if self._room.left < 0:  # not in the body, which is counted too, but in headers and between its chunks
            raise Oversized
        return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            self._socket.settimeout(self._deadline.left())
            self._socket.sendall(buffer)
        except TimeoutError:
            raise
        except OSError as error:  # the answer may be there all the same: httpcore2 reads on after this
            raise httpcore2.WriteError(error) from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            self._socket.settimeout(min(self._deadline.left(), _CONNECT_SECONDS))
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except BaseException:
            self.close()
            raise
        return _CheckedStream(secured, self._deadline, self._room)


@cache
def tls_context() -> ssl.SSLContext:
    """The certificates that this machine trusts; made once, as it takes a twentieth of a second."""
    return httpx2.create_ssl_context(trust_env=False)
