"""Addresses on which a program listens: on 127.0.0.1 alone, the load balancer of AWS cannot reach it."""

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
    """Asks lsof, which macOS brings: lines such as n127.0.0.1:3000 and n*:3000."""
    command = ['lsof', '-nP', f'-iTCP:{port}', '-sTCP:LISTEN', '-Fn']
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    addresses = [line[1:].rsplit(':', 1)[0] for line in answer.splitlines() if line.startswith('n')]
    return bool(addresses) and all(address in LOOPBACK for address in addresses)
