"""Private strings, the ways in which text is wrapped, and the sorts of files that a site consists of.

Run on purpose, it puts random private strings in every wrapping into every sort of file, and counts what is found:

    PYTHONPATH=. python tests/properties/leaks.py [ROUNDS] [SEED]
"""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import json
import lzma
import quopri
import random
import struct
import sys
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

from brandkit.engage.secrets import Kind, Secret, spellings
from brandkit.io.leak_search.matching import Matcher
from brandkit.io.leak_search.searching import search

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FOREIGN = "éèüößñçøåłžșíó"
_WORDS = (
    "platform lead spring board house sale garden budget nephew surgery moves Lisbon quietly divorce offer salary "
    "interview rota keynote founder investor leaving autumn hospital twins allotment dispute lawyer merger product the "
    "a of is not and with before her his their wants would like to hear about does know yet für und nicht Garten"
).split()


def a_word(dice: random.Random, shortest: int = 4) -> str:
    return "".join(
        dice.choice(_LETTERS + (_FOREIGN if dice.random() < 0.1 else "")) for _ in range(dice.randint(shortest, 9))
    )


def a_name(dice: random.Random) -> str:
    parts = [a_word(dice, 3).title() for _ in range(dice.choice((2, 2, 2, 3)))]
    if dice.random() < 0.1:
        parts[-1] = f"{parts[-1]}-{a_word(dice).title()}"
    if dice.random() < 0.1:
        parts = ["".join(chr(dice.randrange(0x4E00, 0x9000)) for _ in range(dice.randint(3, 5)))]
    return " ".join(parts)


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isascii())


def a_mail(dice: random.Random) -> str:
    sign = dice.choice((".", "-", "_", "+", ""))
    host = f"{_plain(a_word(dice))}x.{dice.choice(('example', 'test', 'co.example'))}"
    return f"{_plain(a_word(dice))}x{sign}{_plain(a_word(dice))}@{host}"


def a_phone(dice: random.Random) -> str:
    digits = "".join(dice.choice("123456789") for _ in range(dice.randint(8, 10)))
    country = dice.choice(("1", "49", "44", "33", "353", "7", "91"))
    cut = dice.randint(2, 4)
    return f"+{country} {digits[:cut]} {digits[cut:]}"


def a_handle(dice: random.Random) -> str:
    name = f"{_plain(a_word(dice))}_{_plain(a_word(dice))}x"
    return dice.choice((f"@{name}@{_plain(a_word(dice))}x.example", name))


def a_text(dice: random.Random) -> str:
    words = [dice.choice((dice.choice(_WORDS), a_word(dice))) for _ in range(dice.randint(4, 14))]
    return " ".join([*words, a_word(dice), a_word(dice)])


MAKERS: dict[Kind, Callable[[random.Random], str]] = {
    "name": a_name,
    "mail": a_mail,
    "phone": a_phone,
    "handle": a_handle,
    "text": a_text,
}


def a_secret(dice: random.Random, kind: Kind) -> Secret:
    return Secret(MAKERS[kind](dice), kind, "contacts", "ada", (kind,))


def as_written(dice: random.Random, secret: Secret) -> str:
    """The secret as somebody may write it."""
    text = secret.text
    if secret.kind == "phone":
        country, _, rest = text[1:].partition(" ")
        digits = rest.replace(" ", "")
        cuts = sorted(dice.sample(range(1, len(digits)), 2))
        sign = dice.choice((" ", "-", ".", "/", "", "\u00a0", " - ", "\u2011"))
        grouped = sign.join((digits[: cuts[0]], digits[cuts[0] : cuts[1]], digits[cuts[1] :]))
        return dice.choice(
            (text, f"0{grouped}", f"+{country} (0){grouped}", f"00{country}{grouped}", grouped, f"+{country}{digits}")
        )
    if secret.kind == "handle" and "@" not in text:
        return dice.choice((f"@{text}", f"https://social.example/{text}"))
    if secret.kind == "handle":
        name, _, host = text[1:].partition("@")
        return dice.choice((text, f"https://{host}/@{name}"))
    if secret.kind == "text" and len(text.split()) > 12 and dice.random() < 0.5:
        words = text.split()
        start = dice.randrange(len(words) - 11)
        return " ".join(words[start : start + 12])
    if secret.kind == "text":
        return dice.choice((text, text.replace(" ", "\n"), text.replace(" ", ", ", 1), f"{text}!"))
    if secret.kind == "name":
        given, _, family = text.rpartition(" ")
        listed = f"({family}, {given})" if given else text
        ways = (text, text.replace(" ", "-"), text.replace(" ", "\n"), text.replace(" ", "_"), listed, f"{text}'s")
        return dice.choice((text, *ways))
    if secret.kind == "mail":
        return dice.choice((text, f"mailto:{text}", f"<{text}>", text.replace("@", " at ").replace(".", " dot ", 0)))
    return text


def _split(sign: str) -> Callable[[random.Random, str], str]:
    def wrap(dice: random.Random, text: str) -> str:
        at = dice.randrange(1, len(text)) if len(text) > 1 else 1
        return text[:at] + sign + text[at:]

    return wrap


def _some_entities(dice: random.Random, text: str) -> str:
    return "".join(dice.choice((f"&#{ord(c)};", f"&#x{ord(c):X};", f"&#{ord(c):06d};", c)) for c in text)


def _in_tags(dice: random.Random, text: str) -> str:
    return "".join(c if dice.random() < 0.7 else f"<b class='x y'>{c}</b>" for c in text)


def _base64(dice: random.Random, text: str) -> str:
    noise = dice.randbytes(dice.randrange(4)), dice.randbytes(dice.randrange(4))
    raw = dice.choice((b" ".join((noise[0], text.encode(), noise[1])), text.encode(), b"say " + text.encode()))
    coded = dice.choice((base64.b64encode, base64.urlsafe_b64encode))(raw).decode()
    return dice.choice((coded, coded.rstrip("="), f"data:text/plain;base64,{coded}", quote(coded, safe="")))


def _long_base64(dice: random.Random, text: str) -> str:
    raw = ("word " * dice.randint(20, 60) + text + " and more" * 20).encode()
    return base64.encodebytes(raw).decode()


def _script(dice: random.Random, text: str) -> str:
    return "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 and dice.random() < 0.6 else c for c in text)


Wrapping = Callable[[random.Random, str], str]
WRAPPINGS: dict[str, Wrapping] = {
    "plain": lambda _, text: text,
    "capitals": lambda _, text: text.upper(),
    "small letters": lambda _, text: text.lower(),
    "some entities": _some_entities,
    "entities by name": lambda _, text: "".join(
        f"&{name}" if (name := _NAMES.get(c)) else html.escape(c) for c in text
    ),
    "entities twice": lambda dice, text: html.escape(_some_entities(dice, text)),
    "percent": lambda _, text: quote(text),
    "all in percent": lambda _, text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "percent twice": lambda _, text: quote(quote(text, safe="")),
    "entities of percent": lambda dice, text: _some_entities(dice, quote(text, safe="")),
    "json": lambda _, text: json.dumps(text),
    "script": _script,
    "hex of scripts": lambda _, text: "".join(f"\\x{ord(c):02x}" if ord(c) < 256 else c for c in text),
    "base64": _base64,
    "long base64": _long_base64,
    "base64 twice": lambda dice, text: _base64(dice, _base64(dice, text)),
    "base64 of packed": lambda _, text: base64.b64encode(gzip.compress(f"{'x y ' * 20}{text}".encode())).decode(),
    "tags": _in_tags,
    "escaped tags": lambda dice, text: html.escape(_in_tags(dice, text)),
    "a comment": _split("<!-- > or < -->"),
    "a soft hyphen": _split("\u00ad"),
    "a named soft hyphen": _split("&shy;"),
    "a zero-width space": _split("\u200b"),
    "an opportunity to break": _split("<wbr>"),
    "decomposed": lambda _, text: unicodedata.normalize("NFD", text),
    "full width": lambda _, text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "quoted printable": lambda _, text: quopri.encodestring(text.encode()).decode(),
}
_NAMES = {chr(code): f"{name};" for code, name in html.entities.codepoint2name.items() if chr(code) not in "'"}
_NAMES |= {"@": "commat;", ".": "period;", "-": "hyphen;", "_": "lowbar;", "+": "plus;"}

CHANGE_LETTERS = {"capitals", "small letters"}


def _around(dice: random.Random, text: str) -> str:
    words = [dice.choice(_WORDS) for _ in range(dice.randrange(30))]
    at = dice.randint(0, len(words))
    return " ".join([*words[:at], text, *words[at:]])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(*chunks: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IDAT", zlib.compress(b"\0\0")) + _chunk(b"IEND", b"")
    )


def _jpeg(kind: int, body: bytes) -> bytes:
    pixels = random.Random(len(body)).randbytes(300).replace(b"\xff", b"\xfe")
    segment = bytes((0xFF, kind)) + struct.pack(">H", len(body) + 2) + body
    return b"\xff\xd8" + segment + b"\xff\xda\x00\x02" + pixels + b"\xff\xd9"


def _xmp(text: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{html.escape(text)}</dc:creator></x:xmpmeta>'.encode()


def _webp(body: bytes) -> bytes:
    chunks = (
        b"VP8 "
        + struct.pack("<I", 40)
        + bytes(40)
        + b"XMP "
        + struct.pack("<I", len(body))
        + body
        + b"\0" * (len(body) % 2)
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def _gif(body: bytes) -> bytes:
    blocks = b"".join(bytes((len(part),)) + part for part in (body[i : i + 255] for i in range(0, len(body), 255)))
    return b"GIF89a\x01\0\x01\0\0\0\0" + b"\x21\xfe" + blocks + b"\0" + b"\x2c" + bytes(9) + b"\x02\x02\x4c\x01\0\x3b"


def _zip(name: str, body: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(name, body)
    return out.getvalue()


def _pdf(text: str) -> bytes:
    first, rest = (
        part.encode("latin-1", "ignore").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        for part in (text[:3], text[3:])
    )
    shown = b"[(" + first + b") -20 (" + rest + b")] TJ"
    packed = zlib.compress(b"BT /F1 12 Tf 72 720 Td " + shown + b" ET")
    return b"%PDF-1.7\n1 0 obj <</Length 1 /Filter /FlateDecode>>\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF\n"


def _folded(text: str) -> bytes:
    line = f"DESCRIPTION:{text}".replace("\n", "\\n")
    lines = "\r\n ".join(line[i : i + 60] for i in range(0, len(line), 60))
    return f"BEGIN:VCALENDAR\r\n{lines}\r\nEND:VCALENDAR\r\n".encode()


PAGE = (
    "<!doctype html><html><head><title>t</title><meta name=description content='{a}'></head>"
    "<body><p>{b}</p></body></html>"
)
FILES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "page": ("a/index.html", lambda text: PAGE.format(a="", b=text).encode()),
    "attribute": ("a/index.html", lambda text: PAGE.format(a=text.replace("'", "&#39;"), b="").encode()),
    "page in UTF-16": ("a/index.html", lambda text: PAGE.format(a="", b=text).encode("utf-16")),
    "atom": (
        "feed.xml",
        lambda text: f"<feed><entry><content type='html'>{html.escape(text)}</content></entry></feed>".encode(),
    ),
    "rss": (
        "rss.xml",
        lambda text: f"<rss><item><description><![CDATA[<p>{text}</p>]]></description></item></rss>".encode(),
    ),
    "json feed": ("feed.json", lambda text: json.dumps({"items": [{"content_html": f"<p>{text}</p>"}]}).encode()),
    "search index": (
        "search/fragment/en.pf_fragment",
        lambda text: gzip.compress(b"pagefind_dcd" + json.dumps({"content": text}).encode()),
    ),
    "sitemap": (
        "sitemap.xml",
        lambda text: f"<urlset><url><loc>https://a.example/{quote(text)}/</loc></url></urlset>".encode(),
    ),
    "calendar": ("events.ics", _folded),
    "drawing": ("a.svg", lambda text: f"<svg><metadata>x</metadata><text>{text}</text></svg>".encode()),
    "style": ("a.css", lambda text: f"/* {text} */ a {{ color: red }}".encode()),
    "script": ("a.js", lambda text: f"const a = {json.dumps(text)};".encode()),
    "packed page": ("a/index.html.gz", lambda text: gzip.compress(PAGE.format(a="", b=text).encode())),
    "bz2": ("a.txt.bz2", lambda text: bz2.compress(text.encode())),
    "xz": ("a.txt.xz", lambda text: lzma.compress(text.encode())),
    "archive": ("a.zip", lambda text: _zip("notes/a.txt", text.encode())),
    "archive in an archive": ("a.zip", lambda text: _zip("a.zip", _zip("a.txt", text.encode()))),
    "document": (
        "a.docx",
        lambda text: _zip("word/document.xml", f"<w:p><w:t>{html.escape(text)}</w:t></w:p>".encode()),
    ),
    "book": ("a.epub", lambda text: _zip("OPS/a.xhtml", PAGE.format(a="", b=text).encode())),
    "pdf": ("a.pdf", _pdf),
    "pdf's author": (
        "a.pdf",
        lambda text: b"%PDF-1.7\n1 0 obj <</Author <FEFF" + text.encode("utf-16-be").hex().encode() + b">>>\nendobj",
    ),
    "png text": ("a.png", lambda text: _png(_chunk(b"iTXt", b"Comment\0\0\0\0\0" + text.encode()))),
    "png packed text": (
        "a.png",
        lambda text: _png(_chunk(b"iTXt", b"Comment\0\1\0en\0\0" + zlib.compress(text.encode()))),
    ),
    "png old text": ("a.png", lambda text: _png(_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(text.encode())))),
    "jpeg comment": ("a.jpg", lambda text: _jpeg(0xFE, text.encode())),
    "jpeg exif": ("a.jpg", lambda text: _jpeg(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + bytes(20) + text.encode() + b"\0")),
    "jpeg wide exif": (
        "a.jpg",
        lambda text: _jpeg(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + bytes(20) + text.encode("utf-16-le")),
    ),
    "jpeg xmp": ("a.jpg", lambda text: _jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _xmp(text))),
    "webp xmp": ("a.webp", lambda text: _webp(_xmp(text))),
    "gif comment": ("a.gif", lambda text: _gif(text.encode())),
    "avif xmp": (
        "a.avif",
        lambda text: (
            b"\0\0\0\x1cftypavif"
            + random.Random(1).randbytes(200)
            + b"\0"
            + _xmp(text)
            + random.Random(2).randbytes(99)
        ),
    ),
    "font or film": (
        "a.bin",
        lambda text: random.Random(3).randbytes(500) + b"\0" + text.encode() + b"\0" + random.Random(4).randbytes(500),
    ),
}
LATIN_ONLY = {"pdf", "jpeg wide exif"}  # their letters are of one byte


def put(dice: random.Random, secret: Secret, wrapping: str, file: str) -> tuple[str, bytes]:
    """A file, by name and bytes, in which the secret stands."""
    text = as_written(dice, secret)
    wrapped = WRAPPINGS[wrapping](dice, text)
    name, make = FILES[file]
    return name, make(_around(dice, wrapped))


def makes_sense(secret: Secret, wrapping: str, file: str) -> bool:
    """Whether the letters of the secret can stand there so."""
    return file not in LATIN_ONLY or (secret.text.isascii() and wrapping not in ("full width", "a zero-width space"))


def main(rounds: int, seed: int) -> None:
    tried, missed = Counter[str](), Counter[str]()
    for round_ in range(rounds):
        dice = random.Random(f"{seed} {round_}")
        secrets = [a_secret(dice, kind) for kind in MAKERS]
        matcher = [Matcher(spellings(secret)) for secret in secrets]
        for wrapping in WRAPPINGS:
            for file in FILES:
                for number, secret in enumerate(secrets):
                    if not makes_sense(secret, wrapping, file):
                        continue
                    name, data = put(dice, secret, wrapping, file)
                    tried["all"] += 1
                    if not search(matcher[number], name, data).found:
                        missed["all"] += 1
                        missed[f"{secret.kind}, {wrapping}"] += 1
                        missed[f"{file}"] += 1
                        if missed["all"] < 30:
                            print(
                                f"missed: {secret.kind}, {wrapping}, {file}: {secret.text!r} in {data[:3000]!r}"[:400]
                            )
    ways = f"{len(WRAPPINGS)} wrappings, {len(FILES)} sorts of files"
    print(f"{tried['all']} private strings hidden ({ways}), {missed['all']} missed")
    for what, count in missed.most_common(40):
        print(f"  {count} {what}")


if __name__ == "__main__":
    main(*(int(argument) for argument in (*sys.argv[1:], *("3", "1")[len(sys.argv) - 1 :])))
