"""Programs that listen on 127.0.0.1 alone, where the load balancer of AWS cannot reach them."""

import socket
import subprocess
import sys

LOOPBACK = ('127.0.0.1', '[::1]')
SECONDS = 5


def is_on_loopback_alone(port: int) -> bool:
    """True if a program listens on the loopback interface alone; false if the system does not show it."""
    return _lists_loopback_alone(port) if sys.platform == 'darwin' else _refuses_second_address(port)


def _refuses_second_address(port: int) -> bool:
    """Only on Linux, a program that listens on every address answers on the whole of 127.0.0.0/8."""
    try:
        socket.create_connection(('127.0.0.2', port), timeout=1).close()
    except ConnectionRefusedError:
        return sys.platform == 'linux'
    except OSError:
        return False
    return False


def _lists_loopback_alone(port: int) -> bool:
    names = [name.rsplit(':', 1)[0] for name in _names_by_lsof(port)]
    return bool(names) and all(name in LOOPBACK for name in names)


def _names_by_lsof(port: int) -> list[str]:
    """Names such as 127.0.0.1:3000 and *:3000, by lsof, which macOS brings."""
    command = ['lsof', '-nP', f'-iTCP:{port}', '-sTCP:LISTEN', '-Fn']
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [line[1:] for line in answer.splitlines() if line.startswith('n')]
