"""Clock of the local AWS in seconds, which CloudFormation's operations advance.

An operation that is too early on AWS is too early here on every run, however slow the machine is.
"""

from pathlib import Path

_now = 0.0
_waited: Path | None = None


def read_from(file: Path) -> None:
    """Sets the file with the seconds that tests let pass; it need not exist."""
    global _waited
    _waited = file


def now() -> float:
    """Seconds since the start of the server."""
    return _now + (float(_waited.read_text()) if _waited is not None and _waited.exists() else 0)


def move_to(moment: float) -> None:
    """Sets the time; parallel operations set it back to their common start."""
    global _now
    _now += moment - now()


def advance(seconds: float) -> None:
    """Moves the clock forward."""
    move_to(now() + seconds)
