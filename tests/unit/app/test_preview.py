"""The preview: what changes is built into a folder of its own, what breaks is held back, nothing ends it."""

from __future__ import annotations

import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from brandkit.app import preview as module
from brandkit.app.preview import Built, Preview
from brandkit.app.project import Project
from brandkit.base.walls import EnvironmentProblem, Refused
from brandkit.cli.build_line import build_line
from brandkit.io.lock import lock
from tests.patience import PATIENCE, until

SITE = """
-- site.yaml --
title: Preview
url: https://preview.example/
author: {name: Ada}
-- content/posts/ship.md --
---
title: Ship it
date: 2026-03-01
tags: [work]
---
The first words.
-- content/posts/wip.md --
---
title: Unfinished
date: 2026-02-02
draft: true
---
Not yet.
-- content/vault/contacts.yaml --
[]
"""
AFTERNOON = datetime(2026, 3, 1, 14, 2, 11, tzinfo=UTC)
POST = "content/posts/ship.md"


class Previewed:
    """A preview at work, and what it told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: queue.Queue[Built] = queue.Queue()
        self.preview = Preview(Project(folder), Project(folder).public_root(drafts=True, future=True), self.told.put)
        self.preview.start()
        self.first = self.next()

    def next(self) -> Built:
        """The next whole build."""
        while (built := self.told.get(timeout=PATIENCE)).ahead:
            pass
        return built

    def edit(self, path: str, old: str, new: str) -> Built:
        file = self.folder / path
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        return self.change(path)

    def change(self, *paths: str) -> Built:
        self.preview.changed([self.folder / path for path in paths])
        return self.next()

    def read(self, path: str) -> str:
        return (self.preview.out.path / path).read_text(encoding="utf-8")


@pytest.fixture
def start(site: Callable[[str], Path]) -> Iterator[Callable[..., Previewed]]:
    running: list[Previewed] = []

    def begin(blocks: str = SITE) -> Previewed:
        running.append(Previewed(site(blocks).resolve()))
        return running[-1]

    yield begin
    for each in running:
        each.preview.close()


def test_the_first_build_makes_everything_and_drafts_are_known_as_such(start: Callable[..., Previewed]) -> None:
    at = start()
    assert "posts/ship/index.html" in at.first.written
    assert at.first.statuses == {"/posts/wip/": "draft"}
    assert (at.first.held, at.first.trouble) == (False, None)
    assert not (at.folder / "public").exists(), "the preview has a folder of its own"


def test_an_edit_rebuilds_what_it_changed(start: Callable[..., Previewed]) -> None:
    at = start()
    built = at.edit(POST, "The first words.", "Other words.")
    assert "posts/ship/index.html" in built.written
    assert "posts/wip/index.html" not in built.written
    assert built.edited == "/posts/ship/"
    assert "Other words." in at.read("posts/ship/index.html")
    said = build_line(built, AFTERNOON)
    assert said.startswith("14:02:11  content/posts/ship.md: ")
    assert "index.html" in said


def test_a_new_error_is_held_back_and_mended(start: Callable[..., Previewed]) -> None:
    at = start()
    broken = at.edit(POST, "date: 2026-03-01", "date: soon")
    assert broken.held
    assert [(d.place.file, d.place.line) for d in broken.findings if d.severity == "error"] == [(POST, 3)]
    assert "The first words." in at.read("posts/ship/index.html")
    assert "not built" in build_line(broken, AFTERNOON)
    assert at.edit("content/posts/wip.md", "Not yet.", "Not quite yet.").held, "still broken, whoever saves what"
    mended = at.edit(POST, "date: soon", "date: 2026-03-02")
    assert not mended.held
    assert mended.findings == ()
    assert "Not quite yet." in at.read("posts/wip/index.html")


def test_settings_that_say_nothing_usable_are_held_back_too(start: Callable[..., Previewed]) -> None:
    at = start(SITE.replace("https://preview.example/", "https://preview.example/blog"))
    assert at.first.root == "/blog/"
    broken = at.edit("site.yaml", "url: https", "url: : https")
    assert broken.held
    assert broken.root == "/blog/"
    assert "The first words." in at.read("posts/ship/index.html")
    assert not at.edit("site.yaml", "url: : https", "url: https").held


def test_an_error_that_was_there_from_the_start_holds_nothing_back(start: Callable[..., Previewed]) -> None:
    at = start(SITE.replace("date: 2026-02-02", "date: soon"))
    assert any(d.severity == "error" for d in at.first.findings)
    assert not at.first.held
    built = at.edit(POST, "The first words.", "Other words.")
    assert not built.held
    assert "Other words." in at.read("posts/ship/index.html")


def test_what_breaks_elsewhere_is_shown_and_not_held(start: Callable[..., Previewed]) -> None:
    at = start(SITE + "-- content/published-urls.txt --\n/posts/ship/\n")
    (at.folder / POST).unlink()
    built = at.change(POST)
    assert any(d.code == "BK178" for d in built.findings)
    assert not built.held
    assert "posts/ship/index.html" in built.removed


def test_a_renamed_source_moves_its_page(start: Callable[..., Previewed]) -> None:
    at = start()
    (at.folder / POST).rename(at.folder / "content/posts/sail.md")
    built = at.change(POST, "content/posts/sail.md")
    assert built.moved == {"/posts/ship/": "/posts/sail/"}
    assert "posts/ship/index.html" in built.removed
    slug = at.edit("content/posts/sail.md", "title: Ship it", "title: Ship it\nslug: boat")
    assert slug.moved == {"/posts/sail/": "/posts/boat/"}


def test_the_vault_is_no_concern_of_the_preview(start: Callable[..., Previewed]) -> None:
    at = start()
    at.preview.changed([at.folder / "content/vault/contacts.yaml", at.folder / "public/x", Path("/elsewhere")])
    with pytest.raises(queue.Empty):
        at.told.get(timeout=0.3)


def test_the_page_that_is_written_is_shown_ahead_of_the_build(
    start: Callable[..., Previewed], monkeypatch: pytest.MonkeyPatch
) -> None:
    at, real = start(), module.publish
    shown: list[str] = []

    def late(*given: Any) -> Any:
        shown.append(at.read("posts/ship/index.html"))
        return real(*given)

    monkeypatch.setattr(module, "publish", late)
    built = at.edit(POST, "The first words.", "Other words.")
    assert "Other words." in shown[0]
    assert "posts/ship/index.html" in built.written, "the whole build tells of it too"
    assert at.read("posts/ship/index.html") == shown[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Ship", "slug: elsewhere\ntitle: Ship"),
        ("title: Ship", "draft: true\ntitle: Ship"),
        ("title: Ship", "titel: [Ship"),
        ("title: Ship", "template: page\ntitle: Ship"),
    ],
)
def test_what_only_a_whole_build_can_tell_is_not_shown_ahead(
    old: str, new: str, start: Callable[..., Previewed]
) -> None:
    at = start()
    file = at.folder / POST
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    at.preview.changed([file])
    assert not at.told.get(timeout=PATIENCE).ahead


def test_a_page_shown_ahead_is_taken_back_where_its_build_is_held(start: Callable[..., Previewed]) -> None:
    at = start()
    before = at.read("posts/ship/index.html")
    built = at.edit(POST, "tags: [work]", "tags: [work]\naliases: [/../x]\ndescription: Another")
    assert built.held and built.written == ("posts/ship/index.html",)
    assert at.read("posts/ship/index.html") == before


def test_no_link_into_the_vault_is_followed_ahead_of_the_look_at_it(start: Callable[..., Previewed]) -> None:
    at = start()
    (at.folder / "content/vault/secret.md").write_text("---\ntitle: Ship\ndate: 2026-02-01\n---\nCANARY\n")
    (at.folder / POST).unlink()
    (at.folder / POST).symlink_to("../vault/secret.md")
    at.change(POST)
    everywhere = (path for path in (at.folder / ".brandkit/cache").rglob("*") if path.is_file())
    assert not [path for path in everywhere if b"CANARY" in path.read_bytes()]


def test_a_folder_of_the_preview_that_vanished_stops_nothing(start: Callable[..., Previewed]) -> None:
    at = start()
    shutil.rmtree(at.preview.out.path / "posts/ship")
    assert at.edit(POST, "The first words.", "Other words.").trouble is None
    assert "Other words." in at.read("posts/ship/index.html")


def test_settings_and_templates_are(start: Callable[..., Previewed]) -> None:
    at = start()
    assert "index.html" in at.edit("site.yaml", "title: Preview", "title: Another name").written
    theme = at.folder / "themes/mine/templates/post.html"
    theme.parent.mkdir(parents=True)
    theme.write_text('{% extends "default/post.html" %}{% block main %}<p>Mine</p>{% endblock %}')
    built = at.edit("site.yaml", "author:", "theme: {name: mine}\nauthor:")
    assert "<p>Mine</p>" in at.read("posts/ship/index.html")
    assert not built.held


def test_a_fault_of_ours_is_told_and_the_next_save_tries_again(
    start: Callable[..., Previewed], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = start()
    with monkeypatch.context() as patch:
        patch.setattr(module, "publish", _failing)
        built = at.edit(POST, "The first words.", "Other words.")
        assert built.trouble is not None
        assert "oh no" in built.trouble
        assert "oh no" in build_line(built, AFTERNOON)
    assert "Other words." in (at.change(POST), at.read("posts/ship/index.html"))[1]


def _failing(*_: Any) -> None:
    raise ZeroDivisionError("oh no")


def test_files_that_vanish_while_they_are_read_are_looked_at_again(
    start: Callable[..., Previewed], monkeypatch: pytest.MonkeyPatch
) -> None:
    at, real, failures = start(), module.publish, iter([FileNotFoundError(), FileNotFoundError()])

    def publish(*arguments: Any) -> Any:
        failure = next(failures, None)
        if failure is not None:
            raise failure
        return real(*arguments)

    monkeypatch.setattr(module, "publish", publish)
    assert at.edit(POST, "The first words.", "Other words.").trouble is None


class ByHand:
    """A timer that goes off when the test says so."""

    made: list[ByHand]

    def __init__(self, seconds: float, function: Callable[..., None], arguments: list[Any]) -> None:
        self.seconds, self.go_off = seconds, lambda: function(*arguments)
        self.made.append(self)

    def start(self) -> None:
        pass

    cancel = join = start


def test_another_brandkit_is_waited_for(start: Callable[..., Previewed], monkeypatch: pytest.MonkeyPatch) -> None:
    at = start()
    monkeypatch.setattr(ByHand, "made", [], raising=False)
    monkeypatch.setattr(threading, "Timer", ByHand)
    with lock(at.folder / ".brandkit/lock"):
        at.preview.changed([at.folder / POST])
        until(lambda: ByHand.made)
        assert at.told.empty()
        (timer,) = ByHand.made
        assert timer.seconds == 0.7
        timer.go_off()
        said = at.next()
        assert said.waiting, "and that is said, once"
        assert (said.trouble, said.written) == (None, ())
        assert "another brandkit is at work" in build_line(said, AFTERNOON)
        with pytest.raises(queue.Empty):
            at.told.get(timeout=0.5)
    built = at.next()
    assert (built.trouble, built.waiting) == (None, False)


@pytest.mark.slow
def test_however_long_another_brandkit_works_no_change_is_lost(
    start: Callable[..., Previewed], monkeypatch: pytest.MonkeyPatch
) -> None:
    at, held = start(), threading.Event()
    real = Project.site_locked

    def impatient(project: Project) -> Any:
        if not held.is_set():
            raise EnvironmentProblem("another brandkit is at work in this project")
        return real(project)

    monkeypatch.setattr(Project, "site_locked", impatient)
    file = at.folder / POST
    file.write_text(file.read_text().replace("The first words.", "Other words."))
    assert at.change(POST).waiting
    held.set()
    assert "posts/ship/index.html" in at.next().written


def test_two_previews_of_one_project_have_folders_of_their_own(site: Callable[[str], Path]) -> None:
    folder = site(SITE).resolve()
    told: queue.Queue[tuple[str, Built]] = queue.Queue()

    def show(name: str, **flags: bool) -> Preview:
        return Preview(Project(folder), Project(folder).public_root(**flags), lambda built: told.put((name, built)))

    one, other, alike = show("one", drafts=True), show("other"), show("alike", drafts=True)
    try:
        for each in (one, other, alike):
            each.start()
        built: dict[str, Built] = {}
        while len(built) < 3:  # who waits for the others for long may say so first
            name, news = told.get(timeout=PATIENCE)
            built |= {} if news.waiting else {name: news}
        assert all("posts/ship/index.html" in each.written for each in built.values())
        drafts = [(each.out.path / "posts/wip/index.html").exists() for each in (one, other, alike)]
        assert drafts == [True, False, True]
    finally:
        for each in (one, other, alike):
            each.close()
    again = show("again")
    again.close()
    assert again.out.path == one.out.path, "a folder that is free is taken again"


def test_a_folder_that_leads_into_the_sources_is_refused(site: Callable[[str], Path]) -> None:
    folder = site(SITE).resolve()
    (folder / ".brandkit/cache").mkdir(parents=True)
    (folder / ".brandkit/cache/preview").symlink_to(folder / "content/posts")
    with pytest.raises(Refused):
        Preview(Project(folder), Project(folder).public_root(), lambda _: None)


def test_a_link_that_leads_nowhere_is_a_finding_and_the_rest_is_built(start: Callable[..., Previewed]) -> None:
    at = start()
    (at.folder / "content/posts/round.md").symlink_to("round.md")
    built = at.change("content/posts/round.md")
    assert [(d.code, d.place.file) for d in built.findings if d.severity == "error"] == [
        ("BK120", "content/posts/round.md")
    ]
    assert built.trouble is None
    (at.folder / "content/posts/round.md").unlink()
    assert at.change("content/posts/round.md").findings == ()


def test_what_may_not_be_read_is_said_and_is_no_fault_of_ours(
    start: Callable[..., Previewed], monkeypatch: pytest.MonkeyPatch
) -> None:
    from brandkit.io import scan

    def refusing(*_: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    at = start()
    with monkeypatch.context() as patch:
        patch.setattr(scan, "open", refusing, raising=False)
        built = at.edit(POST, "The first words.", "Other words.")
    assert built.trouble is not None
    assert f"could not read {POST} (permission was denied)" in built.trouble
    assert "fault" not in built.trouble
    assert "posts/ship/index.html" in at.change(POST).written


def test_many_changes_while_a_build_runs_are_one_more_build(
    start: Callable[..., Previewed], monkeypatch: pytest.MonkeyPatch
) -> None:
    at, real, begun, go = start(), module.publish, threading.Semaphore(0), threading.Event()

    def late(*given: Any) -> Any:
        begun.release()
        assert go.wait(PATIENCE)
        return real(*given)

    monkeypatch.setattr(module, "publish", late)
    at.preview.changed([at.folder / POST])
    assert begun.acquire(timeout=PATIENCE)
    for _ in range(500):
        at.preview.changed([at.folder / POST])
    go.set()
    assert [at.next().trouble, at.next().trouble] == [None, None]
    with pytest.raises(queue.Empty):
        at.told.get(timeout=0.5)


@pytest.mark.slow
def test_what_is_scheduled_appears_when_its_time_comes(
    site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [datetime.now().astimezone()]
    monkeypatch.setattr(module.clock, "now", lambda: now[0])
    monkeypatch.setattr(module, "_LONGEST_SLEEP", 0.05)
    soon = (now[0] + timedelta(hours=1)).isoformat()
    folder = site(SITE.replace("draft: true", f"publish: '{soon}'")).resolve()
    told: queue.Queue[Built] = queue.Queue()
    preview = Preview(Project(folder), Project(folder).public_root(), told.put)
    preview.start()
    try:
        assert "posts/wip/index.html" not in told.get(timeout=PATIENCE).written
        now[0] += timedelta(hours=1, seconds=1)
        built = told.get(timeout=PATIENCE)
        assert "posts/wip/index.html" in built.written
        assert built.why == ("the time has come",)
    finally:
        preview.close()


def test_the_search_finds_what_it_found_at_the_last_real_build(
    start: Callable[..., Previewed], monkeypatch: pytest.MonkeyPatch
) -> None:
    from brandkit.io import search_index

    monkeypatch.setattr(search_index, "_run", _failing)
    at = start(SITE.replace("author:", "search: true\nauthor:"))
    assert at.first.trouble is None
    assert not any(d.code == "BK163" for d in at.first.findings), "the indexing program is not even tried"
