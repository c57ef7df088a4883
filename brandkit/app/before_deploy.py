"""What is looked at before a site goes anywhere: mistakes, what git tracks, and what is left of the example.

In: the project and what was just built. Out: nothing, or Refused with every reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from brandkit.app.project import Project
from brandkit.app.publish import Published
from brandkit.app.tracked_vault import RESERVED, tracked_vault
from brandkit.base.marked_yaml import read_yaml
from brandkit.base.text import plural, without_comments
from brandkit.base.url import host_of
from brandkit.base.walls import PublicOutput, Refused
from brandkit.io import resources

_TEXTS = (".html", ".xml", ".json", ".txt", ".ics", ".opml", ".svg")
_MEND = "write your own, or say --example if this is meant"
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def check_before_deploy(project: Project, published: Published, example: bool) -> None:
    """Whether this site may go out at all. `example`: invented names and domains are meant. Raises Refused."""
    if published.report.count("error"):
        raise Refused("the site has errors, so nothing was deployed")
    reasons = [*_tracked(project.root), *([] if example else invented(published))]
    if reasons:
        raise Refused("\n".join([*reasons, "Nothing was deployed."]))


def _tracked(root: Path) -> Iterator[str]:
    if found := tracked_vault(root):
        yield f"{found.place}: {found.message}; {found.hint}"


def invented(published: Published) -> Iterator[str]:
    """What of the site was made up: an address that is reserved for examples, a name or a domain of ours."""
    host = host_of(published.settings.config.url)
    if RESERVED.match(host):
        yield f"site.yaml: {host} is an address for examples; {_MEND}."
    signs = _signs()
    hits = [(path, sign) for path in published.output.files for sign in _sign_in(published.output, path, signs)]
    if hits:
        files, first = len({path for path, _ in hits}), hits[0]
        yield (
            f"public/{first[0]}: '{first[1]}' belongs to the example that comes with brandkit, "
            f"and stands in {plural(files, 'file')} of the site; {_MEND}."
        )


def _signs() -> list[str]:
    """The invented name, and the invented domains, of the example that comes with brandkit."""
    text = (resources.bundled_example() / "site.yaml").read_text(encoding="utf-8")
    site = read_yaml(text, "site.yaml").value
    names = {site.data["author"]["name"]} if site else set()
    return sorted(names | {host for host in _HOST.findall(without_comments(text)) if RESERVED.match(host)})


def _sign_in(output: PublicOutput, path: str, signs: list[str]) -> Iterator[str]:
    if path.endswith(_TEXTS):
        text = (output.path / path).read_text(encoding="utf-8", errors="replace")
        yield from (sign for sign in signs if sign in text)
