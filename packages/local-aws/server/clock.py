"""Clock of the local AWS in seconds, which CloudFormation's operations advance.

An operation that is too early on AWS is too early here on every run, however slow the machine is.
"""

from .runtime import programs

_now = 0.0


def now() -> float:
    """Seconds since the start of the server, and those that tests let pass."""
    return _now + programs.number_in('waited')


def move_to(moment: float) -> None:
    """Sets the time; parallel operations set it back to their common start."""
    global _now
    _now += moment - now()


def advance(seconds: float) -> None:
    """Moves the clock forward."""
    move_to(now() + seconds)
