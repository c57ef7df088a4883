"""How a theme finds its templates, for who wants to change one: where each name is looked for, who fills each block.

In: a theme, the name of a template. Out: plain values for `brandkit explain`. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import jinja2
from jinja2 import nodes

from brandkit.site.theme import Theme, compiled


def lookup(theme: Theme, template: str) -> tuple[tuple[str, bool], ...]:
    """(file, whether it is there) for every place where a template is looked for, in order; the first that is there."""
    files = (f"themes/{name}/templates/{template}" for name in theme.chain)
    return tuple((file, file in set(theme.files.values())) for file in files)


def blocks(theme: Theme, template: str) -> Mapping[str, str]:
    """For every block of a page, the file whose words fill it: the outermost template that defines it."""
    found: dict[str, str] = {}
    for name, tree in _extended(theme, template):
        for block in tree.find_all(nodes.Block):
            found.setdefault(block.name, theme.files[name])
    return found


def _extended(theme: Theme, template: str) -> Iterator[tuple[str, nodes.Template]]:
    """A template, the one that it extends, and so on."""
    env, seen = compiled(theme), set[str]()
    name: str | None = template
    while name is not None and name in theme.templates and name not in seen:
        seen.add(name)
        try:
            tree = env.parse(theme.templates[name])
        except jinja2.TemplateSyntaxError:
            return
        yield name, tree
        name = _parent(list(tree.find_all(nodes.Extends)))


def _parent(extends: Sequence[nodes.Extends]) -> str | None:
    written = extends[0].template if extends else None
    return written.value if isinstance(written, nodes.Const) else None
