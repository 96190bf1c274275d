"""Operations on stacks, which go on after their client has its answer."""

import logging
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from .. import clock, pace

logger = logging.getLogger(__name__)

#: seconds until an operation is answered although it goes on: many clients repeat a request after a minute
ANSWERED_AFTER = 45
#: seconds from the answer to the first step: `cdk rollback` follows only events after its answer
BEGUN_AFTER = 1

#: seconds between two looks whether an operation may be answered
LOOK_AGAIN_AFTER = 0.05

Operation = Callable[..., None]

#: held from the question whether a stack takes an operation until that operation has begun
BEGINNING = threading.Lock()


def goes_on(operation: Operation) -> Operation:
    """Answers at the end of an operation, or in the middle of a long one."""

    @wraps(operation)
    def begin(*arguments: Any, **named: Any) -> None:
        end = time.monotonic() + (pace.ANSWER if clock.runs() else ANSWERED_AFTER)
        carry_out(lambda: operation(*arguments, **named), lambda: time.monotonic() > end)

    return begin


def carry_out(work: Callable[[], None], may_answer: Callable[[], bool]) -> threading.Thread:
    """Does work that goes on after the answer. An error before the answer is raised, a later one is logged."""
    failures: list[Exception] = []
    answered = threading.Event()

    def attempt() -> None:
        try:
            work()
        except Exception as error:
            failures.append(error)
            if answered.is_set():
                logger.error('an operation on a stack failed', exc_info=error)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    while thread.is_alive() and not may_answer():
        thread.join(LOOK_AGAIN_AFTER)
    answered.set()
    if failures:
        raise failures[0]
    return thread


def after_answer(work: Callable[[], None]) -> None:
    def attempt() -> None:
        time.sleep(BEGUN_AFTER)
        try:
            work()
        except Exception as error:
            logger.error('an operation on a stack failed', exc_info=error)

    threading.Thread(target=attempt, daemon=True).start()
