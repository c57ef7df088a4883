"""Redirects that lead where they should not: in circles, off the web, into one's own network."""

from __future__ import annotations

from tests.hostile.bodies import good
from tests.hostile.hostile_server import by_path, leads_to, raw, says
from tests.hostile.misbehaviour import Misbehaviour, quiet

NO_ADDRESS = "127.0.0.1 passes us on to an address that is none"
CIRCLE = "the address leads in a circle"


def _led(name: str, location: str, line: str) -> Misbehaviour:
    return Misbehaviour(f"leads to {name}", leads_to(location), line)


def _closed(name: str, location: str, pair: str, number: str) -> Misbehaviour:
    return _led(name, location, f"the address leads to {pair}, which is not on the open internet ({number})")


REDIRECTS = (
    Misbehaviour(
        "passes on without a place", says(b"", "302 Found"), "127.0.0.1 passes us on, but does not say where (302)"
    ),
    Misbehaviour("leads to itself", leads_to("/feed"), CIRCLE),
    Misbehaviour("leads in a circle", by_path(feed=leads_to("/b"), b=leads_to("/feed")), CIRCLE),
    Misbehaviour(
        "leads to itself, each time another", leads_to("/feed?{n}"), "the address was passed on more than 5 times"
    ),
    _led("a file", "file:///etc/passwd", "127.0.0.1 passes us on to what is not the web (file)"),
    _led("a script", "javascript:alert(1)", "127.0.0.1 passes us on to what is not the web (javascript)"),
    _led("data", "data:text/xml,<rss/>", "127.0.0.1 passes us on to what is not the web (data)"),
    _led("FTP", "ftp://{canary}/", "127.0.0.1 passes us on to what is not the web (ftp)"),
    _led("nothing", "//", CIRCLE),
    _led("a broken address", "http://[::1", NO_ADDRESS),
    _led("a broken port", "http://a.example:99999/", NO_ADDRESS),
    _led("port 0", "http://a.example:0/", NO_ADDRESS),
    _closed("the canary", "http://{canary}/", "127.0.0.2:{port}", "127.0.0.2"),
    _closed("the canary with a password", "http://feeds.example:x@{canary}/", "127.0.0.2:{port}", "127.0.0.2"),
    _closed("the canary in one number", "http://2130706434:{port}/", "2130706434:{port}", "127.0.0.2"),
    _closed("the canary in hex", "http://0x7f.0.0.2:{port}/", "0x7f.0.0.2:{port}", "127.0.0.2"),
    _led("the canary in octal", "http://0177.0.0.02:{port}/", NO_ADDRESS),
    _closed("the canary in short", "http://127.2:{port}/", "127.2:{port}", "127.0.0.2"),
    _closed("the canary in IPv6", "http://[::ffff:127.0.0.2]:{port}/", "[::ffff:127.0.0.2]:{port}", "::ffff:127.0.0.2"),
    _closed(
        "the canary in IPv6 and hex", "http://[::ffff:7f00:2]:{port}/", "[::ffff:7f00:2]:{port}", "::ffff:127.0.0.2"
    ),
    _led(
        "the canary with a dot",
        "http://127.0.0.2.:{port}/",
        "there is no server called 127.0.0.2., or no connection to the internet",
    ),
    _closed("the canary by a name", "http://canary.example:{port}/", "canary.example:{port}", "127.0.0.2"),
    _led("the canary in wide letters", "http://１２７.0.0.2:{port}/", NO_ADDRESS),
    _led(
        "the canary after a line break",
        "http://a.example/\\r\\nHost: {canary}",
        "there is no server called a.example, or no connection to the internet",
    ),
    _closed("loopback", "http://[::1]:{port}/", "[::1]:{port}", "::1"),
    _closed("everywhere", "http://0.0.0.0:{port}/", "0.0.0.0:{port}", "0.0.0.0"),
    _closed(
        "the cloud's own data", "http://169.254.169.254/latest/meta-data/", "169.254.169.254:80", "169.254.169.254"
    ),
    _closed("a router", "http://192.168.0.1/", "192.168.0.1:80", "192.168.0.1"),
    _closed("a mail server", "http://10.0.0.25:25/", "10.0.0.25:25", "10.0.0.25"),
    _closed("a shell", "http://127.0.0.2:22/", "127.0.0.2:22", "127.0.0.2"),
    _led(
        "letters that look like others",
        "http://аррle.invalid/",
        "there is no server called xn--le-6kc8da.invalid, or no connection to the internet",
    ),
    Misbehaviour(
        "breaks its place in two",
        raw(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nLocation: http://127.0.0.2/\r\n\r\n"),
        CIRCLE,
    ),
    Misbehaviour(
        "moved for good to nothing",
        by_path(feed=leads_to("/b", "301 Moved"), b=says(b"", "404 Nothing")),
        "there is no feed at this address of 127.0.0.1 (404)",
    ),
    quiet(
        "moved for good, twice", by_path(feed=leads_to("/b", "301 M"), b=leads_to("/c", "308 P"), c=says(good("moved")))
    ),
    Misbehaviour(
        "changes where its name leads",
        leads_to("http://turncoat.example:{port}/"),
        "the address leads to turncoat.example:{port}, which is not on the open internet (127.0.0.2)",
        address="http://turncoat.example:{own}/",
    ),
    quiet(
        "changes its name's place between look and leap", says(good("leap")), address="http://rebinding.example:{own}/"
    ),
    Misbehaviour(
        "has a name of two faces",
        raw(b""),
        "the address leads to two-faced.example:{port}, which is not on the open internet (127.0.0.2); "
        "if you know it, name it under settings.allow_hosts in me.yaml",
        address="http://two-faced.example:{canary}/",
    ),
)
