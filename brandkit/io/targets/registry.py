"""Every place that `deploy` knows."""

from __future__ import annotations

from brandkit.io.targets.folder import Folder
from brandkit.io.targets.target import Target

TARGETS: tuple[Target, ...] = (Folder(),)
