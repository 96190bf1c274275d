"""Container of a task or job: a program with its definition's variables, secrets and role."""

import json
import os
import signal
import subprocess
from typing import Any

from botocore.exceptions import ClientError

from ..api import Properties, Refused
from . import authority, endpoint, forwards, images, programs, roles
from .logs import LogStream
from .paths import Place

TASKS = 'ecs-tasks.amazonaws.com'
#: variables that name a bundle of authorities; ours replaces it
BUNDLES = ('NODE_EXTRA_CA_CERTS', 'PGSSLROOTCERT', 'SSL_CERT_FILE')
#: seconds between SIGTERM and SIGKILL on Fargate, unless the container's definition says otherwise
STOP_TIMEOUT = 30
#: begin of the reason of a container whose secrets ECS's agent cannot read
SECRET_MISSING = (
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: '
    'unable to retrieve secret from asm'
)


class Container:
    """`definition` is spelled as ECS and Batch spell a container's; its roles are those of the task."""

    def __init__(
        self,
        region: str,
        identity: str,
        definition: Properties,
        execution_role: str,
        task_role: str,
        place: Place | None,
        at_once: bool = False,
    ) -> None:
        self.region = region
        self.identity = identity
        self.definition = definition
        self.task_role = task_role
        self.place = place
        self.execution = roles.assume(region, execution_role, identity, TASKS, at_once)
        self.image = images.pull(self._as_execution_role('ecr'), definition['image'])
        self.program: subprocess.Popen[bytes] | None = None
        self.log: LogStream | None = None
        #: result of its health check, once it has one
        self.health = 'UNKNOWN'
        self._credentials = ''

    def start(self, **variables: str) -> None:
        """Starts the program with additional variables; fails as ECS's agent does."""
        image = self.image
        assert image
        self.log = self._open_log()
        named = {each['name']: each['value'] for each in self.definition.get('environment', [])}
        given = forwards.through(self.region, self.place, {**image.environment, **named, **self._secrets()})
        given.update({name: str(authority.bundle()) for name in BUNDLES if name in given})
        entrypoint = self.definition.get('entryPoint') or image.entrypoint
        command = [*entrypoint, *(self.definition.get('command') or image.command)]
        node = os.path.dirname(os.environ.get('LOCAL_AWS_NODE', ''))
        home = programs.scratch / 'tasks' / self.identity / self.definition.get('name', 'default')
        home.mkdir(parents=True, exist_ok=True)
        self._environment = {
            'PATH': os.pathsep.join([*([node] if node else []), os.environ.get('PATH', '')]),
            'HOME': str(home),
            'TMPDIR': str(home),
            'AWS_EXECUTION_ENV': 'AWS_ECS_FARGATE',
            'AWS_REGION': self.region,
            'AWS_DEFAULT_REGION': self.region,
            'AWS_ENDPOINT_URL': roles.endpoint(),
            'AWS_EC2_METADATA_DISABLED': 'true',
            'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': 'true',
            # npm would end a program's log with five lines on its own newer version.
            'npm_config_update_notifier': 'false',
            **self._role_variables(),
            **variables,
            **given,
        }
        # The command `shell` opens a shell with these.
        described = home.with_suffix('.json')
        described.touch(mode=0o600)
        described.write_text(json.dumps({'directory': image.directory, 'environment': self._environment}))
        try:
            self.program = self._start(command)
        except OSError as error:
            raise Refused(f'CannotStartContainerError: {error}') from error
        assert self.program.stdout
        self.output = self.log.follow(self.program.stdout)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        assert self.image
        return programs.start(
            command,
            cwd=self.image.directory,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    @property
    def running(self) -> bool:
        return self.program is not None and self.program.poll() is None

    @property
    def is_essential(self) -> bool:
        return self.definition.get('essential', True)

    @property
    def has_health_check(self) -> bool:
        return self.definition.get('healthCheck', {}).get('command', ['NONE']) != ['NONE']

    def check_health(self) -> None:
        """Runs the health check each interval until the program ends, as ECS's agent does."""
        check = self.definition['healthCheck']
        start_period_ends = programs.now() + programs.shortened(check.get('startPeriod') or 0)
        failures = 0
        while self.running:
            next_check = programs.now() + programs.shortened(check.get('interval') or 30)
            programs.wait_until(lambda due=next_check: not self.running or programs.now() >= due)
            failure = self._failure_of(check)
            if failure is None:
                failures, self.health = 0, 'HEALTHY'
            elif self.running and (self.health == 'HEALTHY' or programs.now() > start_period_ends):
                failures += 1
                self.log.write([f'Health check failed: {failure}'])
                if failures >= (check.get('retries') or 3):
                    self.health = 'UNHEALTHY'

    def _failure_of(self, check: Properties) -> str | None:
        kind, *arguments = check['command']
        try:
            program = self._start(['/bin/sh', '-c', *arguments] if kind == 'CMD-SHELL' else arguments)
        except OSError as error:
            return str(error)
        seconds = check.get('timeout') or 5
        try:
            output, _ = program.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            programs.end(program, 0)
            return f'no end within {seconds} seconds'
        code = programs.wait(program)
        return f'exit code {code} {output.decode(errors="replace")}'.strip() if code else None

    def end(self) -> int:
        """Ends the program, if it still runs, as ECS does, with SIGTERM first; returns its exit code as a shell does."""
        endpoint.withdraw(self._credentials)
        if not self.program:
            return 0
        was_running = self.running
        seconds = int(self.definition.get('stopTimeout') or STOP_TIMEOUT)
        code = programs.end(self.program, seconds)
        self.output.join(1)
        if was_running and code == -signal.SIGKILL and self.log:
            self.log.write([f'Killed {seconds} seconds after SIGTERM, as on AWS (SIGKILL, exit code 137).'])
        return code if code >= 0 else 128 - code

    def _as_execution_role(self, service: str) -> Any:
        return roles.client_as(self.execution, service, self.region)

    def _open_log(self) -> LogStream:
        options = self.definition.get('logConfiguration', {}).get('options', {})
        prefix = options.get('awslogs-stream-prefix', 'ecs')
        stream = f'{prefix}/{self.definition.get("name", "default")}/{self.identity}'
        log = LogStream(self._as_execution_role('logs'), options.get('awslogs-group', ''), stream)
        if log.error:
            raise Refused(f'ResourceInitializationError: failed to validate logger args: {log.error}')
        return log

    def _secrets(self) -> dict[str, str]:
        try:
            return {each['name']: self._secret(each['valueFrom']) for each in self.definition.get('secrets', [])}
        except (ClientError, ValueError) as error:
            raise Refused(f'{SECRET_MISSING}: {error}') from error

    def _secret(self, reference: str) -> str:
        # arn:aws:secretsmanager:region:account:secret:name[:json-key:stage:version]
        parts = reference.split(':')
        if len(parts) > 2 and parts[2] == 'ssm':
            name = parts[5].removeprefix('parameter')
            answer = self._as_execution_role('ssm').get_parameter(Name=name, WithDecryption=True)
            return answer['Parameter']['Value']
        wanted = {'SecretId': ':'.join(parts[:7])}
        text = self._as_execution_role('secretsmanager').get_secret_value(**wanted)['SecretString']
        key = parts[7] if len(parts) > 7 else ''
        return _value_of_key(text, key) if key else text

    def _role_variables(self) -> dict[str, str]:
        if not self.task_role:
            return {}
        self._credentials = endpoint.offer(self._role_credentials)
        return {'AWS_CONTAINER_CREDENTIALS_FULL_URI': f'{roles.endpoint()}{self._credentials}'}

    def _role_credentials(self, _: bytes) -> Properties:
        credentials = roles.assume(self.region, self.task_role, self.identity, TASKS)
        return {
            'AccessKeyId': credentials['AccessKeyId'],
            'SecretAccessKey': credentials['SecretAccessKey'],
            'Token': credentials['SessionToken'],
            'Expiration': credentials['Expiration'].strftime('%Y-%m-%dT%H:%M:%SZ'),
            'RoleArn': self.task_role,
        }


def _value_of_key(secret_text: str, key: str) -> str:
    """Value of a key of a secret in JSON; raises ValueError, also if the secret is no JSON."""
    content = json.loads(secret_text)
    if not isinstance(content, dict) or key not in content:
        raise ValueError(f'retrieved secret from Secrets Manager did not contain json key {key}')
    return str(content[key])
