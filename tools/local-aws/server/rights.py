"""Which roles and policies are in force. A new one is not everywhere at once, and AWS refuses whoever needs it early."""

from . import clock

#: how long it takes here; on AWS mostly seconds, at times more (aws-cdk 37675, whose mend waits 31)
SPREAD = 30

#: (role, policy) → when it was made; a role by itself has an empty policy
_born: dict[tuple[str, str], float] = {}


def born(role: str, policy: str = '') -> None:
    """Notes that a role, or a policy of it, was made or changed just now."""
    _born[role, policy] = clock.now()


def is_in_force(role: str, policy: str = '') -> bool:
    """Whether AWS would know it everywhere by now."""
    born_at = _born.get((role, policy))
    return born_at is None or clock.now() - born_at >= SPREAD


def forget_ages() -> None:
    """Takes everything that was made so far for old."""
    _born.clear()
