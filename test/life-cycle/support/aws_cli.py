"""The AWS CLI of this Python, loaded once: each command is a fork, where loading takes half a second.

`aws_cli.py FOLDER` serves, and writes the program `aws` into the folder; `aws_cli.py FOLDER ARGUMENT…` is that program.
"""

import marshal
import os
import socket
import sys


def ask(address: str, arguments: list[str]) -> int:
    """Runs a command; returns its exit code."""
    request = marshal.dumps((arguments, dict(os.environ), os.getcwd()))
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(address)
        socket.send_fds(server, [len(request).to_bytes(8, 'big')], [0, 1, 2])
        server.sendall(request)
        return (server.recv(1) or b'\1')[0]


def run(connection: socket.socket) -> int:
    """Runs the command of a connection with the caller's files, variables and directory."""
    from awscli import clidriver

    size, files, _, _ = socket.recv_fds(connection, 8, 3)
    arguments, variables, directory = marshal.loads(connection.makefile('rb').read(int.from_bytes(size, 'big')))
    for number, file in enumerate(files):
        os.dup2(file, number)
    # The CLI adds its own data on import.
    variables['AWS_DATA_PATH'] = os.environ['AWS_DATA_PATH']
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(directory)
    sys.argv[1:] = arguments
    try:
        return clidriver.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()


def serve(folder: str) -> None:
    """Answers until standard input ends."""
    import select
    import signal
    import time
    from pathlib import Path
    from types import SimpleNamespace

    import botocore.waiter
    from awscli import clidriver

    # Commands `wait` ask each 15 or 30 seconds.
    botocore.waiter.time = SimpleNamespace(sleep=lambda _: time.sleep(0.2))
    clidriver.create_clidriver()
    address = f'{folder}/socket'
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    program = Path(folder, 'aws')
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -IS {__file__} {address} "$@"\n')
    program.chmod(0o755)
    print('ready', flush=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
        connection, _ = listener.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            connection.send(bytes([run(connection)]))
            os._exit(0)
        connection.close()


if len(sys.argv) == 2:
    serve(sys.argv[1])
else:
    sys.exit(ask(sys.argv[1], sys.argv[2:]))
