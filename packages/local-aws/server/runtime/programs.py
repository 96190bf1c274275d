"""The programs that this server starts. They end with it, however that ends, and so does its scratch folder."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

PATIENCE = 3

_lock = threading.Lock()
_running: dict[int, tuple[subprocess.Popen[bytes], signal.Signals]] = {}
_reaper: subprocess.Popen[bytes] | None = None
scratch = Path()


def use(folder: str | None) -> None:
    """Takes the folder for everything that programs write."""
    global scratch
    scratch = Path(folder or tempfile.mkdtemp(prefix='local-aws-'))
    if os.getuid() == 0:
        # Databases run as another user than root, and must get through.
        scratch.chmod(0o711)


def start(
    command: list[str], end_with: signal.Signals = signal.SIGTERM, **options: Any
) -> subprocess.Popen[bytes]:
    """Starts a program in a session of its own; `end_with` asks it to end."""
    program = subprocess.Popen(command, start_new_session=True, **options)
    with _lock:
        _running[program.pid] = (program, end_with)
        _tell_reaper(program.pid, end_with)
    return program


def wait(program: subprocess.Popen[bytes]) -> int:
    """Waits for a program's own end, and ends what it left behind."""
    code = program.wait()
    _signal(program.pid, signal.SIGKILL)
    with _lock:
        if _running.pop(program.pid, None):
            _tell_reaper(program.pid, 0)
    return code


def end(program: subprocess.Popen[bytes], patience: float = PATIENCE) -> int:
    """Asks a program to end, with everything that it started, and insists after a while."""
    _, end_with = _running.get(program.pid, (program, signal.SIGTERM))
    _signal(program.pid, end_with)
    try:
        program.wait(patience)
    except subprocess.TimeoutExpired:
        _signal(program.pid, signal.SIGKILL)
    return wait(program)


def end_all() -> None:
    """Ends every program."""
    with _lock:
        programs = [program for program, _ in _running.values()]
    threads = [threading.Thread(target=end, args=(program,)) for program in programs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def close() -> None:
    """Ends every program, and leaves no file."""
    end_all()
    shutil.rmtree(scratch, ignore_errors=True)


def _signal(group: int, number: int) -> None:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        # It has ended; macOS says of a group of zombies that it is not permitted.
        pass


def _tell_reaper(pid: int, end_with: int) -> None:
    global _reaper
    if _reaper is None:
        # This file by itself: the reaper outlives a server that was killed, which nothing in the server can.
        command = [sys.executable, '-S', '-E', __file__, str(scratch)]
        _reaper = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    assert _reaper.stdin
    _reaper.stdin.write(f'{pid} {int(end_with)}\n'.encode())
    _reaper.stdin.flush()


def _reap() -> None:
    left: dict[int, int] = {}
    for line in sys.stdin:
        pid, end_with = map(int, line.split())
        left[pid] = end_with
        if not end_with:
            del left[pid]
    for pid, end_with in left.items():
        _signal(pid, end_with)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(_stands(pid) for pid in left):
        time.sleep(0.02)
    for pid in left:
        _signal(pid, signal.SIGKILL)
    shutil.rmtree(sys.argv[1], ignore_errors=True)


def _stands(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except OSError:
        return False
    return True


if __name__ == '__main__':
    _reap()
