"""Addresses and ports on which programs listen: on 127.0.0.1 alone, the load balancer of AWS cannot reach one."""

import os
import socket
import subprocess
import sys
from pathlib import Path

LOOPBACK = ('127.0.0.1', '[::1]')
SECONDS = 5
#: state of a listening socket in /proc/net/tcp
LISTENS = '0A'


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
    names = [name.rsplit(':', 1)[0] for name in _lsof(f'-iTCP:{port}', '-sTCP:LISTEN')]
    return bool(names) and all(name in LOOPBACK for name in names)


def ports_of(group: int) -> list[int]:
    """Ports on which the processes of a group listen; none if the system does not show them."""
    if sys.platform == 'darwin':
        names = _lsof('-a', '-g', str(group), '-iTCP', '-sTCP:LISTEN')
        return sorted({int(name.rsplit(':', 1)[1]) for name in names})
    ports = _ports_by_socket()
    return sorted({ports[name] for name in _sockets_of(group) if name in ports})


def _lsof(*options: str) -> list[str]:
    """Names such as 127.0.0.1:3000 and *:3000, by lsof, which macOS brings."""
    command = ['lsof', '-nP', *options, '-Fn']
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [line[1:] for line in answer.splitlines() if line.startswith('n')]


def _ports_by_socket() -> dict[str, int]:
    """Ports of this machine's listening sockets, by their names in /proc/<process>/fd."""
    ports = {}
    for table in (Path('/proc/net/tcp'), Path('/proc/net/tcp6')):
        for line in table.read_text().splitlines()[1:] if table.exists() else []:
            _, local_address, _, state, *_, inode = line.split()[:10]
            if state == LISTENS:
                ports[f'socket:[{inode}]'] = int(local_address.rsplit(':', 1)[1], 16)
    return ports


def _sockets_of(group: int) -> list[str]:
    """Names of the open files of a group's processes, sockets among them."""
    names = []
    for process in Path('/proc').glob('[0-9]*'):
        try:
            if os.getpgid(int(process.name)) == group:
                names += [os.readlink(file) for file in (process / 'fd').iterdir()]
        except OSError:
            # It has ended meanwhile, or belongs to somebody else.
            continue
    return names
