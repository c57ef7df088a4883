"""One refresh of everything that a server can do wrong, with good feeds in between: a line each, and no harm.

Nothing here reaches beyond loopback: 127.0.0.1 plays the open internet, 127.0.0.2 a network of our own that no feed may
lead to.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest

from brandkit.app import advise
from brandkit.io.net import addresses, exchange
from brandkit.io.net.fetch import Limits
from tests.conftest import REPOSITORY, call_brandkit, write_blocks
from tests.hostile.bodies import MARK, good
from tests.hostile.contents import LATER
from tests.hostile.hostile_server import HostileServer, Place, says
from tests.hostile.misbehaviour import SECONDS, Misbehaviour
from tests.hostile.misbehaviours import ALL
from tests.patience import PATIENCE, with_more_time

pytestmark = pytest.mark.slow

GOOD = 24
PROJECT = """
-- site.yaml --
title: Alex Example
url: https://alex.example/
today: 2026-03-01
-- content/vault/me.yaml --
name: Alex Example
expertise: [calm work]
-- content/vault/contacts.yaml --
- id: ada
  name: Ada Example
  every: 30 days
  interests: [small teams, hiring]
  needs: [{text: hire well, since: 2026-02-01}]
"""

# Bounds hold for whatever deadline; `BRANDKIT_PROOF=full` waits for the real one.
FULL = os.environ.get("BRANDKIT_PROOF") == "full"
GIVEN = 20 if FULL else SECONDS
MEASURED = """
import functools, sys
from brandkit.app import advise
from brandkit.cli.main import main
advise.Limits = functools.partial(advise.Limits, deadline=float(sys.argv[1]))
sys.argv = ["brandkit", "feeds", "refresh"]
try:
    main()
finally:
    print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY), "CI": "true", "NO_COLOR": "1"}


@dataclass
class Scene:
    """A project that follows them all, the servers, and what `feeds refresh` said of each, by the feed's id."""

    folder: Path
    server: HostileServer
    places: dict[str, Place]
    said: dict[str, str]
    seconds: int  # how long each server was given
    left: tuple[set[str], list[str]] = (set(), [])  # sockets and threads, when all was over

    def is_said(self, number: int) -> bool:
        """Whether one misbehaviour has ended in its line."""
        port = self.server.canary.pair.split(":")[1]
        return _alike(self.said[f"m{number}"]) == _alike(_in(self.seconds, ALL[number].said).replace("{port}", port))

    def is_good(self) -> bool:
        """Whether the good feeds are unharmed."""
        return {self.said[f"good{n}"] for n in range(GOOD)} == {"updated, 2 new"}


class Names:
    """A resolver of our own: numbers lead where they say, and a few names where it suits them."""

    def __init__(self, server: HostileServer) -> None:
        self._closing = server.closing
        self._asked: dict[str, int] = {}
        self._lookup = socket.getaddrinfo

    def __call__(self, host: str, port: int, **more: object) -> list[object]:
        self._asked[host] = self._asked.get(host, 0) + 1
        if host == "sleepy.example":
            self._closing.wait()
        numbers = {
            "canary.example": ["127.0.0.2"],
            "two-faced.example": ["127.0.0.1", "127.0.0.2"],
            "turncoat.example": ["127.0.0.1" if self._asked[host] == 1 else "127.0.0.2"],
            "rebinding.example": ["127.0.0.1" if self._asked[host] == 1 else "127.0.0.2"],
        }.get(host, [host])
        flags = socket.AI_NUMERICHOST
        return [one for n in numbers for one in self._lookup(n, port, type=socket.SOCK_STREAM, flags=flags)]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str, str], None]) -> dict[str, Path]:
    """Keys and certificates by what is wrong with them."""
    tool = shutil.which("openssl")
    if tool is None:
        lacking("openssl", "no openssl command to make certificates with")
    assert tool is not None
    folder, made = tmp_path_factory.mktemp("certificates"), {}
    for name, days, who in (
        ("self-signed", "2", "IP:127.0.0.1"),
        ("expired", "-1", "IP:127.0.0.1"),
        ("other-name", "2", "DNS:other.example"),
    ):
        key, request, signed = (str(folder / f"{name}.{end}") for end in ("key", "csr", "crt"))
        ask = "req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=feeds -addext"
        sign = f"x509 -req -days {days} -copy_extensions copy"
        for command in (
            [*ask.split(), f"subjectAltName={who}", "-keyout", key, "-out", request],
            [*sign.split(), "-in", request, "-signkey", key, "-out", signed],
        ):
            subprocess.run([tool, *command], check=True, capture_output=True)
        made[name] = folder / f"{name}.pem"
        made[name].write_bytes(Path(key).read_bytes() + Path(signed).read_bytes())
    return made


def _tls(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def _address(one: Misbehaviour, place: Place, server: HostileServer, closed: int) -> str:
    own, canary = place.pair.split(":")[1], server.canary.pair.split(":")[1]
    address = one.address or f"{one.scheme.split()[0]}://{place.pair}/feed"
    return address.format(own=own, canary=canary, closed=closed)


def _follow(
    folder: Path, server: HostileServer, certificates: dict[str, Path], wanted: Callable[[Misbehaviour], bool]
) -> dict[str, Place]:
    """Open a port for each misbehaviour and for good feeds, and follow them all, the good ones spread between."""
    closed = server.take_a_port()
    places: dict[str, Place] = {}
    lines: list[str] = []
    for number, one in enumerate(ALL):
        if not wanted(one):
            continue
        kind = one.scheme.partition(" ")[2]
        places[f"m{number}"] = server.open(one.deed, _tls(certificates[kind]) if kind else None)
        lines.append(f"- {{id: m{number}, url: '{_address(one, places[f'm{number}'], server, closed)}'}}")
    for number in range(GOOD):
        places[f"good{number}"] = server.open(says(good(f"good{number}")))
        line = f"- {{id: good{number}, url: 'http://{places[f'good{number}'].pair}/feed'}}"
        lines.insert((number + 1) * len(lines) // (GOOD + 1), line)
    (folder / "content/vault/feeds.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return places


def _allow(folder: Path, places: dict[str, Place]) -> None:
    with (folder / "content/vault/me.yaml").open("a", encoding="utf-8") as file:
        file.write(f"settings: {{allow_hosts: {json.dumps([place.pair for place in places.values()])}}}\n")


def _sockets() -> set[str]:
    found = set()
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.add(os.readlink(link))
    return {name for name in found if name.startswith("socket:")}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, certificates: dict[str, Path]) -> Iterator[Scene]:
    """The one refresh that all tests look at; the servers are closed after it. A busy machine gets another, longer."""
    for seconds in (SECONDS, 4 * SECONDS):
        scene = _played(write_blocks(tmp_path_factory.mktemp("hostile"), PROJECT), certificates, seconds)
        if scene.is_good() and all(map(scene.is_said, range(len(ALL)))):
            break
    yield scene


def _played(folder: Path, certificates: dict[str, Path], seconds: int) -> Scene:
    is_public = addresses.is_public
    trusting = ssl.create_default_context()
    for name in ("expired", "other-name"):
        trusting.load_verify_locations(certificates[name].with_suffix(".crt"))
    sockets = _sockets()
    with pytest.MonkeyPatch.context() as patch, HostileServer() as server:
        patch.setattr(addresses.socket, "getaddrinfo", Names(server))
        patch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
        patch.setattr(exchange, "tls_context", lambda: trusting)
        patch.setattr(advise, "Limits", partial(Limits, deadline=float(seconds)))
        places = _follow(folder, server, certificates, lambda one: True)
        ran = call_brandkit(folder, "feeds", "refresh")
        assert ran.code == 0, ran.err
        said = dict(line.split(": ", 1) for line in ran.out.splitlines()[:-1])
        scene = Scene(folder, server, places, said, seconds)
    for thread in threading.enumerate():
        if thread.name.startswith("feed "):
            thread.join(PATIENCE)
    scene.left = (_sockets() - sockets, [t.name for t in threading.enumerate() if t.name.startswith("feed ")])
    return scene


def _in(seconds: int, line: str) -> str:
    """A line of servers that were given so many seconds."""
    return line.replace(f"within {SECONDS} seconds", f"within {seconds} seconds")


@pytest.mark.parametrize("number", range(len(ALL)), ids=[one.name for one in ALL])
def test_it_ends_in_its_line(scene: Scene, number: int) -> None:
    assert scene.is_said(number), (scene.said[f"m{number}"], ALL[number].said)


def _alike(line: str) -> str:
    """Whether a reset or an end is seen first is the system's to say."""
    return re.sub(r"the connection to (\S+) broke$", r"\1 broke off, or its answer is no proper HTTP", line)


def test_good_feeds_are_unharmed(scene: Scene) -> None:
    assert scene.is_good(), scene.said


def test_a_line_is_one_line_and_says_no_more_than_people_need(scene: Scene) -> None:
    assert len(scene.said) == len(ALL) + GOOD
    for line in scene.said.values():
        assert len(line) < 200
        assert line.isprintable()
        assert "Error" not in line
        assert "Exception" not in line


def test_nothing_led_to_the_canary(scene: Scene) -> None:
    assert scene.server.canary.connections == 0


def test_each_was_asked_politely(scene: Scene) -> None:
    assert {place.most_at_once for place in scene.places.values()} <= {0, 1}
    assert max(len(place.requests) for place in scene.places.values()) <= 6  # the address and five redirects


def test_no_thread_and_no_socket_is_left(scene: Scene) -> None:
    assert scene.left == (set(), [])


def test_the_documents_quote_what_people_read() -> None:
    known = {one.line.replace("127.0.0.1", "blog.example").replace(f"{SECONDS} sec", "20 sec") for one in ALL}
    text = (REPOSITORY / "docs/feeds.md").read_text(encoding="utf-8").partition("| A server |")[2]
    quoted = [row.split(" | ")[1].removesuffix(" |") for row in text.splitlines()[2:] if row.startswith("| ")]
    assert len(quoted) > 15
    assert set(quoted) <= known


def _store(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / ".brandkit/state/entries.db")


def test_the_store_is_whole(scene: Scene) -> None:
    with closing(_store(scene.folder)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT count(*) FROM entries").fetchone()[0] == 2 * GOOD + sum(one.new for one in ALL)


def test_nobody_is_asked_again_at_once_or_never(scene: Scene) -> None:
    with closing(_store(scene.folder)) as db:
        rows = db.execute("SELECT checked_at, next_check_at, problem FROM feeds WHERE NOT gone").fetchall()
    refused = [problem for _, following, problem in rows if following is None]
    assert refused and all("settings.allow_hosts" in line for line in refused), "looked at again: it may be allowed"
    for checked, following in ((checked, following) for checked, following, _ in rows if following):
        wait = datetime.fromisoformat(following) - datetime.fromisoformat(checked)
        assert timedelta(hours=1) <= wait <= timedelta(days=7)


class Active(HTMLParser):
    """What a page would do beyond being read: tags and attributes that matter."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: set[str] = set()
        self.marked: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src", "action", "srcset", "poster", "data", "formaction", "ping"):
                self.addresses.add(value or "")
            if name.startswith("on") or MARK in (value or ""):
                self.marked.append(f"{tag} {name}={value}")


FORBIDDEN = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "svg",
    "math",
    "base",
    "meta",
    "link",
    "img",
    "video",
}


def test_nothing_active_was_kept(scene: Scene) -> None:
    with closing(_store(scene.folder)) as db:
        rows = db.execute("SELECT url, title, summary, text, author, tags, html FROM entries").fetchall()
    for url, *texts, html in rows:
        assert url == "" or url.startswith(("https://", "http://"))
        seen = Active(html)
        assert not seen.tags & FORBIDDEN
        assert not seen.marked
        assert all(address.startswith(("https://", "http://", "mailto:")) for address in seen.addresses)
        for text in texts:
            assert not Active(text).tags & FORBIDDEN, text
            assert "\0" not in text


def test_advice_and_private_pages_are_clean(scene: Scene) -> None:
    ran = call_brandkit(scene.folder, "suggest", "--offline")
    assert ran.code == 0, ran.err
    assert "hire" in ran.out.lower()
    assert "<script" not in ran.out
    assert call_brandkit(scene.folder, "build", "--offline").code == 0
    pages = list((scene.folder / "private").rglob("*.html"))
    assert pages
    for page in pages:
        seen = Active(page.read_text(encoding="utf-8"))
        assert not seen.marked, page
        assert not any(address.startswith(("javascript:", "data:text", "file:")) for address in seen.addresses)


def test_who_changes_his_mind_has_nothing_new_to_say(tmp_path: Path, certificates: dict[str, Path]) -> None:
    """Other ETags, other ids, a 304 without end, a week later: the entries that were known, and no others."""
    folder = write_blocks(tmp_path / "later", PROJECT)
    with HostileServer() as server:
        places = _follow(folder, server, certificates, LATER.__contains__)
        _allow(folder, places)
        first = call_brandkit(folder, "feeds", "refresh")
        second = call_brandkit(folder, "feeds", "refresh", "--today", "2026-03-09")
    assert first.out.count(": updated, 2 new") == len(LATER) + GOOD
    assert "0 new entries" in second.out
    assert "failed" not in second.out
    with closing(_store(folder)) as db:
        assert db.execute("SELECT count(*) FROM entries").fetchone()[0] == 2 * (len(LATER) + GOOD)


def _needs_no_names(one: Misbehaviour) -> bool:
    """Whether no name is looked up for it, which in a process of its own would ask the world."""
    return not one.address and "example" not in one.line and "no server called" not in one.line


def test_a_feed_has_twenty_seconds_in_all() -> None:
    assert Limits().deadline == 20


def test_two_hundred_megabytes_are_enough(tmp_path: Path, certificates: dict[str, Path]) -> None:
    """The command as people run it, a process of its own."""
    with_more_time(lambda seconds: _measured(tmp_path / f"{seconds:g}", certificates, int(seconds)), GIVEN, 4 * GIVEN)


def _measured(folder: Path, certificates: dict[str, Path], seconds: int) -> None:
    write_blocks(folder, PROJECT)
    with HostileServer() as server:
        places = _follow(folder, server, certificates, _needs_no_names)
        _allow(folder, places)
        command = [sys.executable, "-c", MEASURED, str(seconds)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, env=ENVIRONMENT)
        hit = server.canary.connections
    assert done.returncode == 0, done.stderr
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines()[:-1])
    for number, one in enumerate(ALL):
        if _needs_no_names(one):
            line = one.said.replace("{port}", server.canary.pair.split(":")[1])
            assert _alike(said[f"m{number}"]) == _alike(_in(seconds, line))
    assert {said[f"good{n}"] for n in range(GOOD)} == {"updated, 2 new"}
    assert hit == 0
    assert int(done.stderr.split()[-1]) < 200_000
    print(f"{int(done.stderr.split()[-1]) / 1000:.0f} MB")
