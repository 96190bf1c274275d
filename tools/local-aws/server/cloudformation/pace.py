"""How long an operation on a resource takes. Here that is nothing, unless a test wants to meet one while it goes on."""

import time
from pathlib import Path

_file: Path | None = None


def read_from(file: Path) -> None:
    """Names the file that holds the milliseconds; it may come and go."""
    global _file
    _file = file


def wait() -> None:
    """Waits as long as the file says."""
    if _file is not None and _file.exists():
        time.sleep(float(_file.read_text() or 0) / 1000)
