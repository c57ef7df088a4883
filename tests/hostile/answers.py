"""Proper answers that bring nothing: statuses, and bodies that are packed in odd ways."""

from __future__ import annotations

from tests.hostile import bodies
from tests.hostile.bodies import good
from tests.hostile.hostile_server import says
from tests.hostile.misbehaviour import Misbehaviour, quiet

PLAIN_STATUS = (
    ("204 No Content", "127.0.0.1 gave no feed (204)"),
    ("206 Partial Content", "127.0.0.1 gave no feed (206)"),
    ("300 Choices", "127.0.0.1 passes us on, but does not say where (300)"),
    ("304 Not Modified", "127.0.0.1 says that nothing changed, but was not asked that (304)"),
    ("305 Use Proxy", "127.0.0.1 passes us on, but does not say where (305)"),
    ("400 Bad", "127.0.0.1 gave no feed (400)"),
    ("401 Who", "127.0.0.1 asks for a password (401)"),
    ("402 Pay", "127.0.0.1 gave no feed (402)"),
    ("403 No", "127.0.0.1 does not let us read this feed (403)"),
    ("404 Nothing", "there is no feed at this address of 127.0.0.1 (404)"),
    ("405 No", "127.0.0.1 gave no feed (405)"),
    ("406 No", "127.0.0.1 gave no feed (406)"),
    ("418 Teapot", "127.0.0.1 gave no feed (418)"),
    ("451 Law", "127.0.0.1 gave no feed (451)"),
    ("500 Oops", "127.0.0.1 has a problem of its own (500)"),
    ("502 Bad", "127.0.0.1 has a problem of its own (502)"),
    ("503 Later", "127.0.0.1 is out of service at the moment (503)"),
    ("504 Late", "127.0.0.1 has a problem of its own (504)"),
    ("599 Odd", "127.0.0.1 has a problem of its own (599)"),
    ("999 No", "127.0.0.1 gave no feed (999)"),
)

STATUS = (
    *(Misbehaviour(f"says {status}", says(b"", status), line) for status, line in PLAIN_STATUS),
    Misbehaviour(
        "says 206 and gives a part",
        says(good("part")[:40], "206 Partial", Content_Range="bytes 0-40/900"),
        "127.0.0.1 gave no feed (206)",
    ),
    Misbehaviour("says 410", says(b"", "410 Gone"), "the feed is gone for good (410)", gone=True),
    *(
        Misbehaviour(
            f"says 429, come back {value}",
            says(b"", "429 Slow", Retry_After=value),
            "127.0.0.1 asks us to come back later (429)",
        )
        for value in (
            "0",
            "-1",
            "1000000000000",
            "nonsense",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
        )
    ),
    Misbehaviour(
        "says 503, come back never",
        says(b"", "503 Later", Retry_After="9" * 400),
        "127.0.0.1 is out of service at the moment (503)",
    ),
)

PACKING = (
    Misbehaviour("is a bomb", says(bodies.bomb(60), Content_Encoding="gzip"), "the feed unpacks to more than 10 MB"),
    Misbehaviour(
        "is a bomb of many parts",
        says(bodies.bomb(1) * 40, Content_Encoding="gzip"),
        "the feed unpacks to more than 10 MB",
    ),
    Misbehaviour(
        "is a bomb in a bomb",
        says(bodies.packed(bodies.bomb(60)), Content_Encoding="gzip, gzip"),
        "the answer is packed as 'gzip, gzip', which was not asked for",
    ),
    Misbehaviour(
        "is packed and cut off",
        says(bodies.packed(good("cut"))[:-9], Content_Encoding="gzip"),
        "the answer broke off before its end",
    ),
    Misbehaviour(
        "says that it is packed",
        says(good("plain"), Content_Encoding="gzip"),
        "the answer is packed in a way that can not be read",
    ),
    Misbehaviour(
        "is packed as nobody asked",
        says(good("br"), Content_Encoding="br"),
        "the answer is packed as 'br', which was not asked for",
    ),
    Misbehaviour(
        "is packed as nobody asked, zstd",
        says(good("zstd"), Content_Encoding="zstd"),
        "the answer is packed as 'zstd', which was not asked for",
    ),
    Misbehaviour(
        "is packed as nobody knows",
        says(good("odd"), Content_Encoding="x" * 900),
        "the answer is packed as 'xxxxxxxxxxxxxxxxxxxx', which was not asked for",
    ),
    Misbehaviour(
        "is packed twice",
        says(bodies.packed(good("two"), 2), Content_Encoding="gzip"),
        "this is binary data, not a feed",
    ),
    quiet("is deflated without a header", says(bodies.bare_deflate(good("raw")), Content_Encoding="deflate")),
    quiet("is padded", says(bodies.packed(good("pad")) + b"\0" * 999, Content_Encoding="gzip")),
)
