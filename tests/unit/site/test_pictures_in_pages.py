"""Pictures of texts: their size and lighter forms in the page, figures, and what a camera wrote left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from brandkit.base.digest import Digester
from brandkit.base.walls import Source
from brandkit.site.config import Images
from brandkit.site.model import Image as Image_
from brandkit.site.pictures import Pictures
from brandkit.site.views.outputs import CleanView, FileView, ResizedView

Build = Callable[..., Any]
Post = Callable[..., str]
BOARD = "content/posts/board.jpg"
PAGE = "posts/a/index.html"
SECRET = b"52.5200 N 13.4050 E"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"/>'


def picture(width: int = 640, height: int = 480, format: str = "JPEG", secret: bool = False) -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    if secret:
        exif[0x010E] = SECRET.decode()
    image = Image.new("RGB", (width, height), (11, 110, 79))
    image.save(out, format, **({"exif": exif} if secret else {}))
    return out.getvalue()


def forms(built: Any) -> set[str]:
    return {path for path in built.paths if path.startswith("assets/images/")}


def painted(built: Any, path: str) -> bytes:
    route = built.route(path)
    data: bytes = route.painter(route.view, built.sources.read)
    return data


def test_a_picture_comes_with_its_size_and_lighter_forms(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post(body="![A board](board.jpg)"), BOARD: picture()})
    assert built.codes == []
    html = built.files[PAGE]
    assert '<img src="/posts/board.jpg" width="640" height="480" alt="A board" loading="lazy"' in html
    kinds = re.findall(r'<source type="([^"]+)" srcset="([^"]+)" sizes="[^"]+">', html)
    assert [kind for kind, _ in kinds] == ["image/avif", "image/webp"]
    offered = {form.split()[0].lstrip("/") for _, srcset in kinds for form in srcset.split(", ")}
    assert offered == forms(built) and len(offered) >= 2
    for _, srcset in kinds:
        widths = [int(form.split()[1].removesuffix("w")) for form in srcset.split(", ")]
        assert widths == sorted(widths) and widths[-1] == 640
    route = built.route("posts/board.jpg")
    assert route.copy == BOARD and isinstance(route.view, FileView)


def test_forms_are_the_pictures_that_they_say(build: Build, post: Post) -> None:
    config = "images: {widths: [320, 640]}\n"
    built = build({"content/posts/a.md": post(body="![A](board.jpg)"), BOARD: picture()}, config)
    assert len(forms(built)) == 4
    for path in forms(built):
        with Image.open(BytesIO(painted(built, path))) as image:
            assert path.endswith(f"-{image.width}.{(image.format or '').lower()}")
            assert image.width * 3 == image.height * 4


def test_two_sizes_of_one_picture_are_two_pictures(build: Build, post: Post) -> None:
    config = "images: {widths: [320, 640]}\n"
    built = build({"content/posts/a.md": post(body="![A](board.jpg)"), BOARD: picture()}, config)
    routes = [built.route(path) for path in forms(built)]
    assert all(isinstance(route.view, ResizedView) for route in routes)
    assert len({Digester().of(route.view) for route in routes}) == len(routes) == 4
    assert len({painted(built, route.path) for route in routes}) == 4


def test_a_picture_with_a_title_is_a_figure(build: Build, post: Post) -> None:
    body = '![A board](board.jpg "What was <left>")\n\nIn a text ![B](board.jpg "T") it is none.'
    html = build({"content/posts/a.md": post(body=body), BOARD: picture()}).files[PAGE]
    assert html.count("<figure>") == 1 and "<figcaption>What was &lt;left&gt;</figcaption></figure>" in html
    assert 'title="T"' in html


def test_braces_say_width_and_class_and_nothing_that_runs(build: Build, post: Post) -> None:
    body = "![A](board.jpg){width=200 .left onload=alert style=x}"
    html = build({"content/posts/a.md": post(body=body), BOARD: picture()}).files[PAGE]
    (tag,) = re.findall(r"<img[^>]*>", html)
    assert 'width="200"' in tag and 'class="left"' in tag and "height=" not in tag
    assert "onload" not in tag and "style" not in tag


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_wrote_is_not_published(format: str, build: Build, post: Post) -> None:
    name = f"board.{format.lower()}"
    data = picture(format=format, secret=True)
    assert SECRET in data
    built = build({"content/posts/a.md": post(body=f"![A]({name})"), f"content/posts/{name}": data})
    route = built.route(f"posts/{name}")
    assert route.copy is None and isinstance(route.view, CleanView)
    for path in (f"posts/{name}", *forms(built)):
        assert SECRET not in painted(built, path), path


def test_pictures_that_no_text_shows_are_cleaned_too(build: Build) -> None:
    built = build({"content/static/me.jpg": picture(secret=True)})
    assert built.route("me.jpg").copy is None and SECRET not in painted(built, "me.jpg")
    assert forms(built) == set()


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.svg", SVG.encode(), 'width="640" height="480"'),
        ("a.jpg", picture(120, 90), 'width="120" height="90"'),
        ("a.jpg", b"no picture", ""),
    ],
    ids=["svg", "tiny", "none"],
)
def test_some_pictures_have_no_lighter_forms(name: str, data: bytes, size: str, build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post(body=f"![A]({name})"), f"content/posts/{name}": data})
    assert built.codes == [] and forms(built) == set()
    assert f'src="/posts/{name}"' in built.files[PAGE] and size in built.files[PAGE]
    assert "<picture>" not in built.files[PAGE]
    assert built.route(f"posts/{name}").copy == f"content/posts/{name}"


def test_an_animation_keeps_moving(build: Build, post: Post) -> None:
    out = BytesIO()
    frames = [Image.new("P", (640, 480), colour) for colour in (1, 2)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)
    built = build({"content/posts/a.md": post(body="![A](a.gif)"), "content/posts/a.gif": out.getvalue()})
    assert forms(built) == set() and 'width="640" height="480"' in built.files[PAGE]


def test_without_widths_pictures_are_left_alone(build: Build, post: Post) -> None:
    files = {"content/posts/a.md": post(body="![A](board.jpg)"), BOARD: picture()}
    built = build(files, "images: {widths: []}\n")
    assert built.codes == [] and forms(built) == set()
    assert '<img src="/posts/board.jpg" width="640" height="480"' in built.files[PAGE]


def test_under_a_path_every_form_stands_below_it(build: Build, post: Post) -> None:
    files = {"site.yaml": "title: T\nurl: https://x.example/sub/\n", BOARD: picture()}
    built = build({**files, "content/posts/a.md": post(body="![A](board.jpg)")})
    html = built.files[PAGE]
    addresses = re.findall(r'(?:src|srcset)="([^"]+)"', html)
    found = {form.split()[0] for each in addresses for form in each.split(", ")}
    assert found and all(address.startswith("/sub/") for address in found)
    assert {address.removeprefix("/sub/") for address in found} <= built.paths
    assert 'src="https://x.example/sub/posts/board.jpg"' in built.files["feed.xml"].replace("&lt;", "<").replace(
        "&quot;", '"'
    ).replace("&#34;", '"')


FONT = {"themes/default/fonts/some.woff": b"a font"}


def test_a_card_is_drawn_unless_it_is_not_wanted(build: Build, post: Post) -> None:
    files = {"content/posts/a.md": post(), **FONT}
    built = build(files)
    card = "assets/cards/posts/a.png"
    assert built.route(card).painter is not None
    assert built.route(PAGE).view.head.image == f"https://test.example/{card}"
    without = build(files, "cards: false\n")
    assert not [path for path in without.paths if path.startswith("assets/cards/")]
    assert without.route(PAGE).view.head.image is None


@pytest.mark.parametrize(
    "lines", [["image: board.jpg", "image_alt: A board"], ["image: {src: board.jpg, alt: A board}"]]
)
def test_a_picture_of_ones_own_stands_instead_of_the_card(lines: list[str], build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post(*lines), BOARD: picture(), **FONT})
    head = built.route(PAGE).view.head
    assert (head.image, head.image_alt) == ("https://test.example/posts/board.jpg", "A board")
    assert "assets/cards/posts/a.png" not in built.paths
    assert built.route("posts/index.html").view.cards[0].image.width == 640


def test_a_picture_that_is_not_there_gives_way_to_the_card(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post("image: gone.jpg"), **FONT})
    assert built.route(PAGE).view.head.image == "https://test.example/assets/cards/posts/a.png"


INKSCAPE = SVG.replace(
    "/>", ' sodipodi:docname="52.5200 N 13.4050 E.svg"><metadata>52.5200 N 13.4050 E</metadata></svg>'
)


@pytest.mark.parametrize("name", ["me.jfif", "me", "me.png", "ME.JPG", "deep/me.heic"])
def test_a_picture_is_known_by_its_first_bytes(name: str, build: Build) -> None:
    built = build({f"content/static/{name}": picture(secret=True)})
    assert built.codes == [] and built.route(name).copy is None
    assert SECRET not in painted(built, name)


@pytest.mark.parametrize("svg", [INKSCAPE, INKSCAPE.replace('width="640"', "")])
def test_an_svg_is_cleaned(svg: str, build: Build) -> None:
    built = build({"content/static/a.svg": svg})
    assert built.codes == [] and SECRET.decode() in svg
    assert SECRET not in painted(built, "a.svg")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("me.jpg", picture(secret=True)[:250]),
        ("me.jfif", picture(secret=True)[:250]),
        ("me", picture(secret=True)[:250]),
        ("me.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + SECRET),
        ("me.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + SECRET),
        ("me.tif", picture(format="TIFF", secret=True)),
        ("me.tiff", picture(format="TIFF", secret=True)),
        ("me.bmp", picture(format="BMP")),
    ],
)
def test_a_picture_that_cannot_be_cleaned_is_not_published(name: str, data: bytes, build: Build, post: Post) -> None:
    files = {"content/posts/a.md": post(body=f"![A]({name})"), f"content/posts/{name}": data}
    built = build({**files, f"content/static/{name}": data}, f"author: {{portrait: {name}}}\n")
    for path in (f"posts/{name}", name):
        route = built.route(path)
        assert route.copy is None and isinstance(route.view, CleanView) and path not in built.files
        with pytest.raises(ValueError, match="picture"):
            painted(built, path)
    assert {d.place.file for d in built.found("BK162")} == {f"content/posts/{name}", f"content/static/{name}"}
    assert "<picture>" not in built.files[PAGE] and "srcset" not in built.files[PAGE]


def test_a_picture_that_goes_to_two_places_is_cleaned_in_both() -> None:
    source = Source("content/static/a.jpg", "d")
    image = Image_(source.path, "d", 640, 480, "jpeg", animated=False, private=True)
    pictures = Pictures({source.path: image}, {"a.jpg": source, "b/a.jpg": source}, Images(), "/")
    assert [route.path for route in pictures.cleaned()] == ["a.jpg", "b/a.jpg"]
