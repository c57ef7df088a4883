"""deploy s3 BUCKET[/PREFIX]: objects in a bucket of Amazon S3, or of what speaks its language (`endpoint`).

Objects go in waves, so that no page leads to what is not there yet; each replaces the old one whole. What is there with
the same digest is not sent, so a deploy that was stopped goes on. Only what `.brandkit-deployed` names is ever removed.
The secrets come from where boto3 finds them: AWS_ACCESS_KEY_ID and its like, a profile, a role.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from brandkit.base.digest import digest_stream
from brandkit.base.walls import Clearance, EnvironmentProblem, PublicOutput, UsageProblem
from brandkit.io.targets import marker, programs
from brandkit.io.targets.target import Destination, Prepared, compared, in_waves

_AT_ONCE = 8
_PLACE = re.compile(r"(?:s3://)?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?")
_TYPES = {  # what browsers want to hear, whatever this machine's tables say
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".opml": "text/x-opml; charset=utf-8",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}
_FOREVER, _SHORTLY = "public, max-age=31536000, immutable", "public, max-age=300"
_HASHED = re.compile(
    r"assets/(images/.+-[0-9a-f]{8}-\d+\.\w+|search/.+\.pf_(fragment|index|meta))"
)  # new bytes, new name


class S3:
    """A bucket."""

    name = "s3"

    @contextmanager
    def prepare(self, output: PublicOutput, there: Destination) -> Iterator[Prepared]:
        """List and compare digests. Raises Refused for a bucket that holds what brandkit did not put there."""
        found = _PLACE.fullmatch(there.to)
        if found is None:
            raise UsageProblem("deploy s3 wants a bucket: brandkit deploy s3 BUCKET, or BUCKET/PREFIX")
        prefix = (found[2] or "").strip("/")
        bucket = _Bucket(_client(there.endpoint), found[1], f"{prefix}/" if prefix else "")
        with _in_words(bucket):
            standing = bucket.digests()
            ours = _ours(bucket, standing)
            gone = ours - set(output.files)
            theirs = [path for path in standing if path in gone or path in set(output.files)]
            plan = compared(output.files, theirs, lambda path: standing[path] == _md5(output, path).hex())

        def put(clearance: Clearance) -> None:
            if not (plan.new or plan.changed or plan.removed) and ours == set(output.files):
                return
            with _in_words(bucket), ThreadPoolExecutor(_AT_ONCE) as pool:
                bucket.write(marker.NAME, marker.dump({*output.files, *ours}))
                for wave in in_waves(plan):
                    _each(pool, lambda path: bucket.send(output, path, clearance), wave)
                _each(pool, bucket.remove, plan.removed)
                bucket.write(marker.NAME, marker.dump(output.files))

        at = f" at {programs.without_secrets(there.endpoint)}" if there.endpoint else ""
        yield Prepared(replace(plan, place=f"s3://{found[1]}/{prefix}{at}"), put)


@dataclass(frozen=True)
class _Bucket:
    """Objects below a prefix."""

    client: Any
    name: str
    prefix: str

    def digests(self) -> dict[str, str]:
        """The digest of every object, by path. Of one that was encrypted with a key it is none, and equals none."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=self.prefix)
        rows = (row for page in pages for row in page.get("Contents", ()))
        return {row["Key"].removeprefix(self.prefix): row["ETag"].strip('"') for row in rows}

    def read(self, path: str) -> bytes:
        """The bytes of an object."""
        return bytes(self.client.get_object(Bucket=self.name, Key=self.prefix + path)["Body"].read())

    def write(self, path: str, data: bytes) -> None:
        """A small text of our own."""
        about = {"ContentType": _TYPES[".txt"], "CacheControl": "no-store"}
        self.client.put_object(Bucket=self.name, Key=self.prefix + path, Body=data, **about)

    def send(self, output: PublicOutput, path: str, clearance: Clearance) -> None:
        """A file of the site, with what browsers should know of it. What changes meanwhile the server refuses."""
        digest = base64.b64encode(_md5(output, path)).decode()
        about = {"ContentType": _type(path), "CacheControl": _FOREVER if _HASHED.fullmatch(path) else _SHORTLY}
        with (output.path / path).open("rb") as body:
            clearance.check(path, digest_stream(body))
            body.seek(0)
            self.client.put_object(Bucket=self.name, Key=self.prefix + path, Body=body, ContentMD5=digest, **about)

    def remove(self, path: str) -> None:
        """Take an object away; it is fine if it is gone."""
        self.client.delete_object(Bucket=self.name, Key=self.prefix + path)


def _client(endpoint: str) -> Any:
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ImportError:
        raise EnvironmentProblem("deploy s3 needs boto3: pip install 'brandkit[s3]'") from None
    config = Config(
        connect_timeout=10,
        read_timeout=60,
        retries={"max_attempts": 4, "mode": "standard"},
        request_checksum_calculation="when_required",  # many that speak the language do not know the newer ones
        response_checksum_validation="when_required",
        max_pool_connections=_AT_ONCE,
    )
    try:
        return boto3.Session().client("s3", endpoint_url=endpoint or None, config=config)
    except (BotoCoreError, ValueError) as error:
        raise EnvironmentProblem(f"could not begin with S3: {programs.without_secrets(str(error))}") from None


@contextmanager
def _in_words(bucket: _Bucket) -> Iterator[None]:
    """What goes wrong, in one line."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        said = " ".join(programs.without_secrets(str(error)).split())
        raise EnvironmentProblem(f"could not bring the bucket {bucket.name} up to date: {said}") from None
    except OSError as error:
        raise EnvironmentProblem(f"could not read {error.filename}: {error.strerror}") from None


def _ours(bucket: _Bucket, standing: Iterable[str]) -> frozenset[str]:
    """What brandkit put there. Raises Refused for what others put there."""
    names = set(standing)
    if marker.NAME in names:
        return marker.load(bucket.read(marker.NAME))
    if names:
        raise marker.refuse_foreign(f"{bucket.name}/{bucket.prefix}")
    return frozenset()


def _each(pool: ThreadPoolExecutor, work: Callable[[str], None], paths: Iterable[str]) -> None:
    for _ in pool.map(work, paths):
        pass


def _md5(output: PublicOutput, path: str) -> bytes:
    with (output.path / path).open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).digest()


def _type(path: str) -> str:
    known = _TYPES.get(path[path.rfind(".") :].lower()) if "." in path else None
    return known or mimetypes.guess_type(path)[0] or "application/octet-stream"
