"""A post of one's own as a newsletter: HTML that mail programs show, and plain text. Pure; nothing is sent.

One table, 600 pixels wide; styles inline; the paper and the ink are the mail program's, light or dark.
"""

from __future__ import annotations

from datetime import datetime
from html import escape

from brandkit.base.lengths import columns, wrapped
from brandkit.base.text import fold
from brandkit.base.walls import OwnPage
from brandkit.engage.own_texts.mail_markup import BLUE, GREY, SERIF, WIDTH, as_lines, styled

_LINES = 72
_FROM_THE_RIGHT = frozenset("ar arc ckb dv fa he iw ps sd syr ug ur yi".split())
_READ = {
    "de": "Im Web lesen", "en": "Read on the web", "es": "Leer en la web", "fr": "Lire sur le web",
    "it": "Leggi sul web", "nl": "Lees op het web", "pt": "Ler na web",
}  # fmt: skip


def newsletter_html(page: OwnPage) -> str:
    """A whole document, to be pasted into or imported by what sends the newsletter."""
    side, language = direction(page.language), escape(page.language, quote=True)
    title, link = escape(_title(page)), escape(page.url, quote=True)
    by = " · ".join(escape(part) for part in (fold(page.author), day(page.date, page.language)) if part)
    text = styled(page.html.__html__(), page.url, side)
    small = f"{SERIF};font-size:14px;line-height:1.5;color:{GREY}"
    return f"""\
<!doctype html>
<html lang="{language}" dir="{side}" style="color-scheme:light dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
</head>
<body style="margin:0;padding:0">
<table role="presentation" align="center" width="{WIDTH}" cellpadding="0" cellspacing="0" border="0" \
style="width:100%;max-width:{WIDTH}px;margin:0 auto">
<tr><td lang="{language}" dir="{side}" style="padding:32px 24px 8px">
<h1 style="margin:0 0 8px;{SERIF};font-size:30px;line-height:1.2">{title}</h1>
<p style="margin:0 0 16px;{small}">{by}</p>
</td></tr>
<tr><td lang="{language}" dir="{side}" style="padding:0 24px;{SERIF};font-size:17px;line-height:1.6">
{text}
</td></tr>
<tr><td lang="{language}" dir="{side}" style="padding:16px 24px 32px">
<p style="margin:0;{small}"><a href="{link}" style="color:{BLUE};text-decoration:underline">{_read(page)}</a></p>
</td></tr>
</table>
</body>
</html>
"""


def newsletter_text(page: OwnPage) -> str:
    """The same as plain text: lines of 72 columns, links numbered at the end."""
    lines, links = as_lines(page.html.__html__(), page.url)
    title = wrapped(_title(page), _LINES)
    by = " · ".join(part for part in (fold(page.author), day(page.date, page.language)) if part)
    rule = "=" * min(_LINES, max((columns(line) for line in title), default=1))
    parts = [[*title, rule], wrapped(by, _LINES), lines, [f"{_read(page)}:", page.url]]
    parts.append([f"[{number}] {address}" for number, address in enumerate(links, 1)])
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def direction(language: str) -> str:
    """`rtl` for languages that are written from the right."""
    return "rtl" if language.replace("_", "-").split("-")[0].lower() in _FROM_THE_RIGHT else "ltr"


def day(value: datetime | None, language: str) -> str:
    """`1 March 2026` in English, 2026-03-01 elsewhere."""
    if value is None:
        return ""
    return f"{value.day} {value:%B} {value.year}" if language.lower().startswith("en") else value.date().isoformat()


def _title(page: OwnPage) -> str:
    return fold(page.title) or page.url


def _read(page: OwnPage) -> str:
    return _READ.get(page.language.split("-")[0].lower(), _READ["en"])
