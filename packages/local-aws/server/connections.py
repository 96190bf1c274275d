"""Requests to moto: of clients by connections, of this server itself without."""

import io
import threading
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from moto.core.botocore_stubber import MockRawResponse
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import create_environ, run_wsgi_app

_application = DomainDispatcherApplication(create_backend_app)


class KeepAliveHandler(WSGIRequestHandler):
    """Answers the requests of a connection until the client closes it, as AWS does; werkzeug closes it after one."""

    protocol_version = 'HTTP/1.1'
    # An answer leaves in one packet, head and body.
    wbufsize = -1
    # The end of a longer one would otherwise wait until the client has confirmed its beginning.
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        if self.headers.get('Expect', '').lower() == '100-continue':
            self.send_response_only(HTTPStatus.CONTINUE)
            self.end_headers()
            self.wfile.flush()
        environ = self.make_environ()
        # An operation may leave a part of the body unread, which would be taken for the next request.
        is_chunked = environ.get('wsgi.input_terminated', False)
        body = environ['wsgi.input'].read(-1 if is_chunked else int(environ.get('CONTENT_LENGTH') or 0))
        environ['wsgi.input'] = io.BytesIO(body)
        chunks, status, headers = run_wsgi_app(self.server.app, environ, buffered=True)
        content = b''.join(chunks)
        code, _, phrase = status.partition(' ')
        self.send_response(int(code), phrase)
        for name, value in headers:
            self.send_header(name, value)
        if 'Content-Length' not in headers:
            self.send_header('Content-Length', str(len(content)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(content)

    def log_request(self, *_: object) -> None:
        """Logs nothing: who sends requests here knows of them."""


def serve() -> int:
    """Serves moto on a free port of loopback, in threads of its own. Returns the port."""
    server = make_server('127.0.0.1', 0, _application, threaded=True, request_handler=KeepAliveHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.port


def answer_here(request: AWSPreparedRequest, **_event: Any) -> AWSResponse:
    """Answers a request of this server to itself; a handler of botocore's event `before-send`."""
    url = urlsplit(request.url)
    environ = create_environ(
        path=unquote(url.path),
        query_string=url.query,
        base_url=f'{url.scheme}://{url.netloc}',
        method=request.method,
        headers={name: _bytes(value).decode() for name, value in request.headers.items()},
        input_stream=io.BytesIO(_bytes(request.body or b'')),
    )
    environ['local-aws.own'] = True
    chunks, status, headers = run_wsgi_app(_application, environ, buffered=True)
    code, _, _ = status.partition(' ')
    return AWSResponse(request.url, int(code), HeadersDict(headers), MockRawResponse(b''.join(chunks)))


def _bytes(text: str | bytes) -> bytes:
    """Bytes of a text; botocore has some texts as bytes."""
    return text.encode() if isinstance(text, str) else text
