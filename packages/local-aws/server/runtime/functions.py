"""Functions in Node and Python: the code runs under its role, in a process reused for later events."""

import io
import json
import os
import select
import subprocess
import sys
import threading
import uuid
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.awslambda.utils import get_backend
from moto.awslambda_simple.models import LambdaSimpleBackend
from moto.core import DEFAULT_ACCOUNT_ID

from ..api import Properties, Refused
from ..patches import around, instead
from . import authority, endpoint, programs, roles
from .logs import LogStream

HERE = Path(__file__).parent
#: host of the response URLs of custom resources
RESPONSES = 'cloudformation-custom-resource-response'

_workers: dict[str, '_Worker'] = {}


def respond(region: str, function: str, event: Properties) -> Properties:
    """Sends a custom resource's event to its function, and returns the response put to its URL."""
    answers: list[Properties] = []
    path = endpoint.offer(lambda body: answers.append(json.loads(body)))
    try:
        invoke(region, function, {**event, 'ResponseURL': f'https://{RESPONSES}{path}'})
    finally:
        endpoint.withdraw(path)
    if not answers:
        raise Refused(f'CloudFormation did not receive a response from your Custom Resource: {function}')
    return answers[0]


def invoke(region: str, function: str, event: Properties) -> Any:
    found = get_backend(DEFAULT_ACCOUNT_ID, region).get_function(function)
    function = found.function_arn
    with found.running:
        worker = _workers.get(function)
        if worker is None or not worker.serves(found):
            worker = _workers[function] = _Worker(region, found)
        return worker.handle(event)


def has_run(name: str) -> bool:
    return any(function.split(':')[-1] == name for function in _workers)


class _Worker:
    def __init__(self, region: str, function: LambdaFunction) -> None:
        self.timeout = function.timeout
        self.version = _version_of(function)
        credentials = roles.assume(region, function.role, function.function_name, 'lambda.amazonaws.com', at_once=True)
        folder = programs.scratch / 'functions' / uuid.uuid4().hex
        zipfile.ZipFile(io.BytesIO(function.code_bytes)).extractall(folder)
        reading, answers = os.pipe()
        # It is closed with this worker.
        self.answers = open(reading, 'rb', buffering=0)
        self.program = programs.start(
            [*_interpreter(function), str(folder), function.handler, roles.endpoint(), str(answers)],
            cwd=folder,
            env={
                'PATH': os.environ.get('PATH', ''),
                'NODE_PATH': os.environ.get('LOCAL_AWS_SDK', ''),
                'NODE_EXTRA_CA_CERTS': str(authority.bundle()),
                'AWS_ENDPOINT_URL': roles.endpoint(),
                'AWS_REGION': region,
                'AWS_LAMBDA_FUNCTION_NAME': function.function_name,
                'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': 'true',
                **roles.variables(credentials),
                **function.environment_vars,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=[answers],
        )
        os.close(answers)
        given = (getattr(function, 'logging_config', None) or {}).get('LogGroup')
        group = given or f'/aws/lambda/{function.function_name}'
        today = datetime.now(timezone.utc).strftime('%Y/%m/%d')
        self.log = LogStream(
            roles.client_as(credentials, 'logs', region),
            group,
            f'{today}/[$LATEST]{uuid.uuid4().hex}',
            creates_group=not given,
        )
        assert self.program.stdout
        self.log.follow(self.program.stdout)
        threading.Thread(target=programs.wait, args=(self.program,), daemon=True).start()

    def serves(self, function: LambdaFunction) -> bool:
        """True if it runs the current version; an idle process ends by itself."""
        return self.program.poll() is None and self.version == _version_of(function)

    def handle(self, event: Properties) -> Any:
        assert self.program.stdin
        self.program.stdin.write(json.dumps(event).encode() + b'\n')
        self.program.stdin.flush()
        read = b''
        # Unlike `select`, it takes files whose number is above 1,023: each connection of a client has one.
        waiting = select.poll()
        waiting.register(self.answers, select.POLLIN)
        while not read.endswith(b'\n'):
            ready = waiting.poll(1000 * self.timeout)
            piece = self.answers.read(65536) if ready else b''
            if not piece:
                programs.end(self.program)
                raise Refused(f'Task timed out after {self.timeout} seconds' if not ready else self._last_lines())
            read += piece
        answer = json.loads(read)
        if 'error' in answer:
            raise Refused(answer['error'])
        return answer['result']

    def _last_lines(self) -> str:
        return '\n'.join(['The function ended without an answer.', *self.log.last])


def _interpreter(function: LambdaFunction) -> list[str]:
    """Program of the function's runtime, whatever its minor version."""
    runtime = str(function.run_time)
    if runtime.startswith('nodejs'):
        return [os.environ.get('LOCAL_AWS_NODE', 'node'), str(HERE / 'function.js')]
    if runtime.startswith('python'):
        return [sys.executable, str(HERE / 'function.py')]
    raise Refused(f'{function.function_name} needs {runtime}, and only functions in Node and Python run here')


def _version_of(function: LambdaFunction) -> tuple[Any, ...]:
    """Code and configuration of a process; moto does not date changes of a configuration."""
    started_with = (function.role, function.handler, function.timeout, dict(function.environment_vars))
    return (function.code_digest, function.last_modified, *started_with)


@around(LambdaFunction, '__init__')
def _create_function(create: Any, self: LambdaFunction, *arguments: Any, spec: Properties, **named: Any) -> None:
    create(self, *arguments, spec=spec, **named)
    self.logging_config = spec.get('LoggingConfig')
    self.running = threading.Lock()


@around(LambdaFunction, 'update_configuration')
def _configure_function(configure: Any, self: LambdaFunction, config_updates: Properties) -> Any:
    self.logging_config = config_updates.get('LoggingConfig', self.logging_config)
    return configure(self, config_updates)


# moto's own answer without Docker is that all went well.
LambdaSimpleBackend.invoke = LambdaBackend.invoke


@instead(LambdaFunction, '_invoke_lambda')
def _invoke(self: LambdaFunction, event: Any = None) -> tuple[str, bool, str]:
    """Result, failure and log of an invocation by a bucket, a queue, a topic or the API."""
    try:
        return json.dumps(invoke(self.region, self.function_arn, event)), False, ''
    except Refused as error:
        return json.dumps({'errorMessage': str(error)}), True, str(error)
