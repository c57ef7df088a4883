"""The leak gate and files that are large, or made to take long: little memory, one pass, nothing left out silently."""

from __future__ import annotations

import base64
import random
import tracemalloc
import zlib
from io import BytesIO

import pytest

from brandkit.engage.secrets import Spelling
from brandkit.io.leak_search import printed, searching
from brandkit.io.leak_search.matching import Matcher
from brandkit.io.leak_search.searching import Searched, search, search_file

GATE = Matcher([Spelling("Ada Märchen", "near"), Spelling("her firm is up for sale", "words")])
NAME, NOTE = 0, 1
NOISE = random.Random(5)
ENCODINGS = ("utf-8", "latin-1", "utf-16-le", "utf-16-be")


@pytest.fixture
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "WINDOW", 1 << 12)
    monkeypatch.setattr(printed, "_OVERLAP", 1 << 8)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_words_in_a_binary_are_found_across_the_windows_it_is_read_in(encoding: str, small_windows: None) -> None:
    word = b"\0\0" + "Ada Märchen".encode(encoding) + b"\0\0"
    for at in range(4096 - 40, 4096 + 8, 3):
        data = b"\xff\x80" + bytes(2 * (at // 2)) + word + bytes(9000)
        assert search(GATE, "film.mp4", data).found == {NAME}, at


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_of_many_windows_is_still_a_text(encoding: str, small_windows: None) -> None:
    text = "é章" * 5000 + " 章 Ada M&auml;rchen " + "é章" * 3000
    assert search(GATE, "long.txt", text.encode(encoding)).found == {NAME}


@pytest.mark.slow
def test_a_large_binary_takes_memory_for_a_window_and_not_for_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "WINDOW", 1 << 17)
    monkeypatch.setattr(searching, "MOST", 1 << 18)
    monkeypatch.setattr(searching, "_BATCH", 1 << 15)
    file = BytesIO(NOISE.randbytes(1 << 16) * 32 + b"\0 Her firm is up for sale. \0")
    tracemalloc.start()
    searched = search_file(GATE, "film.mp4", file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert searched == Searched(frozenset({NOTE}))
    assert peak < 8 << 20


def test_what_is_too_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST", 1000)
    packed = search(GATE, "a.zip", b"PK\x03\x04" + bytes(2000) + b" her firm is up for sale ")
    assert packed.found == {NOTE}
    assert packed.unsearched == ("what is packed in it, for it is larger than 0 MB",)
    monkeypatch.setattr(searching, "_LARGEST", 5_000_000)
    assert search(GATE, "Ada-Märchen.mov", bytes(5_000_001)) == Searched(frozenset({NAME}), ("it is larger than 5 MB",))


def test_an_archive_of_too_many_names_is_not_listed() -> None:
    found = search(GATE, "a.zip", b"PK\x03\x04" + b"PK\x01\x02" * 20_001 + b" her firm is up for sale ")
    assert found.found == {NOTE}
    assert found.unsearched == ("it holds more than 10000 files",)


def _hex(data: bytes) -> bytes:
    return data.hex().encode() + b">"


def _a85(data: bytes) -> bytes:
    return base64.a85encode(data, wrapcol=60) + b"~>"


def _pdf(filters: str, body: bytes) -> bytes:
    entry = f"<< /Length {len(body)} /Filter {filters} >>\nstream\n".encode()
    return b"%PDF-1.7\n4 0 obj\n" + entry + body + b"\nendstream\nendobj\n"


DRAWN = b"BT [(Her fi) -10 (rm is \\(up) 3 (\\) for ) <73616C65>] TJ ET"


@pytest.mark.parametrize(
    ("filters", "body"),
    [
        ("/FlateDecode", zlib.compress(DRAWN)),
        ("[/ASCII85Decode /FlateDecode]", _a85(zlib.compress(DRAWN))),
        ("[ /ASCIIHexDecode/FlateDecode ]", _hex(zlib.compress(DRAWN))),
        ("[/AHx /A85]", _hex(_a85(DRAWN))),
    ],
)
def test_a_pdf_is_read_through_its_filters(filters: str, body: bytes) -> None:
    assert search(GATE, "a.pdf", _pdf(filters, body)) == Searched(frozenset({NOTE}))


@pytest.mark.parametrize(
    ("filters", "named"),
    [
        ("/LZWDecode", "LZWDecode"),
        ("[/ASCII85Decode /RunLengthDecode]", "RunLengthDecode"),
        ("/Fl#61teDecode", "Fl#61teDecode"),
        ("9 0 R", "that is named elsewhere"),
    ],
)
def test_a_filter_that_is_not_known_is_named(filters: str, named: str) -> None:
    searched = search(GATE, "a.pdf", _pdf(filters, _a85(b"words")))
    assert searched.unsearched == (f"a stream of this PDF is packed in a way that is not known here: {named}",)


def test_pixels_of_a_pdf_are_no_words_and_damaged_streams_are_named() -> None:
    assert search(GATE, "a.pdf", _pdf("/JPXDecode", b"\xff\x4f")).unsearched == ()
    assert search(GATE, "a.pdf", _pdf("/ASCIIHexDecode", b"no hex")).unsearched == ("a stream of this PDF is damaged",)


@pytest.mark.parametrize("repeated", [b"(a\\", b"(a", b"(", b"stream\n", b"<a", b"/Filter [", b"<< /Filter "])
def test_brackets_without_an_end_are_read_once(repeated: bytes) -> None:
    search(GATE, "a.pdf", b"%PDF" + repeated * 100_000)  # more than once would take minutes


def test_brackets_within_a_string_and_stray_ones_hide_nothing() -> None:
    for drawn in (b"(Her (\\(own\\)) fi", b"(Her fi"):
        searched = search(
            GATE, "a.pdf", b"%PDF ( \x80 " + drawn.replace(b"(\\(own\\)) ", b"") + b")(rm is up for sale) ("
        )
        assert searched.found == {NOTE}
