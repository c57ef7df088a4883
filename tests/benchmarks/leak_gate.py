"""How long the leak gate takes: a site of many pages, a vault of many private strings. Run on purpose:

    PYTHONPATH=. python tests/benchmarks/leak_gate.py [PAGES] [STRINGS]

It writes pages as large as those of a blog (and a feed, a search fragment for each, and a picture now and then) and a
vault with that many private strings: names, addresses, numbers, needs and notes of invented people. It prints the
seconds on the clock and of the processors, and whether the strings that were hidden on purpose were all found.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from brandkit.app.leaks import look_through, open_gate
from brandkit.app.project import Project
from tests.properties.leaks import a_mail, a_name, a_phone, a_text

_PER_CONTACT = 5
_WORDS_A_PAGE, _PAGE = 1500, 20_000  # words of text; bytes of markup around them
_HIDDEN = 7  # every so manieth page hides something


def make(root: Path, pages: int, strings: int) -> int:
    """Write site and vault. Returns on how many pages something private stands."""
    dice = random.Random(3)
    people = [_contact(dice, number) for number in range(strings // _PER_CONTACT)]
    vault = root / "content" / "vault"
    vault.mkdir(parents=True)
    (root / "site.yaml").write_text("title: Large\nurl: https://large.example/\n")
    (vault / "contacts.yaml").write_text("".join(f"- {json.dumps(person, ensure_ascii=False)}\n" for person in people))
    common = [a_text(dice).split()[0] for _ in range(8000)]
    for number in range(pages):
        text = " ".join(dice.choices(common, k=_WORDS_A_PAGE))
        if number % _HIDDEN == 0:
            text += " " + str(dice.choice(people)["notes"])
        _write_page(root / "public", number, text, dice)
    return len(range(0, pages, _HIDDEN))


def _contact(dice: random.Random, number: int) -> dict[str, object]:
    mail, phone, need, note = a_mail(dice), a_phone(dice), a_text(dice), a_text(dice)
    return {
        "id": f"p{number}",
        "name": a_name(dice),
        "emails": [mail],
        "phones": [phone],
        "needs": [need],
        "notes": note,
    }


def _write_page(public: Path, number: int, text: str, dice: random.Random) -> None:
    folder = public / f"posts/page-{number}"
    folder.mkdir(parents=True)
    words = text.split()
    body = "".join(f"<p>{html.escape(' '.join(words[at : at + 60]))}</p>\n" for at in range(0, len(words), 60))
    chrome = "".join(
        f'<a class="item" href="/posts/page-{at}/">Page {at} &amp; more</a>\n' for at in range(_PAGE // 60)
    )
    (folder / "index.html").write_text(f"<!doctype html><html><body>{chrome}<main>{body}</main></body></html>")
    fragment = public / f"search/fragment/en_{number}.pf_fragment"
    fragment.parent.mkdir(parents=True, exist_ok=True)
    fragment.write_bytes(gzip.compress(json.dumps({"content": text}).encode()))
    if number % 5 == 0:
        (folder / "a.jpg").write_bytes(b"\xff\xd8\xff\xda\x00\x02" + dice.randbytes(60_000) + b"\xff\xd9")


def main(pages: int = 500, strings: int = 10_000) -> None:
    """Make it, search it, say how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        hidden = make(root, pages, strings)
        files = [path.relative_to(root / "public").as_posix() for path in (root / "public").rglob("*.*")]
        size = sum((root / "public" / file).stat().st_size for file in files)
        began, used = time.perf_counter(), _used()
        gate = open_gate(Project(root))
        ready, used_ready = time.perf_counter(), _used()
        looked = look_through(gate, root / "public", files)
        done, used_done = time.perf_counter(), _used()
    found = sum(1 for file in looked.leaks if file.endswith(".html"))
    print(f"{pages} pages ({looked.files} files, {size / 1e6:.1f} MB), {looked.strings} private strings")
    print(f"  vault and table: {ready - began:.1f} s ({used_ready - used:.1f} s of processors)")
    print(f"  search: {done - ready:.1f} s ({used_done - used_ready:.1f} s of processors)")
    print(f"  found on {found} of {hidden} pages")


def _used() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
