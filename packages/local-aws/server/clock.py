"""The time in the local AWS, in seconds: it passes with CloudFormation's operations, not with the machine's clock.

So an operation that would be too early on AWS is too early here on every run, however fast or slow the machine is.
"""

from pathlib import Path

_now = 0.0
_waited: Path | None = None


def read_from(file: Path) -> None:
    """Names the file that holds the seconds that a test has let pass; it may come and go."""
    global _waited
    _waited = file


def now() -> float:
    """Seconds since the start of the server."""
    return _now + (float(_waited.read_text()) if _waited is not None and _waited.exists() else 0)


def move_to(moment: float) -> None:
    """Sets the time; CloudFormation goes back in it for what it does at the same time as something else."""
    global _now
    _now += moment - now()


def advance(seconds: float) -> None:
    """Lets time pass."""
    move_to(now() + seconds)
