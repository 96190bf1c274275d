"""PostgreSQL server on loopback with RDS's behavior: TLS required, master user without superuser rights."""

import functools
import os
import pwd
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from .. import own_paths
from . import authority, programs

#: superuser, as on RDS not the customer's: without a password it cannot connect
ADMIN = 'rdsadmin'
ACCESS = 'hostssl all all all scram-sha-256'
SETTINGS = """
listen_addresses = 'localhost'
unix_socket_directories = ''
ssl = on
ssl_cert_file = 'server.pem'
ssl_key_file = 'server.key'
fsync = off
"""
FALLBACK_USERS = ('postgres', 'nobody')
#: limit for a server that hangs; a busy machine is slow
START_SECONDS = 300


@functools.cache
def find_programs(version: str) -> Path | None:
    """Folder of PostgreSQL's programs, if the local ones have this major version."""
    given = os.environ.get('LOCAL_AWS_POSTGRES')
    if not given:
        return None
    folder = Path(given)
    if os.getuid() == 0 and 'node_modules' in folder.parts:
        # The server's user cannot read root's home.
        copy = programs.scratch / 'postgres'
        subprocess.run(['cp', '-R', folder.parent, copy], check=True)
        folder = copy / folder.name
    answer = subprocess.run([folder / 'initdb', '--version'], capture_output=True, text=True, check=True)
    return folder if f' {version}.' in answer.stdout else None


class Postgres:
    def __init__(self, binaries: Path, folder: Path, port: int) -> None:
        self.binaries = binaries
        self.folder = folder
        self.port = port
        self.program: subprocess.Popen[bytes] | None = None

    def create(self, user: str, password: str, database: str | None) -> None:
        self._owned_folder()
        arguments = ['--pgdata', str(self.folder), '--username', ADMIN, '--auth', 'reject', '--no-sync', '-E', 'UTF8']
        self._run('initdb', *arguments, '--locale', 'C')
        self._write('pg_hba.conf', ACCESS)
        self._write('postgresql.auto.conf', SETTINGS)
        issued = authority.issue(self.folder, 'localhost')
        for made, name in zip(issued, ('server.pem', 'server.key'), strict=True):
            made.rename(self.folder / name)
            self._give(self.folder / name)
        statements = [f'CREATE ROLE {_name(user)} LOGIN CREATEDB CREATEROLE PASSWORD {_text(password)}']
        if database:
            statements.append(f'CREATE DATABASE {_name(database)} OWNER {_name(user)}')
        self._execute(*statements)
        self.start()

    def set_password(self, user: str, password: str) -> None:
        """Changes the password of a server that has stopped meanwhile: unlike on RDS, its connections end."""
        was_running = self.program is not None
        self.stop()
        self._execute(f'ALTER ROLE {_name(user)} PASSWORD {_text(password)}')
        if was_running:
            self.start()

    def start(self) -> None:
        command = [str(self.binaries / 'postgres'), '-D', str(self.folder), '-p', str(self.port)]
        log_file = self.folder.parent / 'postgres.log'
        with log_file.open('ab') as log:
            self.program = programs.start(
                command, signal.SIGINT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_identity()
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if time.monotonic() > deadline or self.program.poll() is not None:
                raise DatabaseError(f'PostgreSQL did not start: {" ".join(log_file.read_text().splitlines()[-5:])}')
            time.sleep(0.03)

    def _is_ready(self) -> bool:
        """True once the server's own file of its state says so."""
        file = self.folder / 'postmaster.pid'
        words = file.read_text().split() if file.exists() else []
        assert self.program
        return words[:1] == [str(self.program.pid)] and words[-1] == 'ready'

    def stop(self) -> None:
        if self.program:
            programs.end(self.program)
            self.program = None

    def destroy(self) -> None:
        self.stop()
        own_paths.remove_made(self.folder.parent)

    def copy(self, target: Path) -> None:
        """Copies a consistent state of the data, as RDS does: the server is suspended meanwhile."""
        suspended = self._suspend()
        try:
            copy_data(self.folder, target)
        finally:
            for pid in reversed(suspended):
                os.kill(pid, signal.SIGCONT)

    def _suspend(self) -> list[int]:
        if not self.program:
            return []
        # The parent comes first: suspended, it starts no more children.
        os.kill(self.program.pid, signal.SIGSTOP)
        listed = subprocess.run(['pgrep', '-P', str(self.program.pid)], capture_output=True, text=True, check=False)
        children = [int(pid) for pid in listed.stdout.split()]
        for pid in children:
            os.kill(pid, signal.SIGSTOP)
        return [self.program.pid, *children]

    def _execute(self, *statements: str) -> None:
        options = ['--single', '-j', '-c', 'exit_on_error=on', '-D', str(self.folder), 'postgres']
        self._run('postgres', *options, statements=''.join(f'{each};\n\n' for each in statements))

    def _owned_folder(self) -> None:
        own_paths.make_folder(self.folder.parent, 0o711)
        self._give(self.folder.parent)
        self.folder.mkdir(mode=0o700)
        self._give(self.folder)

    def _write(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content)
        self._give(self.folder / name)

    def _give(self, path: Path) -> None:
        identity = _identity()
        if identity:
            os.chown(path, identity['user'], identity['group'])

    def _run(self, name: str, *arguments: str, statements: str = '') -> None:
        command = [self.binaries / name, *arguments]
        done = subprocess.run(command, input=statements, capture_output=True, text=True, cwd='/', **_identity(), check=False)
        if done.returncode:
            raise DatabaseError(done.stderr.strip())


def copy_data(source: Path, target: Path) -> None:
    own_paths.make_folder(target.parent, 0o711)
    subprocess.run(['cp', '-Rp', source, target], check=True)
    if (target / 'postmaster.pid').exists():
        own_paths.remove_made(target / 'postmaster.pid')


class DatabaseError(Exception):
    """Error from PostgreSQL."""


def _identity() -> dict[str, Any]:
    """User that runs the server if this process is root: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return {}
    for name in FALLBACK_USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {'user': user.pw_uid, 'group': user.pw_gid, 'extra_groups': []}
    raise DatabaseError(f'PostgreSQL refuses to run as root, and there is no user {" or ".join(FALLBACK_USERS)}')


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
