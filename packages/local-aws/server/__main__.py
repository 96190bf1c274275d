"""A local AWS: moto's server on loopback with a CloudFormation that behaves like AWS's.

Started by src/local-aws.ts. Prints its port and folder as one JSON line once ready. Ends with its standard input, so
that a killed parent leaves no server behind; the line `keep` turns that off.
"""

import argparse
import contextlib
import json
import os
import signal
import sys
import threading

# moto and botocore read these once, on import.
os.environ['MOTO_ACM_VALIDATION_WAIT'] = '0'
os.environ['MOTO_EC2_LOAD_DEFAULT_AMIS'] = 'false'
# Only the CORS rules of a bucket admit pages, see guard.py.
os.environ['MOTO_DISABLE_GLOBAL_CORS'] = 'true'
# Hides the caller's AWS configuration. Python has found its packages by now.
for name in ('AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'HOME', 'USERPROFILE'):
    os.environ[name] = os.devnull

# Before botocore's and moto's first use.
from . import speed

import botocore
from boto3.session import Session
from moto.core.config import default_user_config

from . import connections, faults, fixes, guard, models, zones
from .cloudformation import backend, stand_in
from .fixes import service_linked_roles
from .runtime import authority, automations, endpoint, programs, schedules


def main() -> None:
    parser = argparse.ArgumentParser(prog='server')
    parser.add_argument('--zone', action='append', default=[], metavar='ID=NAME', help='a hosted zone of the account')
    undelegated = 'a domain whose parent domain delegates nothing'
    parser.add_argument('--undelegated', action='append', default=[], metavar='NAME', help=undelegated)
    parser.add_argument('--run', action='store_true', help='run databases, tasks, jobs and load balancers')
    parser.add_argument('--used-before', action='store_true', help='create the service-linked roles')
    parser.add_argument('--stand-ins', action='store_true', help='make stand-ins for types without a model')
    parser.add_argument('--region', required=True, help='the region of deployments')
    arguments = parser.parse_args()
    if arguments.region not in Session().get_available_regions('ec2'):
        parser.error(f'botocore {botocore.__version__} knows no region {arguments.region}; use another one')
    # Databases run as another user where this one is root: a stricter umask would keep that user out.
    os.umask(0o022)
    programs.open_scratch()
    authority.bundle()
    # Docker is not required.
    default_user_config['batch'] = {'use_docker': arguments.run}
    default_user_config['lambda'] = {'use_docker': False}
    # AWS managed policies exist in every account.
    default_user_config['iam'] = {'load_aws_managed_policies': True}
    guard.install()
    faults.install()
    if arguments.run:
        from .runtime import balancers, databases, jobs, services, tasks
    if arguments.stand_ins:
        stand_in.allow()
    if arguments.used_before:
        service_linked_roles.make_all()
    for zone in arguments.zone:
        zones.add(*zone.split('=', 1))
    zones.undelegated.update(name.rstrip('.') for name in arguments.undelegated)
    speed.install()
    port = connections.serve()
    os.environ['LOCAL_AWS_ENDPOINT'] = f'http://localhost:{port}'
    schedules_path = endpoint.offer(lambda name: schedules.invoke(arguments.region, name.decode()))
    # The parent reads errors from the log from now on.
    with (programs.scratch / 'server.log').open('ab') as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
    # A killed parent cannot read this; standard input ends next.
    with contextlib.suppress(BrokenPipeError):
        ready = {'port': port, 'directory': str(programs.scratch), 'schedulesPath': schedules_path}
        print(json.dumps(ready), flush=True)
    # Raises an exception, which ends the wait in the main thread.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with contextlib.suppress(SystemExit):
        for line in sys.stdin:
            if line.strip() == 'keep':
                # Short waits: a signal just before a wait is handled at its end only.
                while not threading.Event().wait(1):
                    pass
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    programs.close()
    os._exit(0)


main()
