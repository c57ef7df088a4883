"""The command line: arguments in, exit codes out. Commands load when they are called.

Exit codes: 0 good, 1 problems in what people wrote, 2 wrong usage, 3 refused by a safety gate,
4 the environment (disk full, lock held, target unreachable).
"""

from __future__ import annotations

import importlib
import os
import sys

import click

from brandkit import __version__
from brandkit.base.walls import Stop

# name: (module, one line of help). The first group is what a week needs.
EVERY_WEEK = {
    "serve": ("serve", "Watch the site as you write, and answer this week on your dashboard."),
    "new": ("new", "Start a post, a page, a note, a reply, a contact."),
    "log": ("log", "Write down that you talked, met, thanked or shared."),
    "suggest": ("suggest", "This week's plan, or everything for one person."),
    "deploy": ("deploy", "Check the site for private words and publish it."),
}
ALSO = {
    "build": ("build", "Make the site, read the feeds, write the private pages."),
    "init": ("init", "Begin: the populated example, or an empty brand of your own."),
    "brief": ("brief", "All that you need before you meet a person, or the people at an event."),
    "draft": ("draft", "Write the words of a suggestion out, to edit and send yourself."),
    "done": ("answers", "A suggestion was carried out: log it."),
    "dismiss": ("answers", "A suggestion was not for this person: never again."),
    "snooze": ("answers", "A suggestion can wait."),
    "replied": ("answers", "They answered."),
    "undo": ("answers", "Take the last line of the journal back."),
    "star": ("answers", "Keep an entry for a roundup."),
    "list": ("list", "What there is on the site, with drafts and scheduled pages on request."),
    "explain": ("explain", "Which source, template and address belong to a page."),
    "check": ("check", "Find problems, in the links to others too if you wish."),
    "introduce": ("introduce", "Bring two people together, once both have said yes."),
    "ideas": ("ideas", "What to write next: what people look for, and what you have not said yet."),
    "network": ("network", "How it is with the people you know, and the time that it takes."),
    "feeds": ("feeds", "Follow feeds, see how they are doing, pause them."),
    "person": ("person", "What is known of somebody: show it, export it, erase it, merge two."),
    "sort": ("sort", "Go through people who were imported, ten at a time."),
    "import": ("importing", "Bring people and feeds from other tools."),
    "export": ("export", "Take people, feeds and dates elsewhere."),
    "doctor": ("doctor", "Find what is wrong with the project, and mend what can be."),
    "backup": ("backup", "The vault, the state and your drafts in one file."),
    "restore": ("backup", "Put a backup in place; what stands there is put aside."),
}


class Commands(click.Group):
    """Loads a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*EVERY_WEEK, *ALSO]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = {**EVERY_WEEK, **ALSO}.get(cmd_name)
        if found is None:
            return None
        module = importlib.import_module(f"brandkit.cli.{found[0]}_command")
        command: click.Command = module.COMMANDS[cmd_name]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from brandkit.base.spelling import did_you_mean

            hint = did_you_mean(args[0], [*EVERY_WEEK, *ALSO])
            raise click.UsageError(f"there is no command '{args[0]}'; {hint or 'see brandkit --help'}") from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, group in (("Every week", EVERY_WEEK), ("Now and then", ALSO)):
            with formatter.section(title):
                formatter.write_dl([(name, text) for name, (_, text) in group.items()])


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: brandkit init my-brand && cd my-brand && brandkit build",
)
@click.version_option(__version__, prog_name="brandkit")
def cli() -> None:
    """Posts and contacts in; a site of your own, and kind suggestions, out.

    brandkit builds your site from Markdown, and tells you privately whom a new article might
    help. It publishes nothing private and never sends a message.
    """


def main() -> None:
    """Run, and turn every expected failure into one plain line and its exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except click.Abort:
        code = _say("stopped", 130)
    except Stop as error:
        code = _say(f"{error}{error.hint}", error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        code = _say(f"{where}{error.strerror or error}", 4)
    sys.exit(code if isinstance(code, int) else 0)


def _say(text: str, code: int) -> int:
    click.echo(f"brandkit: {text}", err=True)
    return code


if __name__ == "__main__":
    main()
