"""Sites to deploy, and the real counterparts on loopback: git, an rsync daemon, sshd, a server that speaks S3."""

from __future__ import annotations

import getpass
import importlib.util
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from brandkit.base.walls import Clearance, PublicOutput
from brandkit.io.targets.registry import TARGETS
from brandkit.io.targets.target import DeployPlan, Destination
from tests.patience import PATIENCE

Lacking = Callable[[str, str], None]
Files = Mapping[str, str | bytes]
CLEAR = Clearance(False, "a test")
BUCKET = "brand"


@pytest.fixture
def built(tmp_path: Path) -> Callable[[Files], PublicOutput]:
    """A site with these files, in a folder of its own; the next call takes the place of the last one."""

    def make(files: Files) -> PublicOutput:
        folder = tmp_path / "public"
        shutil.rmtree(folder, ignore_errors=True)
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data.encode() if isinstance(data, str) else data)
        return PublicOutput(folder, tuple(files), "https://alex.example.org/")

    return make


@pytest.fixture
def carry(tmp_path: Path) -> Callable[..., DeployPlan]:
    """Deploys to a target, or only plans."""

    def deploy(target: str, output: PublicOutput, to: str, *, dry_run: bool = False, **more: Any) -> DeployPlan:
        (place,) = (place for place in TARGETS if place.name == target)
        with place.prepare(output, Destination(to, tmp_path, **more)) as prepared:
            if not dry_run:
                prepared.put(CLEAR)
            return prepared.plan

    return deploy


@dataclass(frozen=True)
class Served:
    """A folder, and the address at which a server offers it."""

    folder: Path
    address: str


def free_port() -> int:
    """A port that nobody has, of those that the system gives to no connection: it stays free until it is taken."""
    while True:
        port = random.SystemRandom().randrange(10_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Whether a server answers in the end; false where it ended, as where another took its port."""
    over = time.monotonic() + PATIENCE
    while process.poll() is None:
        assert time.monotonic() < over, "the server does not answer"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.02)
    return False


def serving(command: Callable[[int], list[str]]) -> Iterator[int]:
    """Run a server until it is done with: its port."""
    for _ in range(5):
        port = free_port()
        process = subprocess.Popen(
            command(port), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            if answers(port, process):
                yield port
                return
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)
    raise AssertionError("the server ended at once")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def bare(tmp_path: Path, lacking: Lacking) -> Path:
    """A bare repository, as a host has it."""
    if shutil.which("git") is None:
        lacking("git", "no git on this machine")
    git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    return tmp_path / "bare.git"


@pytest.fixture
def git_daemon(bare: Path) -> Iterator[Served]:
    command = ["git", "daemon", "--export-all", "--enable=receive-pack", "--listen=127.0.0.1"]
    for port in serving(lambda port: [*command, f"--port={port}", f"--base-path={bare.parent}", str(bare.parent)]):
        yield Served(bare, f"git://127.0.0.1:{port}/bare.git")


@pytest.fixture
def rsyncd(tmp_path: Path, lacking: Lacking) -> Iterator[Served]:
    """A daemon with a module that may be written, which wants a password."""
    if shutil.which("rsync") is None:
        lacking("rsync", "no rsync on this machine")
    folder = tmp_path / "module"
    folder.mkdir()
    (tmp_path / "secrets").write_text("alex:a-long-password\n")
    (tmp_path / "secrets").chmod(0o600)
    user = "uid = root\ngid = root\n" if os.geteuid() == 0 else ""
    (tmp_path / "rsyncd.conf").write_text(
        f"{user}use chroot = no\nlog file = {tmp_path}/rsyncd.log\nmotd file = {tmp_path}/motd\n"
        f"[site]\npath = {folder}\nread only = no\nauth users = alex\nsecrets file = {tmp_path}/secrets\n"
    )
    (tmp_path / "motd").write_text("Welcome to this host.\nIt is kind to all.\n")
    command = ["rsync", "--daemon", "--no-detach", f"--config={tmp_path}/rsyncd.conf", "--address=127.0.0.1"]
    for port in serving(lambda port: [*command, f"--port={port}"]):
        yield Served(folder, f"rsync://alex@127.0.0.1:{port}/site")


@dataclass(frozen=True)
class Shell:
    """An sshd, and the ssh command that may enter."""

    user: str
    command: str


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory, lacking: Lacking) -> Iterator[Shell]:
    program = shutil.which("sshd") or next((p for p in ("/usr/sbin/sshd",) if Path(p).is_file()), None)
    if program is None or shutil.which("ssh") is None:
        lacking("sshd", "no sshd on this machine")
    folder = tmp_path_factory.mktemp("sshd")
    for key in ("host", "person"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    shutil.copy(folder / "person.pub", folder / "allowed")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    (folder / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/allowed\n"
        f"StrictModes no\nUsePAM no\nPidFile none\nPasswordAuthentication no\nMaxStartups 100\n"
        f"PermitRootLogin prohibit-password\nAcceptEnv LC_ALL\n"
    )
    for port in serving(lambda port: [str(program), "-D", "-p", str(port), "-f", f"{folder}/sshd_config"]):
        enter = f"ssh -F /dev/null -p {port} -i {folder}/person -o StrictHostKeyChecking=no -o LogLevel=ERROR"
        yield Shell(getpass.getuser(), f"{enter} -o UserKnownHostsFile=/dev/null")


@dataclass(frozen=True)
class Cloud:
    """A server that speaks S3, and a client of it."""

    endpoint: str

    def client(self) -> object:
        import boto3

        return boto3.client("s3", endpoint_url=self.endpoint)


@pytest.fixture(scope="module")
def cloud_server(lacking: Lacking) -> Iterator[str]:
    if any(importlib.util.find_spec(name) is None for name in ("boto3", "moto", "flask", "flask_cors")):
        lacking("s3", "no boto3, or no server that speaks S3 (moto)")
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p"]
    for port in serving(lambda port: [*command, str(port)]):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def cloud(cloud_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """An empty bucket."""
    settings = {"ACCESS_KEY_ID": "someone", "SECRET_ACCESS_KEY": "a-long-secret", "DEFAULT_REGION": "us-east-1"}
    for name, value in settings.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    here = Cloud(cloud_server)
    here.client().create_bucket(Bucket=BUCKET)  # type: ignore[attr-defined]
    yield here
    empty(here.client())


def empty(client: object) -> None:
    listed = client.list_objects_v2(Bucket=BUCKET).get("Contents", [])  # type: ignore[attr-defined]
    for row in listed:
        client.delete_object(Bucket=BUCKET, Key=row["Key"])  # type: ignore[attr-defined]
    client.delete_bucket(Bucket=BUCKET)  # type: ignore[attr-defined]
