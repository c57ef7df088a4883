"""What paints the pictures of routes: a view and a way to read sources in, bytes out. Pure; loads Pillow late."""

from __future__ import annotations

from brandkit.site.model import Read
from brandkit.site.views.outputs import CleanView, ResizedView, SocialCardView


def resize(view: ResizedView, read: Read) -> bytes:
    """A picture in another size and format. Raises ValueError where it cannot be read after all."""
    from brandkit.site.painting import pixels

    return pixels.resize(read(view.source), view.width, view.format, view.quality)


def clean(view: CleanView, read: Read) -> bytes:
    """A picture without its private metadata. Raises ValueError where that cannot be done."""
    from brandkit.site.painting import pixels

    return pixels.clean(read(view.source))


def social_card(view: SocialCardView, read: Read) -> bytes:
    """The picture for link previews."""
    from brandkit.site.painting import social_cards

    card = social_cards.Card(view.title, view.name, view.note, view.accent, view.direction)
    fonts = {source.rpartition("/")[2]: read(source) for source, _ in view.fonts}
    return social_cards.draw(card, read(view.portrait[0]) if view.portrait else None, fonts)
