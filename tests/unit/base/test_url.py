"""Addresses: variants of one link are the same, different links are not."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.base import url
from brandkit.base.url import canonical, folder_of, host_of, is_elsewhere, is_web, same_site

ONE = "https://example.org/a/b"


@pytest.mark.parametrize(
    "variant",
    [
        "http://example.org/a/b",
        "https://www.example.org/a/b/",
        "HTTPS://EXAMPLE.ORG/a/b",
        "https://example.org:443/a/b",
        "http://example.org:80/a/b#part",
        "https://example.org//a///b",
        "https://example.org/a/b/index.html",
        "https://example.org/a/%62",
        "https://example.org./a/b",
        "https://example.org/a/b?utm_source=x&utm_medium=y&fbclid=1&gclid=2&mc_cid=3",
        " https://example.org/a/b \n",
        "https://example.org/a/b?",
    ],
)
def test_variants_of_one_link_are_the_same(variant: str) -> None:
    assert canonical(variant) == ONE


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/a/B",
        "https://example.org:8080/a/b",
        "https://blog.example.org/a/b",
        "https://example.org/a/b?p=1",
        "https://example.org/a",
        "mailto:a@example.org",
    ],
)
def test_other_links_are_not(other: str) -> None:
    assert canonical(other) != ONE


def test_the_order_of_parameters_makes_no_difference() -> None:
    assert canonical("https://e.org/?b=2&a=1&utm_x=9") == canonical("http://e.org/?a=1&b=2")


@pytest.mark.parametrize("text", ["", "no link", "https://", "http://[broken", "https://e.org:99999/", "/path"])
def test_what_is_no_link_comes_back_folded(text: str) -> None:
    assert canonical(f" {text} ") == text.strip()


@given(st.text(max_size=60))
def test_canonical_never_fails_and_is_stable(text: str) -> None:
    once = canonical(f"https://e.org/{text}")
    assert canonical(once) == once


def test_hosts_and_sites() -> None:
    assert host_of("https://WWW.Example.org:8080/x") == "example.org" and host_of("nonsense") == ""
    assert host_of("http://[broken") == ""
    assert same_site("blog.example.org", "example.org") and same_site("a", "a")
    assert not same_site("notexample.org", "example.org") and not same_site("", "")


@pytest.mark.parametrize("link", ["https://e.org", "http://e.org:80/a?b#c"])
def test_web_addresses(link: str) -> None:
    assert is_web(link)


@pytest.mark.parametrize(
    "link",
    ["e.org", "//e.org", "ftp://e.org", "https://", "https://e.org/a b", 'https://e.org/"x', "javascript:alert(1)"],
)
def test_what_is_no_web_address(link: str) -> None:
    assert not is_web(link)


def test_links_that_lead_elsewhere() -> None:
    assert all(map(is_elsewhere, ["https://a", "mailto:x", "//host/x", "tel:1"]))
    assert not any(map(is_elsewhere, ["a/b", "/a", "#x", "a.md", "?q"]))


def test_the_folder_that_a_site_lives_in() -> None:
    assert [folder_of(base) for base in ("https://e.org", "https://e.org/", "https://e.org/a/")] == ["/", "/", "/a/"]


@given(st.lists(st.sampled_from([*'a.-/?#:@[]<" é\t', "http://", "https://", "e.org"])).map("".join))
def test_a_web_address_has_a_scheme_and_a_host(link: str) -> None:
    try:
        parts = urlsplit(link)
        well_formed = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != -1
    except ValueError:
        well_formed = False
    assert is_web(link) == (well_formed and not set(link) & set(' \t<>"'))


@given(
    st.sampled_from(("http://", "https://", "https://www.", "HTTPS://", "http://www.www.")),
    st.text("abz09.-_", max_size=8),
    st.lists(st.text("abZ9.-_~%/?#", max_size=5) | st.sampled_from(("index.html", "default.php", "..")), max_size=3),
)
def test_what_is_plain_already_is_what_the_long_way_makes_of_it(scheme: str, host: str, path: list[str]) -> None:
    link = f"{scheme}{host}/{'/'.join(path)}"
    quickly = canonical(link)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(url, "_PLAIN", re.compile(r"(?!)"))
        assert canonical(link) == quickly


@pytest.mark.parametrize(
    ("link", "same"),
    [
        ("https://a\x0b", "https://a"),
        ("https://www.www.a.example/", "https://a.example"),
        ("https://a.example/index.html/index.html", "https://a.example"),
        ("https://a.example/b/index.html/", "https://a.example/b"),
        ("http://[::1]:80/x", "https://[::1]/x"),
        ("https://.../", "https://.../"),
        ("https://a b.example/", "https://a b.example/"),
        ("https://\\\x0b", "https://\\"),
    ],
)
def test_what_is_canonical_stays_so(link: str, same: str) -> None:
    assert canonical(link) == same
    assert canonical(same) == same
