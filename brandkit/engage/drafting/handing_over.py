"""Words handed over to what sends them: an address that opens a message with its text, a code to scan. Pure.

In: a draft, the contact that it is for. Out: text; nothing is sent, and no server is asked. What the person may send
is theirs to look at first.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from markupsafe import Markup

from brandkit.base.text import fold
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Draft
from brandkit.engage.sources.printable import printable

MOST_IN_CODE = 2953  # bytes
_LONG = 300  # from how many bytes on a code is large enough without room for smudges
_IN_ADDRESS = "@!$'*+"  # what may stand in a mailto: address as it is
_NUMBER = re.compile(r"\+?[ ().\-/]*[0-9][0-9 ().\-/]*")
_FEWEST_DIGITS = 3
_MOST_DIGITS = 15  # of a number with its country


def address_of_message(draft: Draft, contact: Contact | None) -> str:
    """The URI that opens a message with its text; the plain text where a network has no such address.

    Where no number or address is known it names none, and the app lets one choose.
    """
    phone = next(filter(None, map(number, contact.phones)), "") if contact else ""
    text = _lines(draft.text)
    match draft.channel:
        case "email":
            to = next(iter(contact.emails), "") if contact else ""
            body = _quoted(text.replace("\n", "\r\n"))
            return f"mailto:{_quoted(to, _IN_ADDRESS)}?subject={_quoted(fold(draft.subject))}&body={body}"
        case "sms":
            return f"sms:{phone}?body={_quoted(text)}"
        case "whatsapp":
            return f"https://wa.me/{phone[1:] if phone.startswith('+') else ''}?text={_quoted(text)}"
        case _:
            return text


def number(phone: str) -> str:
    """A phone number as it is dialled: digits, after a + where it begins with its country; nothing where it is none."""
    plain = unicodedata.normalize("NFKC", phone)
    found = _NUMBER.search(plain.replace("(0)", "") if "+" in plain else plain)
    digits = re.sub("[^0-9]", "", found[0]) if found else ""
    abroad = found is not None and (found[0].startswith("+") or digits.startswith("00"))
    digits = digits.removeprefix("00") if abroad else digits
    return f"{'+' if abroad else ''}{digits}" if _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS else ""


def qr_of(text: str, title: str) -> Markup | None:
    """A QR code of a text as inline SVG, dark on white whatever the page; None where the text is too long for one."""
    import segno

    data = text.encode("utf-8", "replace")
    if not 0 < len(data) <= MOST_IN_CODE:
        return None
    code = segno.make(data.decode("utf-8"), micro=False, error="l" if len(data) > _LONG else "m", encoding="utf-8")
    opening, _, drawing = code.svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None
    ).partition(">")
    head = Markup(' role="img" shape-rendering="crispEdges"><title>{}</title>').format(printable(title))
    return Markup(opening) + head + Markup(drawing)


def _lines(text: str) -> str:
    """The text with plain ends of lines, and none behind the last."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _quoted(text: str, safe: str = "") -> str:
    return quote(text, safe=safe, errors="replace")
