"""A local AWS: moto's server on loopback with a CloudFormation that behaves like AWS's.

Started by src/local-aws.ts. Prints one JSON line with its port and the folder of its files when it is ready, and ends when
its standard input does, so that a parent that was killed leaves no server behind. The line `keep` on standard input
takes that leash off.
"""

import argparse
import contextlib
import json
import logging
import os
import signal
import sys
import threading

# Set before moto and botocore are imported, which read them once.
os.environ['MOTO_ACM_VALIDATION_WAIT'] = '0'
os.environ['MOTO_EC2_LOAD_DEFAULT_AMIS'] = 'false'
# Only the CORS rules of a bucket admit pages, see guard.py.
os.environ['MOTO_DISABLE_GLOBAL_CORS'] = 'true'
# Nothing of the caller's AWS configuration is read, well formed or not. Python has found its packages by now.
for name in ('AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'HOME', 'USERPROFILE'):
    os.environ[name] = os.devnull

import botocore
from boto3.session import Session
from moto.core.config import default_user_config
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from . import clock, faults, fixes, guard, models, runtime, zones
from .cloudformation import backend, pace
from .cloudformation.schema import schema_of
from .fixes import service_linked_roles
from .runtime import programs


def main() -> None:
    """Starts the server and waits for the end of standard input."""
    parser = argparse.ArgumentParser(prog='server')
    parser.add_argument('--zone', action='append', default=[], metavar='ID=NAME', help='a hosted zone of the account')
    parser.add_argument(
        '--undelegated-zone',
        action='append',
        default=[],
        metavar='ID=NAME',
        help='a hosted zone that the domain above it does not name, so that nobody asks it',
    )
    parser.add_argument('--run', action='store_true', help='run what is deployed as programs of this machine')
    parser.add_argument(
        '--used-before', action='store_true', help="the account has its services' own roles, as one that used them"
    )
    parser.add_argument('--region', required=True, help='the region in which programs look for what is deployed')
    arguments = parser.parse_args()
    if arguments.region not in Session().get_available_regions('ec2'):
        parser.error(f'botocore {botocore.__version__} knows no region {arguments.region}; use another one')
    programs.open_scratch()
    logging.getLogger('werkzeug').setLevel(logging.ERROR)
    # There need be no Docker.
    default_user_config['batch'] = {'use_docker': arguments.run}
    default_user_config['lambda'] = {'use_docker': False}
    # The roles name AWS's own policies, which exist in every account.
    default_user_config['iam'] = {'load_aws_managed_policies': True}
    pace.read_from(programs.scratch / 'pace')
    clock.read_from(programs.scratch / 'waited')
    fixes.install()
    backend.install()
    guard.install()
    faults.install()
    models.load()
    runtime.install(arguments.run)
    if arguments.used_before:
        service_linked_roles.make_all()
    zones.install()
    for delegated, given in ((True, arguments.zone), (False, arguments.undelegated_zone)):
        for zone in given:
            zones.add(*zone.split('=', 1), delegated=delegated)
    server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    os.environ['LOCAL_AWS_ENDPOINT'] = f'http://localhost:{port}'
    # From now on the parent reads errors there, as does a person when the parent is gone.
    with (programs.scratch / 'server.log').open('ab') as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
    # A parent that is gone already cannot read this; the end of standard input is next then.
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps({'port': port, 'directory': str(programs.scratch)}), flush=True)
    threading.Thread(target=schema_of, args=('AWS::S3::Bucket', arguments.region), daemon=True).start()
    # As an exception, which ends the wait in the main thread.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with contextlib.suppress(SystemExit):
        for line in sys.stdin:
            if line.strip() == 'keep':
                # Awake now and then: a signal that comes right before a wait is seen at its end only.
                while not threading.Event().wait(1):
                    pass
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    programs.close()
    os._exit(0)


main()
