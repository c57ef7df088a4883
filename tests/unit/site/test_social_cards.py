"""Social cards say what a page is, in whatever letters the fonts have."""

from __future__ import annotations

import io
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from brandkit.site.painting.alphabets import is_drawn, is_needed
from brandkit.site.painting.card_layout import HEIGHT, MARGIN, WIDTH
from brandkit.site.painting.letters import faces_of, letters_in, substitute
from brandkit.site.painting.social_cards import Card, can_draw, draw

FOLDER = Path(__file__).parents[3] / "themes" / "default" / "fonts"
FONTS = {path.name: path.read_bytes() for path in FOLDER.glob("*.woff")}
PAPER, INK, RULE_Y = (0xFB, 0xFA, 0xF7), (0x21, 0x1F, 0x1B), 508
LONG = "A field guide to upgrading three hundred services without a freeze, a war room or a heroic weekend " * 2


def card(title: str = "Slow builds", **other: Any) -> Card:
    said = {"name": "Mara Lindqvist", "note": "Talk · 10 March 2026", "accent": "#0b6e4f", "direction": "ltr", **other}
    return Card(title, **said)


def drawn(card: Card, portrait: bytes | None = None) -> Image.Image:
    image = Image.open(io.BytesIO(draw(card, portrait, FONTS)))
    image.load()
    return image.convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Where something stands in this part of a card."""
    part = image.crop(box).convert("L").point([255 if value < 200 else 0 for value in range(256)])
    found = part.getbbox()
    return found and (found[0] + box[0], found[1] + box[1], found[2] + box[0], found[3] + box[1])


def title_of(image: Image.Image) -> tuple[int, int, int, int] | None:
    return ink(image, (0, 110, WIDTH, RULE_Y - 2))


def rows(image: Image.Image) -> int:
    """How many lines the title has: stretches of rows with the dark core of letters in them."""
    left, top, right, bottom = title_of(image) or (0, 0, 0, 0)
    marked = [ink(image, (left, y, right, y + 1)) is not None for y in range(top, bottom)]
    return 1 + sum(1 for one, other in pairwise(marked) if one and not other) if marked else 0


def photo(colour: tuple[int, ...] = (200, 40, 40), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (400, 500), colour).save(out, "PNG")
    return out.getvalue()


def test_a_card_is_a_small_png_of_the_size_that_networks_want() -> None:
    data = draw(card(), photo(), FONTS)
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630))
    assert len(data) < 60_000
    assert not image.info


def test_the_same_card_has_the_same_bytes() -> None:
    again = {name: bytes(bytearray(FONTS[name])) for name in reversed(list(FONTS))}
    assert draw(card(LONG), photo(), FONTS) == draw(card(LONG), bytes(bytearray(photo())), again)


def test_paper_ink_and_a_ribbon_in_the_accent() -> None:
    image = drawn(card())
    assert image.getpixel((5, 5)) == PAPER
    assert image.getpixel((MARGIN + 10, 10)) == (0x0B, 0x6E, 0x4F)
    assert image.getpixel((MARGIN + 24, 98)) == PAPER  # its notch
    assert INK in {colour for _, colour in image.getcolors(10_000) or []}
    pale = drawn(card(accent="#ffee88")).getpixel((MARGIN + 10, 10))
    assert isinstance(pale, tuple)
    assert sum(pale) < 0x80 * 3  # a ribbon that could not be seen is darkened


@pytest.mark.parametrize("portrait", [None, photo()])
@pytest.mark.parametrize(
    "title",
    ["Hi", LONG, "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2, "a/b_c.d-" * 14, "W" * 300, "ÅÉ g"],
)
def test_every_title_stays_in_its_place(title: str, portrait: bytes | None) -> None:
    image = drawn(card(title), portrait)
    box = ink(image, (0, 110, 850 if portrait else WIDTH, RULE_Y - 2))
    assert box is not None
    assert MARGIN - 4 <= box[0] < MARGIN + 6
    assert box[1] > 120
    assert box[2] <= (WIDTH - MARGIN - 256 - 30 if portrait else WIDTH - MARGIN + 4)
    assert box[3] < RULE_Y - 15


def test_titles_are_as_large_as_they_can_be_and_stand_in_four_lines_at_most() -> None:
    short, middle, long = (drawn(card(title)) for title in ("Hello", "Hello world of slow builds, and why", LONG))
    assert [rows(image) for image in (short, middle, long)] == [1, 2, 4]
    first = ink(short, (0, 110, MARGIN + 60, RULE_Y - 2))
    last = ink(long, (0, 110, MARGIN + 20, 210))
    assert first and last and first[3] - first[1] > 65 > 45 > last[3] - last[1] > 25


def test_the_lines_of_a_title_are_of_about_one_length() -> None:
    image = drawn(card("Why your pipeline is slow, and what the critical path says about it all"))
    left, top, _, bottom = title_of(image) or (0, 0, 0, 0)
    half = (top + bottom) // 2
    widths = [box[2] for box in (ink(image, (left, a, WIDTH, b)) for a, b in ((top, half), (half, bottom))) if box]
    assert max(widths) - min(widths) < 260


def test_a_portrait_stands_in_an_arch_on_the_line() -> None:
    image = drawn(card(), photo())
    left, right = WIDTH - MARGIN - 256, WIDTH - MARGIN
    assert image.getpixel((left + 128, RULE_Y - 160)) == (200, 40, 40)
    assert image.getpixel((left + 3, RULE_Y - 3)) == (200, 40, 40)
    assert image.getpixel((left + 6, RULE_Y - 316)) == PAPER == image.getpixel((right - 6, RULE_Y - 316))


@pytest.mark.parametrize("portrait", [b"", b"nonsense", b'<svg width="9" height="9"/>', photo()[:60]])
def test_a_portrait_that_cannot_be_read_is_left_out(portrait: bytes) -> None:
    assert draw(card(), portrait, FONTS) == draw(card(), None, FONTS)


def test_a_portrait_that_can_be_seen_through_stands_on_a_tint() -> None:
    image = drawn(card(), photo((200, 40, 40, 0), "RGBA"))
    assert image.getpixel((WIDTH - MARGIN - 128, RULE_Y - 160)) == (0xF3, 0xF1, 0xEA)


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Shipping 🚀 on Fridays 🎉!", "Shipping on Fridays!"),
        ("👩🏽‍💻 Work ❤️", "Work"),
        ("Step 1️⃣  of\n2", "Step 1 of 2"),
        ("ﬁne e\u0301tude", "fine étude"),
        ("soft\u00adware", "software"),
    ],
)
def test_what_no_font_has_leaves_no_hole(title: str, same: str) -> None:
    assert can_draw(title, FONTS)
    assert draw(card(title), None, FONTS) == draw(card(same), None, FONTS)


@pytest.mark.parametrize(
    "title", ["Как мы живём", "Η τέχνη του όχι", "Zażółć gęślą jaźń", "Ђорђе & Łucja", "Nguyễn Thị Ơn: đường dài"]
)
def test_letters_come_from_whichever_font_has_them(title: str) -> None:
    assert can_draw(title, FONTS)
    fewer = {name: data for name, data in FONTS.items() if name.startswith("inter-latin-") and "ext" not in name}
    assert not can_draw(title, fewer)
    assert draw(card(title), None, FONTS) != draw(card(title), None, fewer)


@pytest.mark.parametrize("text", ["日本語", "مرحبا", "שלום", "Hello 世界", "", " ", "🚀", "Привет, 世"])
def test_what_cannot_be_said_is_known_beforehand(text: str) -> None:
    assert not can_draw(text, FONTS)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Straße, café, Łódź: a “quote” – 38 → 5 €", True),
        ("Mười năm nữa tôi sẽ về, đường dài", True),
        (unicodedata.normalize("NFD", "Những điều ấy"), True),
        ("Η τέχνη του όχι", True),
        ("Ἐν ἀρχῇ", False),  # old Greek has accents of its own
        ("Як ми живемо, ґанок", True),
        ("Қазақ тілі", False),
        ("مرحبا", False),
        ("Jahr ٢٠٢٦", False),
        ("שלום", False),
        ("日本語 at work", False),
        ("플랫폼", False),
        ("हिन्दी", False),
        ("Ship it 🚀❤️ 👩🏽‍💻", True),
        ("🚀", False),
        ("❶ first", False),
        ("ﬁne Ｗｉｄｅ x²", True),
        ("x\u030c", False),
        ("", False),
        (" ", False),
        ("?", True),
    ],
)
def test_what_is_known_without_a_font_is_what_the_fonts_have(text: str, drawn: bool) -> None:
    assert (is_drawn(text), can_draw(text, FONTS)) == (drawn, drawn)


@pytest.mark.slow
def test_no_letter_is_promised_that_the_fonts_lack() -> None:
    shared = frozenset.intersection(*(letters_in(faces_of(FONTS, weight)) for weight in (500, 700)))
    promised = [char for char in map(chr, range(0x20000)) if is_needed(char) and is_drawn(char)]
    assert len(promised) > 1000
    assert [char for char in promised if not can_say(char, shared)] == []


def can_say(char: str, letters: frozenset[str]) -> bool:
    return all(substitute(part, letters) for part in unicodedata.normalize("NFC", char))


@pytest.mark.parametrize("fonts", [{}, {"broken-700.woff": b"wOFF" + bytes(60)}, {"readme.txt": b"hello"}])
def test_without_fonts_nothing_can_be_drawn_and_nothing_breaks(fonts: dict[str, bytes]) -> None:
    assert not can_draw("Hello", fonts)
    assert draw(card(), None, fonts).startswith(b"\x89PNG")


def test_from_right_to_left_the_card_is_mirrored() -> None:
    image = drawn(card("Hello", direction="rtl"), photo())
    assert image.getpixel((WIDTH - MARGIN - 10, 10)) == (0x0B, 0x6E, 0x4F)
    assert image.getpixel((MARGIN + 128, RULE_Y - 160)) == (200, 40, 40)
    box = ink(image, (MARGIN + 280, 110, WIDTH, RULE_Y - 2))
    assert box is not None
    assert WIDTH - MARGIN - 10 < box[2] <= WIDTH - MARGIN + 4


@pytest.mark.parametrize(
    ("name", "note"), [("N" * 200, "note " * 60), ("Mara", ""), ("", "Note"), ("Name " * 50, "2026")]
)
def test_name_and_note_share_the_last_line(name: str, note: str) -> None:
    image = drawn(card(name=name, note=note))
    box = ink(image, (0, RULE_Y + 4, WIDTH, HEIGHT))
    assert box is not None
    assert box[0] >= MARGIN - 4
    assert box[2] <= WIDTH - MARGIN + 4
    if name and note:
        gap = [ink(image, (x, RULE_Y + 4, x + 30, HEIGHT)) is None for x in range(MARGIN, WIDTH - MARGIN - 30)]
        assert any(gap)


def test_the_fonts_bring_their_licence_and_stay_small() -> None:
    assert "SIL Open Font License" in (FOLDER / "LICENSE.Inter.txt").read_text(encoding="utf-8")
    assert sum(map(len, FONTS.values())) < 400_000
