"""Ports of loopback for the programs that are deployed."""

import random
import socket

#: Below the ports that the system gives to outgoing connections, from 32768 on Linux and from 49152 on macOS: one of
#: those may be taken before the program that it is meant for has started.
PORTS = range(20_000, 32_768)


def free_port() -> int:
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(('127.0.0.1', port))
            except OSError:
                continue
            return port
