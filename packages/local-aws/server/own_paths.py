"""Paths that this process created, the only ones that it may remove."""

import os
import shutil
import tempfile
import time
from pathlib import Path

RETRIES = 20
_made: set[Path] = set()


def make_temporary_folder(prefix: str) -> Path:
    """Creates a temporary folder with this process's id in its name."""
    parent = os.environ.get('TMPDIR') or tempfile.gettempdir()
    try:
        folder = Path(os.path.realpath(tempfile.mkdtemp(prefix=f'{prefix}{os.getpid()}-', dir=parent)))
    except OSError as error:
        advice = 'set TMPDIR to a folder that exists'
        raise SystemExit(f'No temporary folder can be made in {parent} ({error.strerror}): {advice}.') from error
    _made.add(folder)
    return folder


def make_folder(path: Path, mode: int) -> None:
    """Creates a folder and its parents; fails if it exists."""
    path.mkdir(mode, parents=True)
    _made.add(_real(path))


def remove_made(path: Path) -> None:
    """Removes a path that this process created, or one inside such a folder; refuses every other path."""
    real = _real(path)
    if '..' in path.parts or not any(one == real or one in real.parents for one in _made):
        raise PermissionError(f'{path} is not removed: this process did not make it.')
    if real.is_symlink() or not real.is_dir():
        real.unlink()
    else:
        _remove_folder(real)
    _made.difference_update([one for one in _made if real == one or real in one.parents])


def _remove_folder(folder: Path) -> None:
    for left in reversed(range(RETRIES)):
        try:
            return shutil.rmtree(folder)
        except OSError:
            # A program that is being killed may still write here.
            if not left:
                raise
            time.sleep(0.05)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path.parent)) / path.name
