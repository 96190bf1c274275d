import { lastArnPart } from '../../../../deployed/arn';
import type { Container } from '../../../../deployed/containers';
import { parseImageUri } from '../../../../deployed/image-uri';
import { parseSecretReference } from '../../../../deployed/secret-reference';
import type { WantedActions } from '../../../../deployed/environment';
import { type Answer, wrongIfAny } from '../../answer';
import { bucketNameOf } from './bucket-name';
import type { CheckedContainer } from './container-kind';

/** Checks the role that ECS or AWS Batch assume to start a container. */
export async function checkExecutionRole({ environment, container, kind }: CheckedContainer): Promise<Answer> {
  const { executionRoleArn } = container;
  const refusedActions = await environment.refusedActions(executionRoleArn, actionsToStart(container));
  return wrongIfAny({
    faults: refusedActions,
    describe: (actions) => `The ${kind.pluralName} cannot start: ${lastArnPart(executionRoleArn)} may not ${actions}.`,
    fix: environment.redeployCommand,
  });
}

/** Actions that pull a container's image, read its secrets and write its log, each with its resource. */
function actionsToStart({ definitionArn, image, logGroup, secrets }: Container): WantedActions[] {
  // arn:aws:ecs:<region>:<account>:task-definition/<family>:<revision>
  const regionAndAccount = definitionArn.split(':').slice(3, 5).join(':');
  const { repositoryName } = parseImageUri(image);
  const repositoryArn = `arn:aws:ecr:${regionAndAccount}:repository/${repositoryName}`;
  const logStreamsArn = `arn:aws:logs:${regionAndAccount}:log-group:${logGroup}:*`;
  const actions: WantedActions[] = [];
  actions.push([['ecr:GetAuthorizationToken'], '*']);
  actions.push([['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], repositoryArn]);
  for (const { valueFrom } of secrets) {
    actions.push([['secretsmanager:GetSecretValue'], parseSecretReference(valueFrom).secretArn]);
  }
  actions.push([['logs:CreateLogStream', 'logs:PutLogEvents'], logStreamsArn]);
  return actions;
}

/** Checks the role that the application itself assumes: it reads and writes files of its bucket. */
export async function checkTaskRole({ environment, container, kind }: CheckedContainer): Promise<Answer> {
  const { taskRoleArn } = container;
  const bucketArn = `arn:aws:s3:::${bucketNameOf(container)}`;
  const refusedActions = await environment.refusedActions(taskRoleArn, [
    [['s3:ListBucket'], bucketArn],
    [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], `${bucketArn}/*`],
  ]);
  return wrongIfAny({
    faults: refusedActions,
    describe: (actions) => `The ${kind.pluralName} get AccessDenied: ${lastArnPart(taskRoleArn)} may not ${actions}.`,
    fix: environment.redeployCommand,
  });
}
