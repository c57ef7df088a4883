"""Texts for one's own posts appear in the private folder, follow edits, and cost the public build nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Site = Callable[[str], Path]
PROJECT = """
-- site.yaml --
title: T
url: https://t.example/blog/
today: 2026-03-01
author: {name: Alex Example}
-- content/posts/one.md --
---
title: One
date: 2026-02-01
tags: [build systems]
description: What one says.
---
See [two](two.md) and [out](https://o.example/), and ![a dot](dot.svg).
-- content/posts/dot.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><circle r="2"/></svg>
-- content/posts/two.md --
---
title: Two
date: 2026-04-01
author: Grace Guest
---
To come.
-- content/posts/three.md --
---
title: Three
date: 2026-02-03
draft: true
---
A draft.
-- content/projects/project.md --
---
title: Project
date: 2026-02-03
draft: true
---
No post.
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example}
"""


@pytest.fixture
def folder(site: Site) -> Path:
    return site(PROJECT)


def test_every_post_that_is_shown_or_to_come_has_its_texts(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "build").code == 0
    posts = folder / "private/posts"
    assert sorted(path.name for path in posts.iterdir()) == ["one", "three", "two"]
    letter = (posts / "one/newsletter.html").read_text()
    assert 'href="https://t.example/blog/posts/two/"' in letter
    assert 'src="https://t.example/blog/posts/' in letter
    assert "Alex Example · 1 February 2026" in letter
    assert "Grace Guest" in (posts / "two/newsletter.txt").read_text()
    assert (posts / "one/x.txt").read_text() == (
        "One\n\nWhat one says.\n\nhttps://t.example/blog/posts/one/\n\n#BuildSystems\n"
    )
    index = (folder / "private/index.html").read_text()
    assert "Texts for your own posts" in index
    assert 'href="posts/one/newsletter.html"' in index
    assert "(scheduled)" in index


@pytest.mark.slow
def test_texts_follow_an_edit_and_go_with_their_post_and_nothing_else_is_written(folder: Path, brandkit: Any) -> None:
    brandkit(folder, "build")
    assert brandkit(folder, "build", "--json").json["written"] == []
    post = folder / "content/posts/three.md"
    post.write_text(post.read_text().replace("A draft.", "A better draft."))
    written = brandkit(folder, "build", "--json").json["written"]
    changed = ("newsletter.html", "newsletter.txt")  # a description of one's own stays what it is elsewhere
    assert {f"private/posts/three/{name}" for name in changed} <= set(written)
    assert not [path for path in written if path.startswith(("private/posts/one", "private/posts/two"))]
    post.unlink()
    brandkit(folder, "build")
    assert not (folder / "private/posts/three").exists()


def test_the_public_site_has_none_of_it(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "build", "--public-only").code == 0
    assert not (folder / "private").exists()
    assert not list((folder / "public").rglob("newsletter*"))
