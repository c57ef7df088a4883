"""The shortcodes of Hugo that have an equal in Markdown: figure, highlight, ref, relref, youtube, vimeo.

In: a text. Out: the same text, line for line, with these replaced, and which others were met. Code is
left alone: who writes about a shortcode means its text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from brandkit.site.model import Foreign

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(`++).+?(?<!`)\1(?!`)")
# possessive, and at most 50 arguments: a hostile line is given up as fast as it is read
_SHORTCODE = re.compile(
    r"\{\{([<%])\s*+(/?)\s*+([\w-]++)((?:\s++(?:[\w-]++=)?(?:\"[^\"\n]*+\"|`[^`\n]*+`|[^\s>%\"`{]++)){0,50}+)"
    r"\s*+/?\s*+[>%]\}\}"
)
_ESCAPED = re.compile(r"\{\{([<%])/\*(.{0,500}?)\*/([>%])\}\}")
_ARGUMENT = re.compile(r"(?:([\w-]+)=)?(?:\"([^\"]*)\"|`([^`]*)`|([^\s\"`]+))")
_HIGHLIGHT = re.compile(r"\{\{[<%]\s*+(/?)\s*+highlight\b", re.IGNORECASE)
_ONE_LINE = re.compile(
    r"\{\{[<%]\s*+highlight\b[^>%\n]{0,200}[>%]\}\}([^`\n]{0,500}?)\{\{[<%]\s*+/\s*+highlight\s*+[>%]\}\}",
    re.IGNORECASE,
)
_VIDEOS = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}


def expand(text: str) -> tuple[str, tuple[Foreign, ...]]:
    """The text with known shortcodes replaced, and the others by name."""
    if "{{<" not in text and "{{%" not in text:
        return text, ()
    foreign: dict[str, list[int]] = {}
    lines = [_line(line, number, code, foreign) for number, (line, code) in enumerate(_lines(text))]
    met = tuple(Foreign(name, uses[0], len(uses)) for name, uses in foreign.items())
    return "".join(lines), met


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it belongs to fenced or highlighted code."""
    fence, highlighted = "", False
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        if highlighted:
            highlighted = not any(mark[1] for mark in _HIGHLIGHT.finditer(line))
            yield line, highlighted
        elif fence:
            yield line, True
            if match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        else:
            fence = match[1] if match else ""
            marks = [] if match else list(_HIGHLIGHT.finditer(_CODE_SPAN.sub("", line)))
            highlighted = bool(marks) and not marks[-1][1]
            yield line, bool(match)


def _line(line: str, number: int, code: bool, foreign: dict[str, list[int]]) -> str:
    if not code:
        spans = [match.span() for match in _CODE_SPAN.finditer(line)]
        starts = [start for start, _ in spans]

        def replaced(match: re.Match[str]) -> str:
            before = bisect_right(starts, match.start())
            if before and match.start() < spans[before - 1][1]:
                return match[0]
            known = _known(match)
            if known is None:
                foreign.setdefault(match[3], []).append(number)
                return match[0]
            return known

        line = _SHORTCODE.sub(replaced, line if spans else _ONE_LINE.sub(r"`\1`", line))
    return _ESCAPED.sub(r"{{\1\2\3}}", line)


def _known(match: re.Match[str]) -> str | None:
    """What stands for a shortcode in Markdown; None for one that nothing stands for."""
    name, closing = match[3].lower(), bool(match[2])
    arguments = [(key, quoted or ticked or bare) for key, quoted, ticked, bare in _ARGUMENT.findall(match[4])]
    named = {key: value for key, value in arguments if key}
    plain = [value for key, value in arguments if not key]
    if name == "highlight":
        return "```" if closing else f"```{named.get('lang') or (plain[0] if plain else '')}"
    if closing:
        return None
    if name in ("ref", "relref"):
        return _source(named.get("path") or (plain[0] if plain else ""))
    if name == "figure":
        return _figure(named)
    if name in _VIDEOS:
        return f"<{_VIDEOS[name].format(named.get('id') or (plain[0] if plain else ''))}>"
    return None


def _source(path: str) -> str:
    """A reference as the link to a source that we read: `post.md#here`; Hugo leaves the ending out at will."""
    page, mark, anchor = path.partition("#")
    if page and not page.lower().endswith((".md", ".markdown")):
        page = f"wiki:{page.strip('/').rpartition('/')[2]}"
    return page.replace(" ", "%20") + mark + anchor


def _figure(named: dict[str, str]) -> str:
    words = named.get("caption") or named.get("title") or ""
    alt = re.sub(r"([\[\]\\])", r"\\\1", named.get("alt") or words)
    title = ' "{}"'.format(words.replace('"', "&quot;")) if words else ""
    size = " ".join(f"{key}={named[key]}" for key in ("width", "height") if named.get(key, "").isdigit())
    classes = " ".join(f".{name}" for name in named.get("class", "").split() if re.fullmatch(r"[\w-]+", name))
    braces = " ".join(part for part in (classes, size) if part)
    image = f"![{alt}](<{named.get('src', '')}>{title})" + (f"{{{braces}}}" if braces else "")
    return f"[{image}](<{named['link']}>)" if named.get("link") else image
