"""Pictures are understood, made smaller, and published without what is nobody's business."""

from __future__ import annotations

import io
import random
import struct
import time
import warnings
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from brandkit.site.painting.picture import Picture, widths_for
from brandkit.site.painting.pixels import clean, look, resize, unreadable

SECRET = b"Canary Street 7"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
TRACES = (SECRET, b"xmpmeta", b"2026:03:01", b"Canon")
RED, BLUE = (220, 30, 30), (30, 30, 220)
FORMATS = ("jpeg", "png", "webp", "avif", "gif")
WITH_METADATA = ("jpeg", "png", "webp", "avif")


def scene(width: int = 320, height: int = 240, mode: str = "RGB") -> Image.Image:
    """Red, with a blue left upper quarter."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, 0, width // 2, height // 2))
    return image.quantize(8) if mode == "P" else image.convert(mode, dither=Image.Dither.NONE)


def saved(image: Image.Image, format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format.upper(), **options)
    return out.getvalue()


def read(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def exif(orientation: int | None = None, gossip: bool = True) -> Image.Exif:
    made = Image.Exif()
    if orientation:
        made[0x0112] = orientation
    if gossip:
        made[0x010F] = "Canon"
        made[0x9286] = SECRET.decode()
        made[0x0132] = "2026:03:01 12:00:00"
        made.get_ifd(0x8825).update({1: "N", 2: (47.0, 59.0, 1.0), 3: "E", 4: (7.0, 51.0, 1.0), 29: "2026:03:01"})
    return made


def gossiping(format: str, orientation: int | None = None, **options: Any) -> bytes:
    """A picture with everything that a camera and a picture editor like to tell."""
    more: dict[str, Any] = {"exif": exif(orientation)}
    if format == "png":
        more["pnginfo"] = info = PngInfo()
        info.add_text("Author", SECRET.decode())
        info.add_text("Comment", SECRET.decode() * 20, zip=True)
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    else:
        more["xmp"] = XMP
    if format == "jpeg":
        more["comment"] = SECRET
    data = saved(scene(), format, **more, **options)
    if format == "jpeg":
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x14" + SECRET
        thumbnail = b"JFIF\0\1\1\0\0\1\0\1\1\1" + b"\1\2\3"
        extra = segment(0xE0, thumbnail) + segment(0xED, iptc) + segment(0xE2, b"FPXR\0" + SECRET)
        data = data[:2] + extra + data[2:] + SECRET
    return data


def segment(kind: int, body: bytes) -> bytes:
    return bytes((0xFF, kind)) + struct.pack(">H", len(body) + 2) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def animation(format: str, **options: Any) -> bytes:
    frames = [Image.new("RGB", (40, 30), colour) for colour in (RED, BLUE, (10, 200, 10))]
    return saved(frames[0], format, save_all=True, append_images=frames[1:], duration=120, loop=0, **options)


def frames_of(data: bytes) -> list[tuple[bytes, Any]]:
    image, frames = Image.open(io.BytesIO(data)), []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        image.load()
        frames.append((image.convert("RGBA").tobytes(), image.info.get("duration")))
    return frames


def swapped_profile() -> bytes:
    """An ICC profile that calls red what sRGB calls green."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"tmp0", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"tmp0", b"gXYZ", 1)


def near(seen: Any, wanted: tuple[int, ...], by: int = 12) -> bool:
    return len(seen) == len(wanted) and all(abs(a - b) <= by for a, b in zip(seen, wanted, strict=True))


# What a picture is


@pytest.mark.parametrize("format", FORMATS)
def test_a_plain_picture_is_known_by_size_and_format_and_has_no_secrets(format: str) -> None:
    assert look(saved(scene(), format)) == Picture(320, 240, format, animated=False, private=False)


@pytest.mark.parametrize("format", WITH_METADATA)
def test_metadata_makes_a_picture_private(format: str) -> None:
    assert look(gossiping(format)) == Picture(320, 240, format, animated=False, private=True)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", WITH_METADATA)
def test_the_size_is_the_one_that_is_shown_and_an_orientation_alone_is_no_secret(format: str, orientation: int) -> None:
    picture = look(saved(scene(), format, exif=exif(orientation, gossip=False)))
    assert picture is not None
    assert (picture.width, picture.height) == ((240, 320) if orientation > 4 else (320, 240))
    assert not picture.private or format == "avif"  # there it stands in the structure as well


def test_a_colour_profile_is_no_secret() -> None:
    for format in WITH_METADATA:
        picture = look(saved(scene(), format, icc_profile=swapped_profile()))
        assert picture is not None
        assert not picture.private


@pytest.mark.parametrize("format", ["gif", "png", "webp", "avif"])
def test_animations_are_seen(format: str) -> None:
    picture = look(animation(format))
    assert picture is not None
    assert picture.animated


def test_a_comment_in_a_gif_is_private() -> None:
    picture = look(saved(scene(), "gif", comment=SECRET))
    assert picture is not None
    assert picture.private


@pytest.mark.parametrize("format", FORMATS)
def test_no_beginning_of_a_picture_and_no_damage_makes_trouble(format: str) -> None:
    dice = random.Random(7)
    for data in (saved(scene(64, 48), format), gossiping(format) if format != "gif" else animation("gif")):
        assert look(data[:20]) is None
        for _ in range(60):
            broken = bytearray(data[: dice.randrange(len(data))] if dice.random() < 0.5 else data)
            for _ in range(dice.randrange(4) if broken else 0):
                broken[dice.randrange(len(broken))] = dice.randrange(256)
            look(bytes(broken))
            for verb in (clean, lambda data: resize(data, 20, "webp", 50)):
                try:
                    verb(bytes(broken))
                except ValueError as said:
                    assert "picture" in str(said)


@pytest.mark.parametrize("data", [b"", b"GIF", b"hello", b"\xff\xd8\xff", b"<html><svg width='9' height='9'/></html>"])
def test_what_is_no_picture_is_none(data: bytes) -> None:
    assert look(data) is None
    for verb in (clean, lambda data: resize(data, 20, "webp", 50)):
        with pytest.raises(ValueError, match="picture"):
            verb(data)


def test_a_header_that_promises_too_many_pixels_is_none() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
        bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
        assert look(bomb) is None
        assert look(bomb.replace(struct.pack(">II", 60_000, 60_000), struct.pack(">II", 2**31 - 1, 2**31 - 1))) is None
        with pytest.raises(ValueError, match="picture"):
            resize(bomb, 100, "webp", 80)


# SVG


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg width="40" height="30"/>', (40, 30)),
        ("<svg height='30px' width='40.4px'></svg>", (40, 30)),
        ('<svg viewBox="0 0 40 30" stroke-width="3"/>', (40, 30)),
        ('<svg viewBox="-5,-5,40,30" width="80"/>', (80, 60)),
        ('<svg viewBox="0 0 40 30" height="60"/>', (80, 60)),
        ('<svg viewBox="0 0 40 30" width="100%" height="auto"/>', (40, 30)),
        ('\ufeff<?xml version="1.0"?>\n<!-- <svg width="1" height="1"> -->\n<svg width="40" height="30">', (40, 30)),
        ('<!DOCTYPE svg [<!ENTITY a "9999">]><svg title="a>b" width="40" height="30">', (40, 30)),
    ],
)
def test_the_size_of_an_svg_stands_in_its_first_tag(svg: str, size: tuple[int, int]) -> None:
    assert look(svg.encode()) == Picture(*size, "svg", animated=False, private=False)
    assert clean(svg.encode()) == svg.encode()


@pytest.mark.parametrize(
    "svg",
    [
        "<svg/>",
        '<svg width="40"/>',
        '<svg width="0" height="9"/>',
        '<svg width="&a;" height="&a;"/>',
        '<svg width="9e99" height="9e99"/>',
        '<svg viewBox="0 0 0 0"/>',
        "<svg " + 'a="' * 9000,
        "<!--" * 9000,
    ],
)
def test_an_svg_without_a_size_in_pixels_is_none(svg: str) -> None:
    assert look(svg.encode()) is None


# Smaller copies


@pytest.mark.parametrize("format", ["webp", "avif"])
@pytest.mark.parametrize("source", FORMATS)
def test_a_copy_has_the_width_and_the_shape(source: str, format: str) -> None:
    copy = resize(saved(scene(), source), 160, format, 80)
    assert look(copy) == Picture(160, 120, format, animated=False, private=False)
    assert near(read(copy).getpixel((10, 10)), BLUE, 20)
    assert near(read(copy).getpixel((150, 110)), RED, 20)


def test_nothing_is_enlarged() -> None:
    assert read(resize(saved(scene(), "png"), 4000, "webp", 80)).size == (320, 240)


@pytest.mark.parametrize("source", WITH_METADATA)
@pytest.mark.parametrize("format", ["webp", "avif"])
def test_a_copy_is_upright(source: str, format: str) -> None:
    copy = read(resize(gossiping(source, orientation=6), 120, format, 80))
    assert copy.size == (120, 160)
    assert near(copy.convert("RGB").getpixel((110, 10)), BLUE, 20)  # turned by a quarter, clockwise
    assert near(copy.convert("RGB").getpixel((10, 10)), RED, 20)
    assert 0x0112 not in copy.getexif()


def test_every_orientation_is_undone() -> None:
    shown = {1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"}
    corners = {"tl": (0.1, 0.1), "tr": (0.9, 0.1), "br": (0.9, 0.9), "bl": (0.1, 0.9)}
    for orientation, corner in shown.items():
        copy = read(resize(saved(scene(), "jpeg", exif=exif(orientation)), 100, "webp", 80))
        for name, (x, y) in corners.items():
            colour = BLUE if name == corner else RED
            assert near(copy.getpixel((int(x * copy.width), int(y * copy.height))), colour, 30), (orientation, name)


@pytest.mark.parametrize("format", ["webp", "avif"])
def test_what_shows_through_stays_so(format: str) -> None:
    image = scene(mode="RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    copy = read(resize(saved(image, "png"), 160, format, 90))
    assert copy.mode == "RGBA"
    assert near((copy.getpixel((5, 118))[3], copy.getpixel((5, 2))[3]), (252, 4))  # type: ignore[index]
    palette = scene(mode="P")
    assert read(resize(saved(palette, "gif", transparency=palette.getpixel((0, 0))), 160, format, 90)).mode == "RGBA"
    solid = read(resize(saved(scene(mode="RGBA"), "png"), 160, format, 90))
    assert solid.mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
def test_pictures_of_every_mode_can_be_copied(mode: str) -> None:
    source = scene(mode=mode)
    copy = read(resize(saved(source, "jpeg" if mode == "CMYK" else "png"), 100, "webp", 80))
    wanted = scene(100, 75, mode).convert("RGB")
    assert near(copy.convert("RGB").getpixel((90, 70)), wanted.getpixel((90, 70)), 30)  # type: ignore[arg-type]


def test_sixteen_bits_of_grey_keep_their_tones() -> None:
    grey = Image.new("I;16", (300, 200), 0x8000)
    assert near(read(resize(saved(grey, "png"), 100, "webp", 90)).getpixel((50, 50)), (128, 128, 128), 4)


@pytest.mark.parametrize("format", ["webp", "avif"])
def test_colours_are_those_that_the_profile_means(format: str) -> None:
    copy = read(
        resize(saved(Image.new("RGB", (90, 60), (255, 0, 0)), "png", icc_profile=swapped_profile()), 80, format, 95)
    )
    assert near(copy.getpixel((40, 30)), (0, 255, 0), 16)
    assert "icc_profile" not in copy.info


def test_a_broken_profile_is_no_reason_to_fail() -> None:
    copy = read(resize(saved(scene(), "png", icc_profile=b"nonsense" * 30), 100, "webp", 80))
    assert near(copy.getpixel((90, 60)), RED, 20)


def test_of_an_animation_the_first_frame_is_copied() -> None:
    copy = read(resize(animation("gif"), 30, "avif", 80))
    assert near(copy.getpixel((10, 10)), RED, 20)


def test_a_copy_in_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="webp or avif"):
        resize(saved(scene(), "png"), 100, "png", 80)
    with pytest.raises(ValueError, match="one pixel"):
        resize(saved(scene(), "png"), 0, "webp", 80)


@pytest.mark.parametrize("format", ["jpeg", "png", "webp", "gif"])
def test_a_picture_that_is_cut_off_is_not_copied(format: str) -> None:
    noise = Image.effect_noise((200, 200), 80)
    data = saved(noise, format)
    with pytest.raises(ValueError, match="cut off"):
        resize(data[: len(data) // 2], 100, "webp", 80)


# Nothing private


@pytest.mark.parametrize("source", WITH_METADATA)
@pytest.mark.parametrize("orientation", [None, 6])
def test_no_word_of_the_metadata_survives_anywhere(source: str, orientation: int | None) -> None:
    data = gossiping(source, orientation)
    assert all(trace in data for trace in (SECRET, b"Canon"))
    for out in (clean(data), resize(data, 100, "webp", 70), resize(data, 100, "avif", 70)):
        assert [trace for trace in TRACES if trace in out] == []
        image = read(out)
        assert set(image.getexif()) <= {0x0112}
        assert not image.getexif().get_ifd(0x8825)
        assert not set(image.info) & {"comment", "photoshop", "Author", "Comment", "XML:com.adobe.xmp"}
        assert not image.info.get("xmp", b"").strip()


@pytest.mark.parametrize("format", WITH_METADATA)
@pytest.mark.parametrize("orientation", [None, 3, 6])
def test_a_cleaned_picture_is_the_same_picture(format: str, orientation: int | None) -> None:
    data = gossiping(format, orientation, icc_profile=swapped_profile())
    cleaned = clean(data)
    before, after = read(data), read(cleaned)
    assert after.tobytes() == before.tobytes()
    assert after.info["icc_profile"] == before.info["icc_profile"]
    assert after.getexif().get(0x0112, 1) == (orientation or 1)
    picture, now = look(data), look(cleaned)
    assert picture is not None
    assert now == Picture(picture.width, picture.height, format, animated=False, private=False)


@pytest.mark.parametrize("format", FORMATS)
def test_cleaning_twice_is_cleaning_once_and_clean_pictures_stay_as_they_are(format: str) -> None:
    data = gossiping(format, 6) if format != "gif" else saved(scene(), "gif", comment=SECRET)
    assert clean(clean(data)) == clean(data) != data
    plain = saved(scene(), format)
    assert clean(plain) == plain


@pytest.mark.parametrize("format", ["gif", "png", "webp", "avif"])
def test_a_cleaned_animation_still_moves(format: str) -> None:
    told: dict[str, Any] = {"comment": SECRET} if format == "gif" else {"exif": exif()}
    data = animation(format, **told)
    cleaned = clean(data)
    assert SECRET in data
    assert SECRET not in cleaned
    assert frames_of(cleaned) == frames_of(data)
    assert len(frames_of(cleaned)) == 3
    assert read(cleaned).info.get("loop") == read(data).info.get("loop")


def test_a_palette_survives_cleaning() -> None:
    info = PngInfo()
    info.add_text("Author", SECRET.decode())
    for cleaned in (
        clean(saved(scene(mode="P"), "png", pnginfo=info, transparency=1)),
        clean(saved(scene(mode="P"), "gif", comment=SECRET, transparency=1)),
    ):
        assert SECRET not in cleaned
        assert read(cleaned).mode == "P"
        assert read(cleaned).info["transparency"] == 1


def test_a_progressive_photo_survives_cleaning() -> None:
    image = Image.effect_noise((160, 120), 60).convert("RGB")
    ImageDraw.Draw(image).ellipse((20, 20, 90, 90), fill=RED)
    data = saved(image, "jpeg", progressive=True, exif=exif(8), comment=SECRET)
    assert read(clean(data)).tobytes() == read(data).tobytes()
    assert clean(data).count(b"\xff\xda") > 3


def test_xmp_of_a_gif_is_dropped() -> None:
    plain = saved(scene(), "gif")
    xmp = b"\x21\xff\x0bXMP DataXMP" + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    at = 13 + 3 * 2 ** ((plain[10] & 7) + 1)
    assert clean(plain[:at] + xmp + plain[at:]) == plain


def test_the_same_bytes_give_the_same_bytes() -> None:
    data = gossiping("jpeg", 6)
    for format in ("webp", "avif"):
        assert resize(data, 200, format, 60) == resize(data, 200, format, 60)


# Which copies


@pytest.mark.parametrize(
    ("width", "wanted", "made"),
    [
        (4000, (400, 800, 1600), (400, 800, 1600)),
        (1600, (400, 800, 1600), (400, 800, 1600)),
        (1000, (1600, 400, 800), (400, 800, 1000)),
        (840, (400, 800, 1600), (400, 840)),
        (300, (400, 800), (300,)),
        (199, (100, 400), ()),
        (500, (), ()),
        (500, (480, 500, 490), (500,)),
    ],
)
def test_copies_are_offered_where_they_save_something(
    width: int, wanted: tuple[int, ...], made: tuple[int, ...]
) -> None:
    assert widths_for(Picture(width, 100, "jpeg", animated=False, private=False), wanted) == made


def test_drawings_and_animations_get_no_copies() -> None:
    assert widths_for(Picture(900, 900, "svg", animated=False, private=False), (400,)) == ()
    assert widths_for(Picture(900, 900, "gif", animated=True, private=False), (400,)) == ()


# What looks like a picture and cannot be published


def beginning(kind: str) -> bytes:
    """The first bytes of a picture, as a camera or phone writes them, with a secret behind."""
    begins = {
        "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "tiff": b"II*\0\x08\0\0\0",
        "bmp": b"BM\x99\0\0\0\0\0\0\0",
        "jpeg": gossiping("jpeg")[:250],
        "png": b"\x89PNG\r\n\x1a\n",
        "gif": b"GIF89a",
        "webp": b"RIFF\xff\xff\0\0WEBPVP8 ",
        "avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
        "utf16": '\ufeff<?xml version="1.0"?><svg><metadata/>'.encode("utf-16-le"),
    }
    return begins[kind] + SECRET


@pytest.mark.parametrize("kind", ["heic", "tiff", "bmp", "jpeg", "png", "gif", "webp", "avif", "utf16"])
def test_what_looks_like_a_picture_and_cannot_be_read_is_private_and_refused(kind: str) -> None:
    data = beginning(kind)
    assert look(data) is None and unreadable(data) == Picture(0, 0, kind, animated=False, private=True)
    with pytest.raises(ValueError, match="picture"):
        clean(data)


@pytest.mark.parametrize(("kind", "words"), [("heic", "save it as JPEG"), ("tiff", "save it as JPEG"), ("bmp", "PNG")])
def test_what_to_do_instead_is_said(kind: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        clean(beginning(kind))


@pytest.mark.parametrize("data", [b"", b"no picture", b"BMW drives", b"\0\0\0\x18ftypisom\0\0\0\0mp42", b"\xff\xfea\0"])
def test_what_does_not_begin_like_a_picture_is_none(data: bytes) -> None:
    assert unreadable(data) is None


def test_a_picture_that_is_only_too_large_can_be_cleaned() -> None:
    info = PngInfo()
    info.add_text("Author", SECRET.decode())
    data = saved(Image.new("1", (12_000, 9_000)), "png", pnginfo=info)
    assert look(data) is None and unreadable(data) is not None
    assert SECRET in data and SECRET not in clean(data)


# SVG without what an editor wrote


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("<metadata id='m'><rdf:RDF>S</rdf:RDF></metadata><g/>", "<g/>"),
        ("<svg:metadata\n>S</svg:metadata ><g/>", "<g/>"),
        ("<metadata/><metadata a='/>' /><metadata></metadata>", ""),
        ('<g inkscape:export-filename="/home/S/a.png" id="g"/>', '<g id="g"/>'),
        ("<g\n  sodipodi:docname = 'S'\n  id='g'></g>", "<g\n  id='g'></g>"),
        ('<g sodipodi:absref="S" a="b" inkscape:export-filename="S" />', '<g a="b" />'),
    ],
)
def test_an_svg_is_cleaned_and_all_else_stays(dirty: str, tidy: str) -> None:
    frame = '<?xml version="1.0"?>\n<!-- é <metadata> -->\n<svg width="4" height="3">%s\r\n<g  a = "1"/></svg>\n'
    data, wanted = ((frame % inside).encode() for inside in (dirty, tidy))
    assert look(data) == Picture(4, 3, "svg", animated=False, private=True)
    assert clean(data) == wanted and look(wanted) == Picture(4, 3, "svg", animated=False, private=False)


@pytest.mark.parametrize(
    "inside",
    [
        "<!-- <metadata>x</metadata> <g sodipodi:docname='x'/> -->",
        "<style><![CDATA[ <metadata>x</metadata> ]]></style>",
        '<g title="<metadata>" data-x=" sodipodi:docname=\'x\'"/>',
        "<metadatum/><text>metadata docname='x' sodipodi:docname='x'</text><g docname='x' my-docname='y'/>",
        "<a b='1' / c",
    ],
)
def test_what_only_looks_like_metadata_stays(inside: str) -> None:
    data = f'<!DOCTYPE svg [<!ENTITY a "<metadata>">]><svg width="4" height="3">{inside}</svg>'.encode()
    assert clean(data) == data
    assert look(data) == Picture(4, 3, "svg", animated=False, private=False)


@pytest.mark.parametrize("inside", ["<metadata>S", "<!-- <metadata>", "<![CDATA[ x", "<?x", "<metadata a='b'>S</b>"])
def test_an_svg_that_is_cut_off_in_its_metadata_is_refused(inside: str) -> None:
    data = f'<svg width="4" height="3">{inside}'.encode()
    picture = look(data)
    assert picture is not None and picture.private
    with pytest.raises(ValueError, match="picture"):
        clean(data)


def test_an_svg_without_a_size_is_cleaned_too() -> None:
    assert unreadable(b"<svg><metadata/></svg>") == Picture(0, 0, "svg", animated=False, private=True)
    assert unreadable(b"<svg/>") == Picture(0, 0, "svg", animated=False, private=False)


@pytest.mark.parametrize(
    "piece", ["<a ", '<a "', "<!--", "<metadata>", "<metadata ", "<metadata '", "<?", "<![CDATA[", "<"]
)
def test_no_svg_takes_long(piece: str) -> None:
    data = b'<svg width="4" height="3">' + piece.encode() * 60_000
    began = time.thread_time()
    look(data)
    assert time.thread_time() - began < 20


@pytest.mark.parametrize(
    "svg",
    [
        b"<svg width=<metadata>x</metadata></",
        b'<svg width="1" height="1"><meta<metadata>x</metadata>data>secret</metadata></svg>',
    ],
)
def test_a_drawing_that_is_another_one_without_its_metadata_is_refused(svg: bytes) -> None:
    with pytest.raises(ValueError):
        clean(svg)


def test_pixels_that_nothing_describes_are_damage() -> None:
    with pytest.raises(ValueError):
        clean(b"\xff\xd8\xff\xc4\x00\x04ab\xff\xda\x00\x02pixels\xff\xd9")
