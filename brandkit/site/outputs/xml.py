"""Text that XML can hold."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """Escaped for an element or an attribute; characters that XML 1.0 forbids are dropped."""
    return html.escape(_FORBIDDEN.sub("", text), quote=True)


def moment(value: datetime) -> str:
    """RFC 3339, in UTC."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
