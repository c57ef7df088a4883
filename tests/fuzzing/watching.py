"""One input after another, held against a target: what each took, and what was found. Nothing is found twice.

In: inputs. Out: files of those that broke a promise below FOLDER/findings, and the figures so far, as JSON.
"""

from __future__ import annotations

import json
import resource
import signal
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType

from target import Target

SECONDS = 2.0
PATIENCE = 20.0  # seconds of work after which an input is stopped
MEGABYTES = 500


class _Endless(BaseException):
    """The input was stopped; no reader may take this for an error of its own."""


@dataclass
class Figures:
    """What was tried so far."""

    target: str
    executions: int = 0
    seconds: float = 0.0
    work: float = 0.0  # seconds of the processor
    slowest: float = 0.0
    slowest_input: str = ""
    megabytes: int = 0
    findings: dict[str, str] = field(default_factory=dict)


class Watch:
    """Judges inputs of one target and keeps count."""

    def __init__(self, target: Target, folder: Path) -> None:
        self.target, self.folder = target, folder
        self.figures = Figures(target.name)
        self.began = self.told = time.monotonic()
        (folder / "findings").mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGVTALRM, _stop)

    def judge(self, data: bytes) -> None:
        """One input. Raises nothing but what ends the process."""
        figures, before, begun = self.figures, _megabytes(), time.process_time()
        figures.executions += 1
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        try:
            self.target.judge(data)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self.keep(_name_of(error), data, "".join(traceback.format_exception(error)))
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        took, figures.megabytes = time.process_time() - begun, _megabytes()
        if took > figures.slowest:
            figures.slowest, figures.slowest_input = took, self.save("slowest", data)
        if took > SECONDS:
            self.keep(f"slow-{len(data) // 1000}k", data, f"{took:.1f} s for {len(data)} bytes")
        if figures.megabytes - before > MEGABYTES:
            self.keep("large", data, f"{figures.megabytes - before} MB for {len(data)} bytes")
        if time.monotonic() - self.told > 1:
            self.tell()

    def keep(self, name: str, data: bytes, why: str) -> None:
        """A finding: the smallest input of its name is kept."""
        known = self.figures.findings.get(name)
        if known is None or len(data) < (self.folder / known).stat().st_size:
            self.figures.findings[name] = self.save(f"findings/{self.target.name}-{name}", data)
            (self.folder / f"findings/{self.target.name}-{name}.txt").write_text(
                why, encoding="utf-8", errors="replace"
            )

    def save(self, name: str, data: bytes) -> str:
        """The input as a file; its path from the folder."""
        name = name if name.startswith("findings/") else f"{self.target.name}-{name}"
        (self.folder / name).write_bytes(data)
        return name

    def tell(self) -> None:
        """Write the figures down, for whoever reads them when this process is gone."""
        self.told = time.monotonic()
        self.figures.seconds, self.figures.work = self.told - self.began, time.process_time()
        (self.folder / f"{self.target.name}.json").write_text(json.dumps(asdict(self.figures)))


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _Endless


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _name_of(error: BaseException) -> str:
    """What and where: the innermost place in brandkit; for a promise of ours, which one."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/brandkit/" in frame.filename] or frames
    if isinstance(error, AssertionError) and "/fuzzing/" in frames[-1].filename:
        own = frames
    where = f"{Path(own[-1].filename).stem}.{own[-1].name}.{own[-1].lineno}"
    return f"{type(error).__name__.strip('_')}-{where}"
