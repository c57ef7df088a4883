"""Connections that break, hang and drip, TLS that is none, and what is not quite HTTP."""

from __future__ import annotations

from tests.hostile import bodies
from tests.hostile.bodies import good
from tests.hostile.hostile_server import drip, hang, pour, raw, says, then_hang, then_reset
from tests.hostile.misbehaviour import NO_FEED, NO_HTTP, SECONDS, Misbehaviour, quiet

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LATE = f"127.0.0.1 did not answer within {SECONDS} seconds"
NO_TRUST = "the certificate of 127.0.0.1 can not be trusted"
BROKE = "the connection to 127.0.0.1 broke"
TOO_MUCH = "127.0.0.1 sends more than brandkit reads"
TOO_LARGE = "the feed is larger than 5 MB"

CONNECTIONS = (
    Misbehaviour("closes at once", raw(b""), NO_HTTP),
    Misbehaviour("resets at once", then_reset(b""), BROKE),
    Misbehaviour("resets in its headers", then_reset(HEAD), BROKE),
    Misbehaviour("resets in its body", then_reset(HEAD + b"Content-Length: 900\r\n\r\n<rss>"), BROKE),
    Misbehaviour("is cut off in its body", raw(HEAD + b"Content-Length: 900\r\n\r\n<rss>"), NO_HTTP),
    Misbehaviour("hangs at once", hang, LATE),
    Misbehaviour("hangs in its status line", then_hang(b"HTTP/1.1 2"), LATE),
    Misbehaviour("hangs after its headers", then_hang(HEAD + b"Content-Length: 900\r\n\r\n"), LATE),
    Misbehaviour("hangs in its body", then_hang(HEAD + b"Content-Length: 900\r\n\r\n<rss>"), LATE),
    Misbehaviour("drips its status line", drip(b"HTTP/1.1 200 "), LATE),
    Misbehaviour("drips its headers", drip(HEAD + b"X-A: "), LATE),
    Misbehaviour("drips its body", drip(HEAD + b"Content-Length: 9000\r\n\r\n"), LATE),
    Misbehaviour("drips its body without a length", drip(HEAD + b"\r\n"), LATE),
    Misbehaviour("drips chunks", drip(CHUNKED, b"1\r\na\r\n"), LATE),
    Misbehaviour(
        "drips packed nothing",
        drip(HEAD + b"Content-Encoding: gzip\r\n\r\n" + bodies.packed(b"")[:10], b"\0\0\0\xff\xff"),
        LATE,
    ),
    Misbehaviour(
        "listens no more", raw(b""), "127.0.0.1 does not take connections", address="http://127.0.0.1:{closed}/"
    ),
    Misbehaviour(
        "has a name that is nobody's",
        raw(b""),
        "there is no server called nobody.invalid, or no connection to the internet",
        address="http://nobody.invalid/feed",
    ),
    Misbehaviour(
        "has a name that never resolves",
        raw(b""),
        "sleepy.example did not answer within 3 seconds",
        address="http://sleepy.example/feed",
    ),
)

TLS = (
    Misbehaviour(
        "speaks plainly on a TLS port",
        says(good("tls")),
        "no secure connection to 127.0.0.1 came about",
        scheme="https",
    ),
    Misbehaviour("hangs in its handshake", hang, LATE, scheme="https"),
    Misbehaviour("drips its handshake", drip(b"\x16\x03\x03\x40\x00", b"\x02"), LATE, scheme="https"),
    Misbehaviour("has a certificate of its own", says(good("tls")), NO_TRUST, scheme="https self-signed"),
    Misbehaviour("has an old certificate", says(good("tls")), NO_TRUST, scheme="https expired"),
    Misbehaviour("has a certificate for another name", says(good("tls")), NO_TRUST, scheme="https other-name"),
    Misbehaviour("speaks TLS on a plain port", raw(b"\x15\x03\x01\x00\x02\x02\x46"), NO_HTTP),
)

SYNTAX = (
    Misbehaviour("has no status line", raw(b"<rss></rss>"), NO_HTTP),
    Misbehaviour("speaks HTTP/0.9", raw(good("old")), NO_HTTP),
    Misbehaviour("speaks HTTP/9.9", raw(b"HTTP/9.9 200 OK\r\n\r\n"), "the feed is empty"),
    Misbehaviour("speaks SSH", raw(b"SSH-2.0-OpenSSH_9.9\r\n"), NO_HTTP),
    Misbehaviour("speaks noise", raw(b"\0\xff\xfe\n" * 999), NO_HTTP),
    Misbehaviour("has a status of words", raw(b"HTTP/1.1 fine OK\r\n\r\n"), NO_HTTP),
    Misbehaviour("has a length below zero", raw(HEAD + b"Content-Length: -5\r\n\r\nabc"), NO_HTTP),
    Misbehaviour("has a length beyond all", raw(HEAD + b"Content-Length: " + b"9" * 300 + b"\r\n\r\nabc"), NO_HTTP),
    Misbehaviour(
        "has a length of 10 GB and hangs", then_hang(HEAD + b"Content-Length: 10000000000\r\n\r\n<rss>"), LATE
    ),
    Misbehaviour("has two lengths", raw(HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"), NO_HTTP),
    Misbehaviour(
        "has a length and chunks", raw(CHUNKED[:-2] + b"Content-Length: 4\r\n\r\n3\r\nabc\r\n0\r\n\r\n"), NO_FEED
    ),
    Misbehaviour("has broken chunks", raw(CHUNKED + b"zz\r\nabc\r\n"), NO_HTTP),
    Misbehaviour("has a chunk below zero", raw(CHUNKED + b"-1\r\nabc\r\n"), NO_HTTP),
    Misbehaviour("has a chunk beyond all", raw(CHUNKED + b"f" * 30 + b"\r\nabc\r\n"), NO_HTTP),
    Misbehaviour("never ends its chunks", pour(CHUNKED, b"ffff\r\n" + b"a" * 65_535 + b"\r\n"), TOO_LARGE),
    Misbehaviour("has chunks of nothing but remarks", pour(CHUNKED, b"1;" + b"x" * 60_000 + b"\r\na\r\n"), TOO_MUCH),
    Misbehaviour("has trailers without end", pour(CHUNKED + b"0\r\n", b"X-A: b\r\n" * 999), NO_HTTP),
    Misbehaviour("asks to go on without end", pour(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999), TOO_MUCH),
    Misbehaviour(
        "gives hints without end", pour(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 999), TOO_MUCH
    ),
    Misbehaviour("switches protocols", raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), NO_HTTP),
    Misbehaviour("has headers of 10 MB", raw(HEAD + b"X-A: " + b"b" * 10_000_000 + b"\r\n\r\n"), NO_HTTP),
    Misbehaviour("has headers without end", pour(HEAD, b"X-A: b\r\n" * 999), NO_HTTP),
    Misbehaviour("has a header line without end", pour(HEAD + b"X-A: ", b"b" * 9_999), NO_HTTP),
    Misbehaviour("has NUL in a header", raw(HEAD + b"X-A: a\0b\r\n\r\n"), NO_HTTP),
    Misbehaviour("has a header without a name", raw(HEAD + b": x\r\n\r\n"), NO_HTTP),
    Misbehaviour("has spaces in a header's name", raw(HEAD + b"X A : x\r\n\r\n"), NO_HTTP),
    Misbehaviour("pours a body without end", pour(HEAD + b"\r\n", b"a" * 65_536), TOO_LARGE),
    Misbehaviour("has 10 GB to give", pour(HEAD + b"Content-Length: 10000000000\r\n\r\n", b"<rss>" * 9_999), TOO_LARGE),
    quiet("folds its headers", raw(HEAD + b"X-A: a\r\n b\r\n\tc\r\n\r\n" + good("folded"))),
    quiet("ends its lines as it likes", raw(b"HTTP/1.1 200 OK\nX-A: b\n\n" + good("lines"))),
    quiet("gives no reason", raw(b"HTTP/1.1 200\r\n\r\n" + good("reason"))),
    quiet("speaks HTTP/1.0", raw(b"HTTP/1.0 200 OK\r\n\r\n" + good("ten"))),
    quiet("says more than its length", raw(HEAD + b"Content-Length: %d\r\n\r\n" % len(good("x")) + good("x") * 2)),
    quiet("sets cookies by the dozen", says(good("c"), Set_Cookie="a=b" * 999)),
    quiet("has headers in odd letters", raw(HEAD + b"X-A: \xff\xfe\r\n\r\n" + good("odd"))),
)
