"""Programs of this server. They and the scratch folder end with it, however that ends."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: seconds between SIGTERM and SIGKILL at the end of the server
PATIENCE = 3
TICK = 0.05

_lock = threading.Lock()
_running: dict[int, tuple[subprocess.Popen[bytes], signal.Signals]] = {}
_reaper: subprocess.Popen[bytes] | None = None
_closing = False
scratch = Path()


def open_scratch() -> None:
    global _reaper, scratch
    # A separate process, which outlives this one.
    command = [sys.executable, '-S', '-E', str(Path(__file__).parent.parent / 'reaper.py')]
    _reaper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    assert _reaper.stdout
    scratch = Path(_reaper.stdout.readline().decode().rstrip('\n'))
    if not scratch.name:
        # The reaper has printed the reason.
        sys.exit(1)


def number_in(name: str) -> float:
    """Number that src/local-aws.ts has written to this file; 0 without one."""
    file = scratch / name
    return float(file.read_text() or 0) if file.exists() else 0


def now() -> float:
    """Clock of programs: real seconds, and those that tests let pass. CloudFormation's operations do not advance it."""
    return time.monotonic() + number_in('waited')


def shortened(seconds: float) -> float:
    """Seconds, or those that a test is patient for."""
    return min(float(seconds), float(os.environ.get('LOCAL_AWS_PATIENCE', seconds)))


def wait_until(is_over: Callable[[], bool]) -> None:
    while not is_over():
        time.sleep(TICK)


def start(command: list[str], end_with: signal.Signals = signal.SIGTERM, **options: Any) -> subprocess.Popen[bytes]:
    """Starts a program in a session of its own; `end_with` asks it to end."""
    with _lock:
        if not _closing:
            program = subprocess.Popen(command, start_new_session=True, **options)
            _running[program.pid] = (program, end_with)
            _notify_reaper(program.pid, end_with)
            return program
    # It would outlive the server. Ends the thread.
    sys.exit()


def wait(program: subprocess.Popen[bytes]) -> int:
    """Waits for a program to end, and kills its remaining children."""
    code = program.wait()
    _signal(program.pid, signal.SIGKILL)
    with _lock:
        if _running.pop(program.pid, None):
            _notify_reaper(program.pid, 0)
    return code


def end(program: subprocess.Popen[bytes], seconds: float = PATIENCE) -> int:
    """Ends a program with all its children; kills them after these seconds, and then returns the code of SIGKILL."""
    _, end_with = _running.get(program.pid, (program, signal.SIGTERM))
    _signal(program.pid, end_with)
    deadline = now() + seconds
    wait_until(lambda: _has_ended(program) or now() >= deadline)
    is_killed = not _has_ended(program)
    if is_killed:
        _signal(program.pid, signal.SIGKILL)
    code = wait(program)
    return -signal.SIGKILL if is_killed else code


def _has_ended(program: subprocess.Popen[bytes]) -> bool:
    """True once its children have ended, too: a shell, such as that of npm, may end before them."""
    return program.poll() is not None and not _signal(program.pid, 0)


def close() -> None:
    """Ends every program, starts no other one, such as the next task of a service, and leaves no file."""
    global _closing
    with _lock:
        _closing = True
        programs = [program for program, _ in _running.values()]
    threads = [threading.Thread(target=end, args=(program,)) for program in programs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _reaper and _reaper.stdin
    _reaper.stdin.close()
    _reaper.wait()


def _signal(group: int, number: int) -> bool:
    """Sends a signal to a group of processes; false if it has ended."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        # macOS reports a group of zombies as not permitted.
        return False
    return True


def _notify_reaper(pid: int, end_with: int) -> None:
    assert _reaper and _reaper.stdin
    _reaper.stdin.write(f'{pid} {int(end_with)}\n'.encode())
    _reaper.stdin.flush()
