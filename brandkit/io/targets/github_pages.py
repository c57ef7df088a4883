"""deploy github-pages [REMOTE]: a commit on a branch that GitHub Pages, or any host of git, serves.

The commit is made in a scratch repository and pushed on top of what the branch holds: the checkout, its index and its
branches stay as they are, the history of the branch is kept, and git moves a branch whole or not at all. Whoever
pushed meanwhile is not overwritten. Credentials are git's own; git asks nobody.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import brandkit
from brandkit.base.digest import digest_bytes
from brandkit.base.walls import Clearance, EnvironmentProblem, PublicOutput, Refused, UsageProblem
from brandkit.io.git import GIT, LOOKING, configured, is_changed, own_settings
from brandkit.io.targets import programs
from brandkit.io.targets.target import DeployPlan, Destination, Prepared

_NEXT = "refs/brandkit/next"
_ORIGIN = "origin"  # the remote where none is named
_NOBODY = "brandkit <brandkit@localhost>"  # where git knows no name: never the machine's own
_LOST_RACE = ("[rejected]", "cannot lock ref", "failed to update ref", "incorrect old value")
_AFAR = re.compile(r"(?:https?|ssh|git)://|[^/:]+:(?!//|:)")  # on another machine, as git reads addresses
_HELPER = re.compile(r"credential\.(?:.*\.)?helper", re.DOTALL)
# of git's own, by name: an option could name a file, and what is kept there be published
_PLAIN_HELPER = re.compile(r"|[\w-]+|cache --timeout[= ]\d+")
_PLAIN_SSH = re.compile(
    r"(?:/usr/bin/)?ssh(?: -i ?(?P<quote>['\"]?)[\w./~-]+(?P=quote)| -p ?\d+| -l ?[\w.-]+| -[46qvTax]+| -F ?/dev/null"
    r"| -o ?IdentitiesOnly[= ]yes| -o ?StrictHostKeyChecking[= ](?:yes|accept-new))*"
)
# No proxy, no address and no certificates of the repository's own: through them somebody could ask for one's token.
_ACCESS = re.compile(r"credential\.|http\.(?:.*\.)?extraheader\Z", re.DOTALL)
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GCM_INTERACTIVE": "never",
    "SSH_ASKPASS_REQUIRE": "never",
    "SSH_ASKPASS": "",
}
_LOOKING = {**_QUIET, **LOOKING}


class GithubPages:
    """A branch of a git repository."""

    name = "github-pages"

    @contextmanager
    def prepare(self, output: PublicOutput, there: Destination) -> Iterator[Prepared]:
        """Fetch the tip of the branch, write the commit beside it, compare the two. The branch moves in `put`."""
        branch = f"refs/heads/{there.branch}"
        url = _url(there)
        _refuse_anothers(there, url)
        with tempfile.TemporaryDirectory(prefix="brandkit-git-") as scratch:
            git = _Git(Path(scratch), _environment(there.project))
            git.must("init", "--quiet", "--bare", ".")
            tip = _fetch(git, url, branch)
            standing = _tree(git, tip) if tip else {}
            _refuse_sources(output, there.branch, standing)
            digests: dict[str, str] = {}
            with (git.folder / "stream").open("w+b") as stream:
                stream.writelines(_head(git, output, there.project, tip, standing))
                stream.writelines(_files(output, digests))
                stream.seek(0)
                git.must("fast-import", "--quiet", given=stream)
            plan = _plan(standing, _tree(git, _NEXT), output.url)

            def put(clearance: Clearance) -> None:
                for path in output.files:
                    clearance.check(path, digests[path])
                _push(git, url, branch, plan)

            yield Prepared(replace(plan, place=_place(there, url)), put)


@dataclass(frozen=True)
class _Git:
    """git in one folder."""

    folder: Path
    env: Mapping[str, str]

    def call(self, *arguments: str, given: bytes | IO[bytes] = b"") -> programs.Done:
        """One run."""
        slow = ("-c", "http.lowSpeedLimit=100", "-c", "http.lowSpeedTime=60", "-c", "maintenance.auto=false")
        return programs.run([*GIT, *slow, *arguments], self.folder, self.env, given)

    def must(self, *arguments: str, given: bytes | IO[bytes] = b"", doing: str = "make the commit") -> bytes:
        """What a run prints. Raises EnvironmentProblem where it fails."""
        done = self.call(*arguments, given=given)
        if done.code:
            raise programs.failure(done, doing)
        return done.out

    def asked(self, *arguments: str) -> str:
        """The answer to a question; empty where git has none."""
        done = self.call(*arguments)
        return "" if done.code else done.out.decode("utf-8", "replace").strip()


def _environment(project: Path) -> dict[str, str]:
    """What the scratch repository has to know of the person's own: how git gets its credentials there, and ssh."""
    own = own_settings(project)
    _refuse_programs(own)
    settings = configured([(key, value) for key, value in own if _ACCESS.match(key)])
    chosen = os.environ.get("GIT_SSH_COMMAND") or _Git(project, _LOOKING).asked("config", "core.sshCommand") or "ssh"
    return {**_QUIET, **settings, "GIT_SSH_COMMAND": programs.unasking(chosen)}


def _refuse_programs(own: Sequence[tuple[str, str]]) -> None:
    """Raises Refused where the repository itself says to start a program: it may be a stranger's."""
    for key, value in own:
        is_ssh = key == "core.sshcommand" and not os.environ.get("GIT_SSH_COMMAND")
        plain = _PLAIN_SSH if is_ssh else _PLAIN_HELPER if _HELPER.fullmatch(key) else None
        if plain and not plain.fullmatch(value):
            raise Refused(
                f"the configuration of this repository names a program: {key} = {programs.without_secrets(value)}\n"
                f"It may have come with the folder, so it was not started. If it is yours, make it your own: "
                f"git config --global {key} ..., then git config --unset-all {key}"
            )


def _url(there: Destination) -> str:
    """The address that git pushes to: of a remote by its name, or as it was given."""
    name = there.to or _ORIGIN
    if name.startswith("-") or "\n" in name or not re.fullmatch(r"(?!-)[\w./-]+", there.branch):
        raise UsageProblem(
            "deploy github-pages wants a remote: brandkit deploy github-pages [REMOTE], origin if left out"
        )
    known = _Git(there.project, _LOOKING).asked("remote", "get-url", "--push", "--", name)
    url = known or name
    if not known and "/" not in name and ":" not in name:
        raise UsageProblem(
            f"there is no git remote '{name}' here; name one, or an address: brandkit deploy github-pages URL"
        )
    if _AFAR.match(url):
        return url
    if not (known or there.typed):
        raise Refused(
            f"site.yaml names a repository that is on this machine, or unusual: {programs.without_secrets(url)}\n"
            "git runs programs that lie in such a one. If you know it, name it on the command line, or as a git remote."
        )
    return str(there.project / url) if (there.project / url).is_dir() else url


def _place(there: Destination, url: str) -> str:
    """Branch and remote in words, and where that leads."""
    name, address = there.to or _ORIGIN, programs.without_secrets(url)
    remote = _Git(there.project, _LOOKING).asked("remote", "get-url", "--", name)
    return f"branch {there.branch} of {f'{name} ({address})' if remote else address}"


def _refuse_anothers(there: Destination, url: str) -> None:
    """Raises Refused for a repository around the project, perhaps of somebody else, that nobody has named."""
    top = _Git(there.project, _LOOKING).asked("rev-parse", "--show-toplevel")
    if there.chosen or not top or Path(top).resolve() == there.project.resolve():
        return
    raise Refused(
        f"this project lies in another git repository, {top}, whose origin is {programs.without_secrets(url)}; nothing "
        "was deployed.\nIf the project is meant to have its own, run 'git init' here; if that one is meant, name it: "
        "brandkit deploy github-pages origin"
    )


def _fetch(git: _Git, url: str, branch: str) -> str:
    """The tip of the branch, fetched without its files where the host can; empty where there is no branch yet."""
    doing = f"read {programs.without_secrets(url)}"
    if not git.must("ls-remote", "--", url, branch, doing=doing).strip():
        return ""
    git.must("remote", "add", "--", "there", url)
    git.must(
        "fetch",
        "--quiet",
        "--no-tags",
        "--depth=1",
        "--filter=blob:none",
        "there",
        f"{branch}:refs/brandkit/tip",
        doing=doing,
    )
    return git.asked("rev-parse", "refs/brandkit/tip")


def _tree(git: _Git, commit: str) -> dict[str, str]:
    """The files of a commit: mode and object by path."""
    listed = git.must("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
    rows = (row.split(b"\t", 1) for row in listed if row)
    return {os.fsdecode(path): " ".join(about.decode().split(" ")[::2]) for about, path in rows}


def _refuse_sources(output: PublicOutput, branch: str, standing: Mapping[str, str]) -> None:
    if "site.yaml" in standing and "site.yaml" not in output.files:
        raise Refused(
            f"the branch '{branch}' holds the sources of a site (site.yaml), and a deploy would replace them.\n"
            "Choose another one: deploy: {branch: gh-pages} in site.yaml."
        )


def _head(git: _Git, output: PublicOutput, project: Path, tip: str, standing: Mapping[str, str]) -> Iterator[bytes]:
    """The commit, in the language of git fast-import. A CNAME that was set on the host stays."""
    message = _message(output, project).encode()
    here = _Git(project, git.env)
    person = (
        here.asked("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT").rpartition("> ")[0] or _NOBODY[:-1]
    )
    yield f"commit {_NEXT}\ncommitter {person}> {int(time.time())} +0000\n".encode()
    yield b"data %d\n%s\n" % (len(message), message)
    yield (f"from {tip}\n" if tip else "").encode() + b"deleteall\n"
    if "CNAME" in standing and "CNAME" not in output.files:
        yield f"M {standing['CNAME']} CNAME\n".encode()


def _files(output: PublicOutput, digests: dict[str, str]) -> Iterator[bytes]:
    """What the commit holds, in the same language; the digest of each file is noted as it is read."""
    for path in dict.fromkeys((*output.files, ".nojekyll")):
        data = (output.path / path).read_bytes() if path in output.files else b""
        digests[path] = digest_bytes(data)
        yield b"M 100644 inline %s\ndata %d\n" % (_quoted(path), len(data)) + data + b"\n"


def _quoted(path: str) -> bytes:
    raw = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + raw + b'"'


def _message(output: PublicOutput, project: Path) -> str:
    git = _Git(project, _LOOKING)
    source = git.asked("rev-parse", "HEAD")
    and_more = " and changes not committed" if source and is_changed(project) else ""
    built = f"Built by brandkit {brandkit.__version__}" + (f" from {source}{and_more}" if source else "")
    return f"Publish {output.url}\n\n{built}.\n"


def _plan(standing: Mapping[str, str], new: Mapping[str, str], url: str) -> DeployPlan:
    host = urlsplit(url).hostname or ""
    notes = []
    if "CNAME" not in new and not host.endswith(".github.io"):
        notes = [f"on GitHub Pages, {host} wants a file content/static/CNAME that holds the line {host}"]
    return DeployPlan(
        new=tuple(path for path in new if path not in standing),
        changed=tuple(path for path, about in new.items() if standing.get(path, about) != about),
        removed=tuple(path for path in standing if path not in new),
        standing=len(standing),
        notes=tuple(notes),
    )


def _push(git: _Git, url: str, branch: str, plan: DeployPlan) -> None:
    if not (plan.new or plan.changed or plan.removed):
        return
    done = git.call("push", "--quiet", "--porcelain", "--", url, f"{_NEXT}:{branch}")
    said = done.out.decode("utf-8", "replace") + done.err
    if done.code and any(sign in said for sign in _LOST_RACE):
        raise Refused("somebody else pushed to the branch meanwhile, so nothing was deployed; run it again")
    if done.code:
        raise EnvironmentProblem(f"could not push to {programs.without_secrets(url)}: {programs.last_words(said)}")
