"""Process that outlives a killed server: ends its remaining programs, and removes their files.

It creates the folder for those files and prints its path. Each line of standard input is a program's process group and
the signal that ends it, or 0 once it has ended. The end of standard input is the end of the server.
"""

import contextlib
import os
import signal
import sys
import time

from own_paths import make_temporary_folder, remove_made

PATIENCE = 3


def main() -> None:
    scratch = make_temporary_folder('local-aws-')
    if os.getuid() == 0:
        # Databases run as another user, which must reach its folder.
        scratch.chmod(0o711)
    # The reaper must outlive the server.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    left: dict[int, int] = {}
    try:
        # A killed server cannot read this.
        with contextlib.suppress(BrokenPipeError):
            print(scratch, flush=True)
        for line in sys.stdin:
            pid, end_with = map(int, line.split())
            left[pid] = end_with
            if not end_with:
                del left[pid]
        _end(left)
    finally:
        remove_made(scratch)


def _end(programs: dict[int, int]) -> None:
    for pid, end_with in programs.items():
        _signal(pid, end_with)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(_signal(pid, 0) for pid in programs):
        time.sleep(0.02)
    for pid in programs:
        _signal(pid, signal.SIGKILL)


def _signal(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except OSError:
        return False
    return True


main()
