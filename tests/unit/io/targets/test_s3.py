"""deploy s3: to a real server that speaks the language of S3."""

from __future__ import annotations

from typing import Any

import pytest

from brandkit.base.walls import EnvironmentProblem, Refused, UsageProblem
from brandkit.io.targets import marker

pytestmark = pytest.mark.slow

PICTURE = "assets/images/p-1ea5aae3-640.avif"
SITE = {"index.html": "home", "posts/é one/index.html": "one", PICTURE: bytes(range(256)), "feed.xml": "<feed/>"}
NEXT = {"index.html": "new home", "posts/two/index.html": "two", PICTURE: bytes(range(256)), "feed.xml": "<feed/>"}


@pytest.fixture
def put(cloud: Any, built: Any, carry: Any) -> Any:
    return lambda files, to="s3://brand", **more: carry("s3", built(files), to, endpoint=cloud.endpoint, **more)


def standing(cloud: Any) -> dict[str, bytes]:
    client = cloud.client()
    keys = [row["Key"] for row in client.list_objects_v2(Bucket="brand").get("Contents", [])]
    found = {key: client.get_object(Bucket="brand", Key=key)["Body"].read() for key in keys}
    return {key: data for key, data in found.items() if not key.endswith(marker.NAME)}


def as_bytes(files: Any) -> dict[str, bytes]:
    return {path: data if isinstance(data, bytes) else data.encode() for path, data in files.items()}


def test_the_bucket_becomes_the_site_and_only_what_differs_is_sent(cloud: Any, put: Any) -> None:
    plan = put(SITE, dry_run=True)
    assert (set(plan.new), plan.changed, plan.removed, plan.standing) == (set(SITE), (), (), 0)
    assert plan.place.startswith("s3://brand/")
    assert " at http://127.0.0.1:" in plan.place
    assert standing(cloud) == {}
    put(SITE)
    assert standing(cloud) == as_bytes(SITE)
    sent = cloud.client().head_object(Bucket="brand", Key=PICTURE)["LastModified"]
    plan = put(NEXT)
    assert (plan.new, plan.changed) == (("posts/two/index.html",), ("index.html",))
    assert plan.removed == ("posts/é one/index.html",)
    assert standing(cloud) == as_bytes(NEXT)
    assert cloud.client().head_object(Bucket="brand", Key=PICTURE)["LastModified"] == sent
    plan = put(NEXT)
    assert (plan.new, plan.changed, plan.removed, plan.standing) == ((), (), (), 4)


def test_browsers_are_told_what_it_is_and_how_long_it_keeps(cloud: Any, put: Any) -> None:
    put({**SITE, "assets/style.css": "p {}", "CNAME": "x", "photo-deadbeef-1.jpg": "mine"})
    about = {}
    for key in ("index.html", "feed.xml", "assets/style.css", PICTURE, "CNAME", "photo-deadbeef-1.jpg"):
        head = cloud.client().head_object(Bucket="brand", Key=key)
        about[key] = (head["ContentType"], "immutable" in head["CacheControl"])
    assert about == {
        "index.html": ("text/html; charset=utf-8", False),
        "feed.xml": ("application/xml; charset=utf-8", False),
        "assets/style.css": ("text/css; charset=utf-8", False),
        PICTURE: ("image/avif", True),
        "CNAME": ("application/octet-stream", False),
        "photo-deadbeef-1.jpg": ("image/jpeg", False),
    }


def test_a_prefix_is_a_place_of_its_own_and_what_others_put_beside_stays(cloud: Any, put: Any) -> None:
    cloud.client().put_object(Bucket="brand", Key="theirs.txt", Body=b"theirs")
    with pytest.raises(Refused, match="holds files that brandkit did not put there"):
        put(SITE)
    put(SITE, "brand/alex/")
    cloud.client().put_object(Bucket="brand", Key="alex/posts/theirs.txt", Body=b"theirs")
    assert put(NEXT, "brand/alex").removed == ("posts/é one/index.html",)
    below = {f"alex/{path}": data for path, data in as_bytes(NEXT).items()}
    assert standing(cloud) == {**below, "theirs.txt": b"theirs", "alex/posts/theirs.txt": b"theirs"}


def test_a_deploy_that_was_stopped_goes_on(cloud: Any, put: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put(SITE)
    from brandkit.io.targets import s3

    send, sent = s3._Bucket.send, []

    def stops(bucket: Any, output: Any, path: str, clearance: Any) -> None:
        if sent:
            raise KeyboardInterrupt
        sent.append(path)
        send(bucket, output, path, clearance)

    with monkeypatch.context() as patch:
        patch.setattr(s3._Bucket, "send", stops)
        with pytest.raises(KeyboardInterrupt):
            put(NEXT)
    assert sent == ["posts/two/index.html"]
    assert standing(cloud) == as_bytes(SITE) | {"posts/two/index.html": b"two"}
    assert put(NEXT).changed == ("index.html",)
    assert standing(cloud) == as_bytes(NEXT)


def test_what_goes_wrong_ends_in_one_line(cloud: Any, put: Any, carry: Any, built: Any, monkeypatch: Any) -> None:
    with pytest.raises(UsageProblem, match="deploy s3 wants a bucket"):
        put(SITE, "")
    with pytest.raises(EnvironmentProblem, match="NoSuchBucket"):
        put(SITE, "another-bucket")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(EnvironmentProblem, match="Could not connect to the endpoint") as unreachable:
        carry("s3", built(SITE), "brand", endpoint="http://127.0.0.1:9")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", "/nonexistent")
    with pytest.raises(EnvironmentProblem, match="credentials"):
        put(SITE)
    assert "\n" not in str(unreachable.value)
    assert "a-long-secret" not in str(unreachable.value)
