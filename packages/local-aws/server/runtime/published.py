"""What the load balancers' process follows: listeners, their targets, and ways to databases."""

from collections.abc import Callable

#: called whenever one of them begins, changes or ends
after_change: list[Callable[[], None]] = []


def report_change() -> None:
    for report in after_change:
        report()
