"""init: lay out a project, the populated example or an empty brand of one's own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from brandkit.base.dates import moved
from brandkit.base.text import slugify
from brandkit.base.walls import UsageProblem
from brandkit.io import clock, resources
from brandkit.io.whole_file import replace_file

_EXAMPLE_DAY = date(2026, 3, 1)  # the day that the example pins
_TEXTS = (".md", ".yaml", ".jsonl", ".xml", ".json", ".txt")
_NOT_COPIED = {".DS_Store"}
_VAULT = "content/vault/"
WORKFLOW = ".github/workflows/pages.yml"


def lay_out(folder: Path, mine: str | None) -> list[str]:
    """Write a project into a folder that is empty or not there. Returns the paths. Raises UsageProblem."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageProblem(f"{folder} is not empty; choose a new folder, so that nothing of yours is touched")
    today = clock.now().date()
    files = dict(_own(mine, today) if mine is not None else _example(today))
    files.update(_around())
    for path, data in files.items():
        replace_file(folder / path, data, 0o600 if path.startswith(_VAULT) else 0o644)
    for inner in (folder / _VAULT, *(path for path in (folder / _VAULT).rglob("*") if path.is_dir())):
        inner.chmod(0o700)
    return sorted(files)


def _example(today: date) -> Iterator[tuple[str, bytes]]:
    """The example of the repository, all dates moved so that its pinned day is today, and the pin gone."""
    source, days = resources.bundled_example(), (today - _EXAMPLE_DAY).days
    site = (source / "site.yaml").read_text(encoding="utf-8")
    kept = [line for line in site.splitlines() if not line.startswith("today:")]
    yield "site.yaml", ("\n".join(kept) + "\n").encode()
    for path in sorted((source / "content").rglob("*")):
        if path.is_file() and path.name not in _NOT_COPIED:
            name = moved(path.relative_to(source).as_posix(), days)
            data = path.read_bytes()
            yield name, moved(data.decode("utf-8"), days).encode() if path.suffix in _TEXTS else data


def _own(name: str, today: date) -> Iterator[tuple[str, bytes]]:
    """An empty brand: enough to build, and one line of each thing that can be added."""
    quoted, slug = json.dumps(name, ensure_ascii=False), slugify(name, "me")
    texts = {
        "site.yaml": _SITE.format(name=quoted, slug=slug),
        "content/pages/about.md": _ABOUT.format(about=json.dumps(f"Who is behind {name}.", ensure_ascii=False)),
        "content/posts/hello.md": _HELLO.format(day=today.isoformat()),
        "content/vault/me.yaml": _ME.format(name=quoted, closing=json.dumps(f"Best, {name}", ensure_ascii=False)),
        "content/vault/contacts.yaml": _CONTACTS,
        "content/vault/events.yaml": _EVENTS,
        "content/vault/feeds.yaml": _FEEDS,
    }
    yield from ((path, text.encode()) for path, text in texts.items())


def _around() -> Iterator[tuple[str, bytes]]:
    yield ".gitignore", _IGNORE.encode()
    yield WORKFLOW, _WORKFLOW.replace("FROM", json.dumps(resources.installed_from()), 1).encode()


def shown(folder: Path) -> str:
    """A folder as one types it."""
    relative = os.path.relpath(folder)
    return str(folder) if relative.startswith("..") else relative


_SITE = """\
title: {name}
tagline: ""                              # one line: what you want to be known for
url: https://{slug}.example/             # where the site will live
language: en
timezone: UTC                            # like Europe/Berlin
author: {{name: {name}, bio: ""}}
theme: {{name: default, accent: "#0b6e4f", home: profile}}
menu: [posts, about]                      # talks, projects, speaking, a page: whatever you have

# Take the # away from what you want; docs/writing.md says what each brings.
# search: true                            # a search page; the one page with a script
# newsletter: {{action: "https://..."}}     # a form on the home page and below posts
# contact: {{email: you@example.org, booking: "https://...", form: "https://..."}}
# A portrait in content/static/ goes into author: portrait: me.jpg
# content/data/speaking.yaml, work.yaml, thanks.yaml and blogroll.yaml become pages of their own
"""
_ABOUT = """\
---
title: About
description: {about}
---

Who you are, what you help with, and how to reach you.
"""
_HELLO = """\
---
title: Hello
date: {day}
draft: true
tags: []
description: A first post.
---

Say what you know. Remove `draft: true` when it is ready.
"""
_ME = """\
# You. Everything here is optional.
name: {name}
languages: [en]
expertise: []                            # what you know well, as [build systems, hiring]
hours_a_week: 1                          # the time that you want to give to people
voice: {{greeting: "Hi {{first_name}},", closing: {closing}}}
"""
_CONTACTS = """\
# People. Five lines make a good contact; 'brandkit new contact NAME' writes one for you.
#
# - id: ada
#   name: Ada Example
#   every: 30 days
#   emails: [ada@example.org]
#   interests: [developer experience, hiring]
#   needs: [{text: find a platform lead, since: 2026-02-01}]
"""
_EVENTS = """\
# Where you will meet people, for your eyes only; 'brandkit brief ID' is for the night before.
# What 'brandkit new event TITLE' begins is a page of your site, and knows nobody.
#
# - id: ev1
#   name: Acme Days
#   start: 2026-03-10T09:00
#   attendees: [ada, {name: Somebody New}]   # ids of contacts, or names
"""
_FEEDS = """\
# What you follow. 'brandkit import opml FILE' prints lines from your feed reader's export.
#
# - {id: acme-blog, url: https://acme.example/feed.xml, title: Acme engineering}
"""
_IGNORE = """\
# The site is built from content/ by CI; the private side never leaves this machine.
/public/
/private/
/.brandkit/
/content/vault/
"""
_WORKFLOW = """\
# Builds the public site and publishes it on GitHub Pages. It never sees the vault.
# Once, in the repository's settings: Pages, Source: GitHub Actions. More: docs/deploying.md of brandkit.
name: Pages
on:
  push:
    branches: [main]
  schedule:
    - cron: "17 5 * * *"                 # in UTC, so that scheduled posts appear; brandkit doctor tells its limits
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: pages
  cancel-in-progress: false
env:
  # Where brandkit comes from, as pip takes it: its git repository with the commit, like git+https://HOST/PATH.git@COMMIT;
  # or a wheel that you put into this repository, like ./vendor/brandkit-0.1.0-py3-none-any.whl
  BRANDKIT: FROM
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.13"
      - uses: actions/cache@v4                # what was computed last time; it may be lost at any time
        with:
          path: .brandkit/cache
          key: brandkit-${{ github.run_id }}
          restore-keys: brandkit-
      - run: python -m pip install "${BRANDKIT:?say at the top of this file where brandkit comes from}"
      # Builds, and refuses what should not go out: mistakes, private files in the repository, the example's name.
      - run: brandkit deploy folder "$RUNNER_TEMP/site" --public-only
      - uses: actions/upload-pages-artifact@v5
        with:
          path: ${{ runner.temp }}/site
          include-hidden-files: true           # for .well-known
  deploy:
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@v4
"""
