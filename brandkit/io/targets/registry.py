"""Every place that `deploy` knows."""

from __future__ import annotations

from brandkit.io.targets.folder import Folder
from brandkit.io.targets.github_pages import GithubPages
from brandkit.io.targets.rsync import Rsync
from brandkit.io.targets.s3 import S3
from brandkit.io.targets.target import Target

TARGETS: tuple[Target, ...] = (Folder(), GithubPages(), Rsync(), S3())
