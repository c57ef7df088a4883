"""What the tests of the dashboard share: an invented project, a dashboard served for real, and a plain client.

The canaries are words that may stand on a person's own page, and nowhere that others see over a shoulder.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import http.client
import json
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn
from starlette.types import ASGIApp

from brandkit.app.adviser import Adviser
from brandkit.app.project import Project
from brandkit.web import running
from brandkit.web.channel import Channel
from brandkit.web.dashboard import dashboard
from tests.patience import PATIENCE

TOKEN = "token-of-the-tests"
SECRETS = ("bereavement", "whisperneed", "hushevent", "sealedreason", "restingone", "lockednote")
_ITEM = (
    "<item><title>%s</title><link>%s</link><guid>%s</guid><pubDate>Fri, 20 Feb 2026 08:00:00 GMT</pubDate>"
    "<description>%s</description></item>"
)
_ITEMS = (
    ("How we found our platform lead", "https://hiring.example/lead", "We looked for a platform lead for a year."),
    ("Where platform leads come from", "https://other.example/leads", "A platform lead often comes from support."),
    ("Collecting rainwater on an allotment", "https://garden.example/rain", "Rainwater for an allotment, in barrels."),
    ("Bread for three neighbours", "https://kitchen.example/bread", "Sourdough rises slowly in winter."),
)
_FILES = {
    "site.yaml": "title: Test\nurl: https://me.example/\ntoday: 2026-03-01\nauthor: {name: Alex Example}\n",
    "content/posts/cache.md": (
        "---\ntitle: Remote caching, measured\ndate: 2026-02-25\ntags: [caching]\n---\n"
        "Remote caching saves less than people say. ![A curve](https://pictures.example/curve.png)\n"
    ),
    "content/vault/me.yaml": (
        "name: Alex Example\nemail: alex@me.example\nlanguages: [en]\nexpertise: [remote caching]\nhours_a_week: 20\n"
        "voice: {closing: Alex}\n"
    ),
    "content/vault/contacts.yaml": """\
- {id: ada, name: Ada Lantern, emails: [ada@lantern.example], every: 30 days, channel: email,
   needs: [{text: a platform lead, since: 2026-02-01}], facts: [climbs "high" & <far>]}
- {id: grace, name: Grace Harbour, emails: [grace@harbour.example], expertise: [platform lead], roles: [peer]}
- {id: bea, name: Béa King-Byron, phones: ["+49 30 1234567"], channel: whatsapp, interests: [rainwater], every: 14 days,
   circle: garden}
- {id: cem, name: Cem Kaya, emails: [cem@kaya.example], every: 30 days, hold: {reason: bereavement, until: 2026-05-21},
   notes: lockednote}
- {id: dot, name: Dot Vesper, every: 30 days, needs: [{text: whisperneed, since: 2026-02-01, sensitive: true}]}
- {id: eli, name: Eli Ford, emails: [eli@ford.example], title: Baker}
- {id: fay, name: Fay Moss, emails: [fay@moss.example]}
- {id: gus, name: Gus Rest, do_not_contact: true, every: 30 days, notes: restingone}
- {id: hal, name: Hal Stone, every: 30 days, emails: [hal@stone.example]}
- {id: kit, name: Kit Marsh, emails: [kit@marsh.example]}
""",
    "content/vault/contacts/ivy.yaml": "# by hand\nid: ivy\nname: Ivy Latch   # two blanks\nchannel: sms\n",
    "content/vault/events.yaml": (
        "- {id: meet, name: Spring Meeting, start: 2026-03-05T09:00, end: 2026-03-05T17:00, attendees: [ada, grace]}\n"
        "- {id: past, name: Winter Meeting, start: 2026-02-27T09:00, end: 2026-02-27T17:00,"
        " attendees: [ada, bea, {name: New Comer}]}\n"
    ),
    "content/vault/organizations.yaml": "- {id: acm, name: Example Society, member: {since: 2020-01-01}}\n",
    "content/vault/communities.yaml": "- {id: forum, name: Forum, feed: feeds/forum.xml, members: {ada: ada_e}}\n",
    "content/vault/mentorships.yaml": "- {id: m1, role: mentee, with: grace, since: 2025-10-01, every: 1 month}\n",
    "content/vault/feeds.yaml": "- {id: library, url: feeds/library.xml, title: Library}\n",
    "content/vault/feeds-added.yaml": "- {id: added, url: feeds/added.xml, title: Added}\n",
}
_JOURNAL: tuple[Mapping[str, Any], ...] = (
    {"at": "2025-12-01", "contacts": ["ada", "bea", "cem", "dot", "hal"], "type": "call", "direction": "mutual"},
    {"at": "2026-01-20", "contacts": ["eli", "fay"], "type": "imported"},
    {"at": "2026-02-10", "contacts": ["hal"], "type": "life-event", "reason": "job-loss", "summary": "hushevent"},
    {"at": "2026-02-26", "contacts": ["bea"], "type": "share", "direction": "gave", "link": "https://sent.example/a",
     "summary": "A thing sent"},
    {"at": "2026-02-26", "contacts": ["ada"], "type": "override", "reason": "sealedreason"},
    {"at": "2026-02-27", "contacts": ["kit"], "type": "life-event", "reason": "illness", "summary": "hushevent"},
)  # fmt: skip


def _feed(*items: tuple[str, str, str]) -> str:
    rows = "".join(_ITEM % (title, url, url, text) for title, url, text in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{rows}</channel></rss>'


def lay_out(folder: Path) -> Path:
    """Write the invented project below a folder."""
    journal = ({"id": f"j{n:03}", **row, "at": f"{row['at']}T09:00:00Z"} for n, row in enumerate(_JOURNAL, 1))
    texts = {
        **_FILES,
        "content/vault/feeds/library.xml": _feed(*_ITEMS),
        "content/vault/feeds/added.xml": _feed(("An added thing", "https://added.example/1", "Nothing much.")),
        "content/vault/feeds/forum.xml": _feed(
            ("Is remote caching worth it?", "https://forum.example/1", "How do we start with remote caching?")
        ),
        "content/vault/journal/2026.jsonl": "".join(f"{json.dumps(row)}\n" for row in journal),
    }
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


# ---- serving


class Served:
    """An application on a free port of 127.0.0.1, in a thread of its own, run as `running.run` runs it."""

    def __init__(self, make: Callable[[int], ASGIApp], ending: Callable[[], None] = lambda: None) -> None:
        self.socket = running.listen(0, chosen=True)
        self.port = int(self.socket.getsockname()[1])
        self._server = uvicorn.Server(running._config(make(self.port)))
        self._ending = ending
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(),), daemon=True)
        self._ready = threading.Event()
        self._thread.start()
        assert self._ready.wait(PATIENCE)

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        serving = asyncio.create_task(self._server.serve(sockets=[self.socket]))
        while not self._server.started:
            await asyncio.sleep(0.01)
        self._ready.set()
        await serving

    def close(self) -> None:
        """End as Ctrl-C does, and wait for it."""
        if self._thread.is_alive():
            self.loop.call_soon_threadsafe(self._end)
            self._thread.join(PATIENCE)
        self.socket.close()
        assert not self._thread.is_alive()

    def _end(self) -> None:
        self._ending()
        self._server.should_exit = True


@dataclass(frozen=True)
class Page:
    """An answer, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def raw(port: int, sent: bytes, patience: float = 5) -> bytes:
    """Bytes in, bytes out: all that comes until the other side closes, or says nothing for a while."""
    found = b""
    with socket.create_connection(("127.0.0.1", port), patience) as line, contextlib.suppress(TimeoutError):
        line.sendall(sent)
        while part := line.recv(65536):
            found += part
    return found


@dataclass
class Desk:
    """A dashboard that is served, and somebody who uses it."""

    folder: Path
    adviser: Adviser
    channel: Channel
    served: Served
    known: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return self.served.port

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def cookie(self) -> str:
        return f"brandkit-{self.port}={TOKEN}"

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str | None] | None = None,
        body: bytes | None = None,
        cookie: str | None = "",
    ) -> Page:
        """One request. A header that is None is left out; `cookie` is the right one unless it says otherwise."""
        given: dict[str, str | None] = {"Host": self.host, "Cookie": self.cookie if cookie == "" else cookie}
        if body is not None:
            given |= {"Origin": f"http://{self.host}", "Content-Length": str(len(body))}
            given |= {"Content-Type": "application/x-www-form-urlencoded", "X-Brandkit": "script"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {**given, **(headers or {})}.items():
                if value is not None:
                    line.putheader(name, value)
            line.endheaders(body)
            answer = line.getresponse()
            return Page(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            line.close()

    def get(self, path: str, **more: Any) -> Page:
        return self.ask("GET", path, **more)

    def post(self, path: str, fields: Mapping[str, Any] | None = None, **more: Any) -> Page:
        """Send a form; lists are fields that stand several times."""
        return self.ask("POST", path, body=urlencode(fields or {}, doseq=True).encode("ascii"), **more)

    def do(self, action: str, **fields: Any) -> Page:
        """Send a form to an action, and follow where it leads."""
        answer = self.post(f"/do/{action}", fields)
        if answer.status != 303:
            return answer
        assert re.fullmatch(r"/(?![/\\]).*", answer.headers["location"])
        return self.get(answer.headers["location"])

    def journal(self) -> list[dict[str, Any]]:
        """Every line, as it stands on the disk; those that a file of this year's clock holds too."""
        files = sorted((self.folder / "content/vault/journal").glob("*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_bytes().decode("utf-8").split("\n") if line]

    def since(self, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The lines that were written since."""
        known = {line["id"] for line in before}
        return [line for line in self.journal() if line["id"] not in known]

    def files(self) -> dict[str, bytes]:
        """Every file but what brandkit keeps for itself."""
        kept = [file for file in self.folder.rglob("*") if file.is_file() and ".brandkit" not in file.parts]
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in kept}

    def plan(self) -> list[str]:
        """The suggestions of this week, as they stand now."""
        return [one.id for one in self.adviser.again().advised.plan.suggestions]

    def suggestion(self, who: str, move: str = "") -> Any:
        """What is suggested for somebody, first of all."""
        advised = self.adviser.again().advised
        found = [s for one in advised.advice for s in one.suggestions if s.contact == who and move in ("", s.move)]
        assert found, f"nothing is suggested for {who}"
        return found[0]


def by_hand(folder: Path) -> dict[str, str]:
    """The digest of every file that people write: all of the vault but the journal and the feeds that were added."""
    vault = folder / "content/vault"
    files = [file for file in sorted(vault.rglob("*")) if file.is_file() and file.parent.name != "journal"]
    return {
        file.relative_to(vault).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.name != "feeds-added.yaml"
    }


def told(page: Page) -> str:
    """What is told at the top of a page, as a person reads it."""
    found = re.search(r'<div class="told.*?</div>', page.text, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found.group())).split()) if found else ""


@pytest.fixture(scope="module")
def told_on() -> Callable[[Page], str]:
    return told


def open_desk(folder: Path) -> Desk:
    channel = Channel()
    adviser = Adviser(Project(folder), date(2026, 3, 1), True, channel.tell)
    served = Served(lambda port: dashboard(adviser, channel, TOKEN, port), channel.close)
    return Desk(folder, adviser, channel, served)


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, advised once: its feeds are read."""
    folder = lay_out(tmp_path_factory.mktemp("dashboard") / "project")
    Adviser(Project(folder), date(2026, 3, 1), True, lambda name, data: None).again()
    return folder


@pytest.fixture(scope="module")
def seen(laid_out: Path) -> Iterator[Desk]:
    """A dashboard that is only looked at: nothing that a test does to it may write."""
    desk = open_desk(laid_out)
    yield desk
    desk.served.close()


@pytest.fixture
def desk(laid_out: Path, tmp_path: Path) -> Iterator[Desk]:
    """A dashboard of one's own, to write in."""
    folder = tmp_path / "project"
    shutil.copytree(laid_out, folder)
    one = open_desk(folder)
    yield one
    one.served.close()


# ---- pages


class Read(HTMLParser):
    """What a test asks of a page: ids, controls, labels, forms, and what a browser loads by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str]] = []  # `wrapped` where they stand in a label
        self.forms: list[dict[str, str]] = []
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.lists: set[str] = set()
        self.inline: list[str] = []
        self._in_label = 0
        self._open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(text)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
        if "id" in one:
            self.ids.append(one["id"])
        if tag == "label":
            self._in_label += 1
            self.labelled |= {one["for"]} if "for" in one else set()
        if tag in ("input", "select", "textarea") and one.get("type") != "hidden":
            self.controls.append({**one, "tag": tag, **({"wrapped": "1"} if self._in_label else {})})
            self.lists |= {one["list"]} if "list" in one else set()
        if tag == "form":
            self.forms.append(one)
        self.inline += [name for name in one if name.startswith("on") or name == "style"]
        if tag == "a":
            self.links.append(one.get("href", ""))
        else:
            names = ("src", "href", "srcset", "poster", "data", "background")
            self.loaded += [one[name] for name in names if name in one]

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._in_label -= 1
        if tag in _VOID:
            return
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(f"/{tag}")


_VOID = frozenset("option area base br col embed hr img input link meta source track wbr".split())


@pytest.fixture(scope="session")
def read_page() -> type[Read]:
    return Read


@pytest.fixture(scope="session")
def bytes_of() -> Callable[..., bytes]:
    """What is answered to these very bytes: `bytes_of(port, sent)`."""
    return raw


@pytest.fixture
def serving() -> Iterator[Callable[..., Served]]:
    """Serves an application until the test is over: `serving(make, ending)`."""
    several: list[Served] = []

    def begin(make: Callable[[int], ASGIApp], ending: Callable[[], None] = lambda: None) -> Served:
        several.append(Served(make, ending))
        return several[-1]

    yield begin
    for one in several:
        one.close()


@pytest.fixture(scope="session")
def hashes() -> Callable[[Path], dict[str, str]]:
    return by_hand


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Desk]]:
    """A dashboard on a folder, until the test is over."""
    several: list[Desk] = []

    def begin(folder: Path) -> Desk:
        several.append(open_desk(folder))
        return several[-1]

    yield begin
    for one in several:
        one.served.close()


@pytest.fixture(scope="module")
def anything(laid_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A dashboard to which anything may be sent."""
    folder = tmp_path_factory.mktemp("anything") / "project"
    shutil.copytree(laid_out, folder)
    one = open_desk(folder)
    one.known["share"] = one.suggestion("ada", "share").id
    yield one
    one.served.close()


@pytest.fixture(scope="session")
def secret_words() -> tuple[str, ...]:
    return SECRETS


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Advice is waited for: how long it takes tells of the machine, not of the code."""
    monkeypatch.setattr("brandkit.app.adviser._MOMENT", 20.0)
