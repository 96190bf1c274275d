"""Operations on stacks, which go on after their client has its answer."""

import logging
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

logger = logging.getLogger(__name__)

#: seconds until an operation is answered although it goes on: many clients repeat a request after a minute
ANSWERED_AFTER = 45
#: seconds from the answer to the first step: `cdk rollback` follows only events after its answer
BEGUN_AFTER = 1

Operation = Callable[..., None]


def goes_on(operation: Operation) -> Operation:
    """Answers at the end of an operation, or in the middle of a long one."""

    @wraps(operation)
    def begin(*arguments: Any, **named: Any) -> None:
        failures: list[Exception] = []
        answered = threading.Event()

        def carry_out() -> None:
            try:
                operation(*arguments, **named)
            except Exception as error:
                failures.append(error)
                if answered.is_set():
                    logger.error('an operation on a stack failed', exc_info=error)

        thread = threading.Thread(target=carry_out, daemon=True)
        thread.start()
        thread.join(ANSWERED_AFTER)
        answered.set()
        if failures:
            raise failures[0]

    return begin


def after_answer(work: Callable[[], None]) -> None:
    """Does the work of an operation once its client has the answer."""

    def carry_out() -> None:
        time.sleep(BEGUN_AFTER)
        try:
            work()
        except Exception as error:
            logger.error('an operation on a stack failed', exc_info=error)

    threading.Thread(target=carry_out, daemon=True).start()
