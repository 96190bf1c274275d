"""Endpoint for local programs: credentials of their role, and responses to CloudFormation."""

import json
import secrets
import threading
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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


@cache
def address() -> str:
    """Address of the server, which starts on the first call."""
    server = ThreadingHTTPServer(('127.0.0.1', 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f'127.0.0.1:{server.server_port}'


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answer = _answers.get(self.path)
        body = json.dumps(answer(self.rfile.read(int(self.headers.get('content-length', 0))))) if answer else ''
        self.send_response(200 if answer else 404)
        self.send_header('content-type', 'application/json')
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    do_PUT = do_GET

    def log_message(self, *_: Any) -> None:
        """Logs nothing: the path is a secret."""
