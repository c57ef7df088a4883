"""Which posts get texts, and where those stand."""

from __future__ import annotations

from typing import Any

from brandkit.engage.own_texts.own_texts import own_texts

FILES = {"newsletter.html", "newsletter.txt", "mastodon.txt", "bluesky.txt", "linkedin.txt", "x.txt"}


def test_the_newest_ten_that_are_published_and_all_that_are_to_come_get_texts(own_page: Any) -> None:
    published = [own_page(slug=f"p{n}", title=f"P{n}") for n in range(14)]
    others = [own_page(slug=status, status=status) for status in ("draft", "scheduled", "expired")]
    texts = own_texts([*published, *others])
    assert [one.folder for one in texts] == ["posts/draft", "posts/scheduled", *(f"posts/p{n}" for n in range(10))]
    assert all(set(one.files) == FILES for one in texts)
    assert {a.path for a in texts[0].artifacts} == {f"posts/draft/{name}" for name in FILES}


def test_posts_that_share_a_slug_have_folders_of_their_own_and_none_leads_out(own_page: Any) -> None:
    slugs = ("same", "Same", "same", "same", "../../etc/passwd", "a/b", "日本", "")
    folders = [one.folder for one in own_texts([own_page(slug=slug, title="T") for slug in slugs])]
    assert len({folder.casefold() for folder in folders}) == len(slugs)
    assert not [folder for folder in folders if ".." in folder or folder.count("/") != 1]
