"""Resources on which IAM evaluates a request that names them in another way than by their ARNs."""

import json
from collections.abc import Iterator
from typing import Any

#: action in lower case, as some of moto's services have it → each action and resource that IAM evaluates for it
#: These are the required resource types of AWS's service authorization reference, and the roles that are passed. Names
#: in braces are parameters of the request.
REQUIRED = {
    'batch:submitjob': (
        ('batch:SubmitJob', 'arn:aws:batch:{region}:{account}:job-definition/{jobDefinition}'),
        ('batch:SubmitJob', 'arn:aws:batch:{region}:{account}:job-queue/{jobQueue}'),
    ),
    'ecs:updateservice': (('ecs:UpdateService', 'arn:aws:ecs:{region}:{account}:service/{cluster}/{service}'),),
    'ssm:startautomationexecution': (
        # AWS's own documents have no account.
        ('ssm:StartAutomationExecution', 'arn:aws:ssm:{region}::document/{DocumentName}'),
        ('ssm:StartAutomationExecution', 'arn:aws:ssm:{region}:{account}:automation-execution/*'),
        ('iam:PassRole', '{Parameters[AutomationAssumeRole][0]}'),
    ),
}


def required_rights(action: str, region: str, account: str, body: str) -> Iterator[tuple[str, str]]:
    """Actions with the ARNs of their resources; none for a parameter that is missing, or is an ARN already."""
    required_resources = REQUIRED.get(action.lower(), ())
    parameters: dict[str, Any] = json.loads(body) if required_resources else {}
    for required, resource in required_resources:
        try:
            arn = resource.format(region=region, account=account, **parameters)
        except KeyError:
            continue
        if arn.count('arn:') == 1:
            yield required, arn
