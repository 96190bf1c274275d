"""Runs a function's handler: one event a line on standard input, one answer a line on the given descriptor."""

import importlib
import json
import os
import signal
import sys
import traceback
from types import SimpleNamespace
from urllib.parse import urlsplit

_, folder, handler, endpoint, descriptor = sys.argv
#: seconds after which an idle process ends
IDLE = 10

sys.path.insert(0, folder)
module, name = handler.rsplit('.', 1)
context = SimpleNamespace(function_name=os.environ['AWS_LAMBDA_FUNCTION_NAME'], log_stream_name='')
signal.alarm(IDLE)
for line in sys.stdin:
    signal.alarm(0)
    event = json.loads(line)
    if isinstance(event, dict) and 'ResponseURL' in event:
        # Response URLs of CloudFormation lead to this machine.
        event['ResponseURL'] = endpoint + urlsplit(event['ResponseURL']).path
    try:
        answer = {'result': getattr(importlib.import_module(module), name)(event, context)}
    except Exception as error:
        traceback.print_exc()
        answer = {'error': f'{type(error).__name__}: {error}'}
    sys.stdout.flush()
    os.write(int(descriptor), f'{json.dumps(answer)}\n'.encode())
    signal.alarm(IDLE)
