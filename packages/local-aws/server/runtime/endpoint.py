"""Answers to local programs: credentials of their role, and CloudFormation's to responses of custom resources."""

import json
import secrets
from collections.abc import Callable
from typing import Any

Answer = Callable[[bytes], Any]

_answers: dict[str, Answer] = {}


def offer(answer: Answer) -> str:
    """Serves an answer under an unguessable path."""
    path = f'/{secrets.token_urlsafe(24)}'
    _answers[path] = answer
    return path


def withdraw(path: str) -> None:
    _answers.pop(path, None)


def answer_to(environ: dict[str, Any]) -> bytes | None:
    """Answer to a request; None if its path is not one of these."""
    answer = _answers.get(environ['PATH_INFO'])
    content = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0)) if answer else b''
    return json.dumps(answer(content)).encode() if answer else None
