"""What a form says: names and values, read from the body of a request. Bytes in, texts out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_MOST = 200  # fields


@dataclass(frozen=True)
class Form:
    """The fields of a form, without space around them."""

    fields: dict[str, list[str]]

    def get(self, name: str) -> str:
        """The first value of a field; empty where there is none."""
        return next(iter(self.fields.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field."""
        return tuple(self.fields.get(name, ()))

    @property
    def back(self) -> str:
        """The page that it was sent from, as a path of our own: never the way to another place."""
        try:
            parts = urlsplit(self.get("back"))
        except ValueError:  # no address at all
            return "/"
        path = parts.path.lstrip("/\\")
        known = not parts.scheme and not parts.netloc and "\\" not in path and ":" not in path
        return f"/{path}" + (f"?{parts.query}" if parts.query else "") if known else "/"


def read_form(body: bytes) -> Form:
    """The form in a body of type application/x-www-form-urlencoded; nothing where it is none."""
    try:
        found = parse_qs(body.decode("ascii"), max_num_fields=_MOST, encoding="utf-8", errors="replace")
    except ValueError:
        return Form({})
    return Form({name: [_plain(value) for value in values] for name, values in found.items()})


def _plain(value: str) -> str:
    """Lines end as files have them; nothing that no file can hold."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
