"""Pictures as pages show them, and the lighter forms that are made of them. Pure.

`Pictures` hands out views; what it handed out stands in `routes()` afterwards, so that only forms
that some page asks for are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from brandkit.base.text import slugify
from brandkit.base.walls import Source
from brandkit.site.config import Images
from brandkit.site.markdown.marks import PictureView
from brandkit.site.model import Image, Route
from brandkit.site.painting import painters
from brandkit.site.painting.picture import widths_for
from brandkit.site.views.outputs import CleanView, ResizedView

_TYPES = {"avif": "image/avif", "webp": "image/webp"}
_AVIF_EASE = 18  # AVIF of quality 60 looks like WebP of 78


class Pictures:
    """The pictures of one site. `files` are what is copied, by output path."""

    def __init__(self, images: Mapping[str, Image], files: Mapping[str, Source], choice: Images, root: str) -> None:
        self._images, self._choice, self._root = images, choice, root
        self._files = files
        self._outputs = {source.path: path for path, source in files.items()}
        self._known: dict[str, PictureView] = {}
        self._routes: dict[str, Route] = {}

    def view(self, source: str) -> PictureView | None:
        """The picture of a source, with every lighter form; None for what is no picture that is published."""
        if source not in self._known:
            image = self.image(source)
            if image is None or source not in self._outputs:
                return None
            self._known[source] = self._view(image)
        return self._known[source]

    def image(self, source: str) -> Image | None:
        """What is known of the picture; None for one that cannot be read."""
        image = self._images.get(source)
        return image if image is not None and image.width else None

    def routes(self) -> Iterator[Route]:
        """The lighter forms that views were handed out for."""
        yield from self._routes.values()

    def cleaned(self) -> Iterator[Route]:
        """Pictures that bear what a camera or a program wrote into them: published without it, or not at all."""
        for path, source in self._files.items():
            image = self._images.get(source.path)
            if image is not None and image.private:
                yield Route(path, CleanView(source.path, image.digest), painter=painters.clean, source=source.path)

    def _view(self, image: Image) -> PictureView:
        path = self._address(self._outputs[image.source])
        widths = widths_for(image, self._choice.widths)
        sources = tuple((_TYPES[form], self._srcset(image, form, widths)) for form in self._choice.formats if widths)
        return PictureView(path, image.width, image.height, sources)

    def _srcset(self, image: Image, form: str, widths: tuple[int, ...]) -> str:
        return ", ".join(f"{self._address(self._form(image, form, width))} {width}w" for width in widths)

    def _form(self, image: Image, form: str, width: int) -> str:
        """Plan one form; its output path."""
        name = slugify(PurePosixPath(image.source).stem, "picture")
        path = f"assets/images/{name}-{image.digest[:8]}-{width}.{form}"
        quality = self._choice.quality - (_AVIF_EASE if form == "avif" else 0)
        view = ResizedView(image.source, image.digest, width, form, max(quality, 10))
        self._routes[path] = Route(path, view, painter=painters.resize)
        return path

    def _address(self, output: str) -> str:
        return quote(self._root + output, safe="/:@!$&'()*+,;=~-._")
