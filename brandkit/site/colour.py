"""Colours that can be read: contrast, and the nearest shade of an accent that has enough of it.

Relative luminance and contrast ratio as WCAG 2.2 defines them (1 to 21).
"""

from __future__ import annotations

PAPER, INK_PAPER = "#fbfaf7", "#14161a"  # the backgrounds of the default theme, light and dark
ENOUGH = 5.0  # above the 4.5 that WCAG AA asks of text, so that tinted backgrounds keep it too


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours like `#0b6e4f`."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(accent: str, background: str) -> str:
    """The accent itself, or the nearest mix with black or white that reads well on `background`."""
    goal = "#ffffff" if _luminance(background) < 0.5 else "#000000"
    for step in range(0, 101, 4):
        mixed = _mix(accent, goal, step / 100)
        if contrast(mixed, background) >= ENOUGH:
            return mixed
    return goal


def text_on(background: str) -> str:
    """Black or white, whichever reads better on `background`."""
    return max(("#ffffff", "#101214"), key=lambda text: contrast(text, background))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
