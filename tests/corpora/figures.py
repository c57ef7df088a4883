"""Figures per corpus, on purpose: `python tests/corpora/figures.py`. Every case goes where such a file belongs.

A case passes where nothing that was promised is broken (see tests/fuzzing) within two seconds of work; one is explained
where a setting that brandkit does not have is why its HTML differs (see test_commonmark.py).
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "fuzzing"), str(HERE.parents[1])]

from one import CORPORA, target_named  # noqa: E402
from target import files  # noqa: E402

SECONDS = 2.0


def strings(corpora: Path) -> Iterator[bytes]:
    """The naughty strings, as a post and as a contact both."""
    for text in json.loads((corpora / "blns/blns.json").read_text(encoding="utf-8")):
        words = json.dumps(text)
        head = f"---\ntitle: {words}\nslug: {words}\ntags: [{words}]\n---\n"
        yield head.encode() + text.encode("utf-8", "replace")
        yield f"- {{id: a, name: {words}, notes: {words}}}\n".encode()


def payloads(corpora: Path) -> Iterator[bytes]:
    """The script vectors, as they are."""
    for case in json.loads((corpora / "dompurify-xss/expect.json").read_text(encoding="utf-8")):
        yield case["payload"].encode()


# corpus, what its files are held against, its cases
ROWS: tuple[tuple[str, tuple[str, ...], Callable[[Path], Iterable[bytes]]], ...] = (
    ("feedparser-tests", ("feed", "page", "opml"), files("feedparser-tests")),
    ("feedvalidator-testcases", ("feed", "page", "opml"), files("feedvalidator-testcases")),
    ("dompurify-xss", ("markup", "markdown", "posts", "page", "words"), payloads),
    ("yaml-test-suite", ("posts", "contacts", "me", "events", "site", "data"), files("yaml-test-suite", ".yaml")),
    ("blns", ("posts", "contacts", "words", "address"), strings),
    ("opml-listparser", ("opml",), files("opml-listparser", ".xml")),
    ("vcard-ez-vcard", ("vcard",), files("vcard-ez-vcard", ".vcf")),
    ("contacts-csv", ("tables",), files("contacts-csv", ".csv")),
    ("ics-icalendar", ("calendar",), files("ics-icalendar", ".ics")),
    ("blog-18f", ("posts",), files("blog-18f", ".md")),
)


def main() -> int:
    """One line for each corpus; 1 where something failed."""
    print(f"{'corpus':<24} {'cases':>6} {'passed':>7} {'explained':>10} {'failed':>7} {'slowest':>8}")
    failed = sum(_row(name, targets, list(cases(CORPORA))) for name, targets, cases in ROWS)
    return 1 if failed + _markdown() else 0


def _row(name: str, targets: tuple[str, ...], cases: list[bytes]) -> int:
    judges = [target_named(target).judge for target in targets]
    slowest, failed = 0.0, 0
    for case in cases:
        began = time.process_time()
        try:
            for judge in judges:
                judge(case)
        except Exception as error:
            failed += 1
            print(f"    {case[:60]!r}: {type(error).__name__}: {str(error)[:200]}")
        slowest = max(slowest, time.process_time() - began)
    print(f"{name:<24} {len(cases):>6} {len(cases) - failed:>7} {0:>10} {failed:>7} {slowest:>6.2f} s")
    return failed + (slowest > SECONDS * len(judges))


def _markdown() -> int:
    spec = importlib.util.spec_from_file_location("commonmark_tests", HERE / "test_commonmark.py")
    assert spec and spec.loader
    tests = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tests)
    examples = json.loads((CORPORA / "commonmark-spec/commonmark.json").read_text(encoding="utf-8"))
    pairs = {"commonmark-spec": [(example["markdown"], example["html"]) for example in examples]}
    pairs["markdown-it-fixtures"] = [
        case for path in sorted((CORPORA / "markdown-it-fixtures").glob("*.md")) for case in tests._cases(path)
    ]
    explained = {"commonmark-spec": len(tests.EMPTY_QUOTES | tests.BARE_ADDRESSES | tests.WIKILINKS)}
    explained["markdown-it-fixtures"] = sum(count for _, count in tests.OTHER_SETTINGS.values())
    failed = 0
    for name, cases in pairs.items():
        differing = sum(not _equal(tests, *case) for case in cases)
        failed += abs(differing - explained[name])
        wrong = max(0, differing - explained[name])
        print(f"{name:<24} {len(cases):>6} {len(cases) - differing:>7} {explained[name]:>10} {wrong:>7}")
    return failed


def _equal(tests: object, source: str, html: str) -> bool:
    plain = tests._plain  # type: ignore[attr-defined]
    return plain(tests.without_our_additions(tests.render(source, True).html)) == plain(html)  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
