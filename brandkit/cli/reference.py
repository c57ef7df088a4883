"""The reference pages, written from the code: `python -m brandkit.cli.reference docs`. A test compares them."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import json
import pkgutil
import sys
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

import brandkit
from brandkit.base.diagnostics import Code
from brandkit.cli.main import ALSO, EVERY_WEEK, cli
from brandkit.engage import config as private
from brandkit.engage.contacts import Contact
from brandkit.engage.gates.registry import FINAL, RULES
from brandkit.engage.journal import TYPES, Row
from brandkit.engage.moves.registry import MOVES
from brandkit.site.config import SiteConfig
from brandkit.site.data import SHAPES
from brandkit.site.keys import KEYS, Key
from brandkit.site.kinds.registry import KINDS
from brandkit.site.views import pages as page_views
from brandkit.site.views import parts as view_parts

_NOTE = "<!-- Written by `python -m brandkit.cli.reference docs`; edit the code instead. -->\n\n"
_SHARED = ("--project", "--today", "--offline", "--json")
_SHARED_OPTIONS = """\
Nearly all take these:

- `--project PATH`: the folder of the project; else the one that you stand in.
- `--today DATE`: pretend that it is this day.
- `--offline`: fetch nothing; local feeds are still read.
- `--json`: print JSON.
"""
_VAULT: tuple[tuple[str, str, type], ...] = (
    ("me.yaml", "You. One mapping.", private.Me),
    ("contacts.yaml and contacts/*.yaml", "People. A list; a file below contacts/ may hold a single one.", Contact),
    ("feeds.yaml", "What you follow. A list.", private.Feed),
    ("events.yaml", "Where you, or people you know, will be. A list.", private.Event),
    ("organizations.yaml", "Professional organizations. A list.", private.Organization),
    ("communities.yaml", "Places where people talk. A list.", private.Community),
    ("mentorships.yaml", "Learning from somebody, or the other way round. A list.", private.Mentorship),
    ("briefs/SLUG.yaml", "What you had in mind with a post for somebody. Made by `new post --for`.", private.Brief),
    ("journal/YEAR.jsonl", "What happened. One JSON object a line, appended only.", Row),
)


def pages() -> dict[str, str]:
    """Every generated page, by path below docs/."""
    return {
        "commands.md": _NOTE + _commands(),
        "reference/site.md": _NOTE
        + "# site.yaml\n\nEverything but `title` and `url` has a default.\n\n"
        + _keys(SiteConfig),
        "reference/front-matter.md": _NOTE + _front_matter(),
        "reference/data.md": _NOTE + _data(),
        "reference/views.md": _NOTE + _views(),
        "reference/vault.md": _NOTE + _vault(),
        "reference/moves.md": _NOTE + _moves(),
        "reference/findings.md": _NOTE + _findings(),
        "reference/site.schema.json": _schema(SiteConfig),
    }


def _schema(shape: Any) -> str:
    return json.dumps(TypeAdapter(shape).json_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _commands() -> str:
    parts = [f"# Commands\n\n{_SHARED_OPTIONS}"]
    context = click.Context(cli, info_name="brandkit")
    for title, names in (("Every week", EVERY_WEEK), ("Now and then", ALSO)):
        parts.append(f"## {title}\n")
        for name in names:
            command = cli.get_command(context, name)
            assert command is not None
            parts.extend(_command(command, context, name))
    return "\n".join(parts)


def _command(command: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    """Our own layout: click's changes from one release to the next, and the page has to stay comparable."""
    context = click.Context(command, info_name=name, parent=parent)
    arguments = [param.make_metavar(context) for param in command.params if isinstance(param, click.Argument)]
    yield f"### {' '.join([context.command_path, *arguments])}\n"
    yield inspect.cleandoc(command.help or "").replace("\b\n", "").replace("\n  brandkit", "\n    brandkit") + "\n"
    options = [p for p in command.params if isinstance(p, click.Option) and p.opts[0] not in _SHARED]
    if options:
        yield "\n".join(_option(option, context) for option in options) + "\n"
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            inner = command.get_command(context, child)
            if inner is not None:
                yield from _command(inner, context, child)


def _option(option: click.Option, context: click.Context) -> str:
    value = "" if option.is_flag else f" {option.make_metavar(context)}"
    return f"- `{', '.join(option.opts)}{value}`: {option.help}"


def _keys(shape: type, prefix: str = "") -> str:
    lines = ["| key | what | default |", "| --- | --- | --- |"] if not prefix else []
    hints = typing.get_type_hints(shape, include_extras=True)
    for field in dataclasses.fields(shape):
        name = f"{prefix}{field.name.rstrip('_')}"
        inner = _dataclass_in(hints[field.name])
        lines.append(f"| `{name}` | {_doc(hints[field.name]) or _first_line(inner)} | {_default(field, inner)} |")
        if inner is not None:
            lines.append(_keys(inner, f"{name}{'[]' if _is_many(hints[field.name]) else ''}."))
    return "\n".join(line for line in lines if line) + ("\n" if not prefix else "")


def _doc(hint: Any) -> str:
    for part in (hint, *typing.get_args(hint)):
        for extra in getattr(part, "__metadata__", ()):
            if isinstance(extra, FieldInfo) and extra.description:
                return str(extra.description)
    return ""


def _first_line(shape: Any) -> str:
    return (shape.__doc__ or "").strip().splitlines()[0] if shape is not None else ""


def _default(field: dataclasses.Field[Any], inner: Any) -> str:
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        return "required"
    value = field.default if field.default is not dataclasses.MISSING else None
    if value in (None, "", ()) or inner is not None or isinstance(value, Mapping):
        return ""
    return f"`{json.dumps(value, ensure_ascii=False, default=str)}`"


def _dataclass_in(hint: Any) -> Any:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint if any(getattr(f, "name", "") for f in dataclasses.fields(hint)) and _is_ours(hint) else None
    return next((found for part in typing.get_args(hint) if (found := _dataclass_in(part)) is not None), None)


def _is_ours(shape: type) -> bool:
    """Shapes that people write as mappings; a rhythm or a day is written as one word."""
    return hasattr(shape, "__pydantic_config__")


def _is_many(hint: Any) -> bool:
    if typing.get_origin(hint) is tuple:
        return True
    if typing.get_origin(hint) in (typing.Annotated, typing.Union, types.UnionType):
        return any(_is_many(part) for part in typing.get_args(hint))
    return False


def _front_matter() -> str:
    lines = [
        "# Front matter\n",
        "Any other key is kept under `params`, with a warning where it nearly spells one of these.\n",
        "| key | other spellings | what |",
        "| --- | --- | --- |",
    ]
    lines += [_front_matter_row(key) for key in KEYS]
    for kind in KINDS:
        if kind.keys:
            lines += [f"\n## {kind.name.capitalize()}s, below content/{kind.folder}/\n", *lines[2:4]]
            lines += [_front_matter_row(key) for key in kind.keys]
    return "\n".join(lines) + "\n"


def _front_matter_row(key: Key) -> str:
    others = ", ".join(f"`{spelling}`" for spelling in key.spellings)
    return f"| `{key.name}` | {others} | {key.doc} |"


def _data() -> str:
    """What may stand below content/data/."""
    parts = [
        "# Data\n",
        "Public facts below `content/data/`, in YAML. Files of other names (YAML, JSON or TOML) are your own:",
        "templates find `content/data/reading.yaml` as `site.data.reading`.\n",
    ]
    for name, shape in SHAPES.items():
        inner = typing.get_args(shape)[0] if typing.get_origin(shape) is tuple else shape
        what = "A list of these." if inner is not shape else "One mapping."
        parts.append(f"## {name}.yaml\n\n{inspect.getdoc(inner)} {what}\n\n{_keys(inner)}")
    return "\n".join(parts)


def _views() -> str:
    """What every template sees, and what its parts hold."""
    parts = [
        "# Views\n",
        "All that a template may see. The fields of a view are the names that its template is given; a name that",
        "is not there is an error. `None` or empty means absent, paths begin at the root of the host, moments are in",
        "the zone of the site. `page.facts` holds the keys of the kind (see front-matter.md): None where absent.\n",
    ]
    for module in (page_views, view_parts):
        for shape in vars(module).values():
            if isinstance(shape, type) and dataclasses.is_dataclass(shape) and shape.__module__ == module.__name__:
                parts.append(f"## {shape.__name__}\n\n{inspect.getdoc(shape)}\n")
                parts += [f"- `{field.name}`: {field.type}" for field in dataclasses.fields(shape)]
                parts.append("")
    return "\n".join(parts)


def _vault() -> str:
    parts = ["# The vault\n"]
    for name, doc, shape in _VAULT:
        parts.append(f"## {name}\n\n{doc}\n\n{_keys(shape)}")
    parts.append("The `type` of a line is one of " + ", ".join(f"`{name}`" for name in TYPES) + ".\n")
    return "\n".join(parts)


def _moves() -> str:
    lines = [
        "# Moves and gates\n",
        "A move is a kind of reason to reach out. It finds occasions, says why, and has words to start from in",
        "English and German (`engage/templates/drafts/`). Minutes are what it usually costs; `settings.minutes` in",
        "me.yaml may say otherwise.\n",
        "| move | what it is | when it comes up | minutes | logged as |",
        "| --- | --- | --- | --- | --- |",
    ]
    for move in MOVES:
        own = vars(type(move))
        found = own.get("for_person") or own["for_all"]
        type_, direction = move.done
        cells = (
            inspect.getdoc(type(move)),
            inspect.getdoc(found),
            move.minutes or "",
            f"{type_}, {direction or 'for you'}",
        )
        lines.append(f"| `{move.name}` | {' | '.join(' '.join(str(cell).split()) for cell in cells)} |")
    lines += [
        "\n## Gates\n",
        "Every suggestion and every draft passes all of them. `brandkit suggest --blocked WHO` says which one refused",
        f"what. No reason overrides {', '.join(f'`{name}`' for name in sorted(FINAL))}; against the others,",
        "`brandkit draft ID --override REASON` writes the reason into the journal first.\n",
        *(f"- `{rule.__name__.replace('_', '-')}`: {inspect.getdoc(rule)}" for rule in RULES),
        "",
    ]
    return "\n".join(lines)


def _findings() -> str:
    lines = ["# Findings\n", "Each finding has a code, a cause and a cure.\n"]
    for code in all_codes():
        lines.append(f"## {code.id}: {code.title}\n\n*{code.severity}.* {code.cause}\n\nCure: {code.cure}.\n")
    return "\n".join(lines)


def all_codes() -> list[Code]:
    """Every code that any room declares, ordered. Raises ValueError where two rooms use one id."""
    found: dict[str, Code] = {}
    for module in pkgutil.walk_packages(brandkit.__path__, "brandkit."):
        if module.name.endswith("__main__") or ".bundled" in module.name:
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Code) and found.setdefault(value.id, value) is not value:
                raise ValueError(f"{value.id} is declared twice")
    return sorted(found.values(), key=lambda code: code.id)


def main() -> None:
    """Write the pages below the folder that is named."""
    folder = Path(sys.argv[1])
    for name, text in pages().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
