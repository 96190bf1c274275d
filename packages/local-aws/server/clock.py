"""Clock of the local AWS in seconds, which CloudFormation's operations advance.

An operation that is too early on AWS is too early here on every run, however slow the machine is. At AWS's pace the clock
runs by itself, too, and follows that of a client that keeps AWS's time: operations then wait for it.
"""

import time

from .runtime import programs

_now = 0.0
_started = time.monotonic()
_client_began: float | None = None


def runs() -> bool:
    """True at AWS's pace."""
    return bool(programs.number_in('aws-pace'))


def now() -> float:
    """Seconds since the start of the server, and those that tests let pass."""
    running = time.monotonic() - _started if runs() else 0
    return _now + programs.number_in('waited') + running


def move_to(moment: float) -> None:
    """Sets the time; parallel operations set it back to their common start. One that runs is waited for."""
    global _now
    if runs():
        programs.wait_until(lambda: not runs() or now() >= moment)
    else:
        _now += moment - now()


def advance(seconds: float) -> None:
    move_to(now() + seconds)


def follow(client_now: float) -> float:
    """Moves the clock forward to that of a client, which begins at 0; returns the client's time on this clock."""
    global _now, _client_began
    if _client_began is None:
        _client_began = now() - client_now
    moment = _client_began + client_now
    _now += max(0.0, moment - now())
    return moment
