"""A draft as an .eml file: a mail that opens in a mail program, unsent, to be read and changed. Pure.

The same draft gives the same bytes. There is no Bcc, no message id, nothing that tracks; line breaks in a title
stay text and never become a header.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from brandkit.base.text import fold
from brandkit.engage.config import Me
from brandkit.engage.model import Draft

# What can stand in a header of any mail program; other addresses are typed by hand.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_PLAIN = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LONGEST_SUBJECT = 500
_HIDDEN = ("Cc", "Cf", "Cs", "Cn", "Co")


def eml_text(draft: Draft, to: str, sender: Me, date: datetime | None = None) -> bytes:
    """The bytes of an .eml file. `to` may be empty; without a date the mail program sets one when it is sent."""
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    if date is not None:
        mail["Date"] = date
    for header, name, address in (("From", sender.name, sender.email or ""), ("To", "", to)):
        if _PLAIN.fullmatch(address):
            mail[header] = Address(display_name=_header(name), addr_spec=address)
    mail["Subject"] = _header(draft.subject)
    body = draft.text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    mail.set_content(body, charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()


def _header(text: str) -> str:
    """Fit for a header: one line, nothing that hides."""
    return fold("".join(c for c in fold(text) if unicodedata.category(c) not in _HIDDEN))[:_LONGEST_SUBJECT]
