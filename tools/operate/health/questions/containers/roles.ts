import { lastPart } from '../../../../deployed/arn';
import { type Container, parseImageUri, parseSecretReference } from '../../../../deployed/containers';
import type { WantedActions } from '../../../../deployed/environment';
import { wrongIfAny } from '../../answer';
import { bucketOf } from './bucket';
import type { ContainerCheck } from './kind';

/** Rights to start a container: pulling its image, reading its secrets, writing its log. */
export const checkExecutionRole: ContainerCheck = async (environment, container, { noun }) => {
  const { executionRoleArn } = container;
  const refused = await environment.refusedActions(executionRoleArn, actionsToStart(container));
  return wrongIfAny(
    refused,
    (actions) => `The ${noun} cannot start: ${lastPart(executionRoleArn)} may not ${actions}.`,
    environment.redeployCommand,
  );
};

/** Actions that ECS or AWS Batch take to start a container, each with its resource. */
function actionsToStart({ definitionArn, image, logGroup, secrets }: Container): WantedActions[] {
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

/** Rights of the application itself: it uses files of the bucket. */
export const checkTaskRole: ContainerCheck = async (environment, container, { noun }) => {
  const { taskRoleArn } = container;
  const bucketArn = `arn:aws:s3:::${bucketOf(container)}`;
  const refused = await environment.refusedActions(taskRoleArn, [
    [['s3:ListBucket'], bucketArn],
    [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], `${bucketArn}/*`],
  ]);
  return wrongIfAny(
    refused,
    (actions) => `The ${noun} get AccessDenied: ${lastPart(taskRoleArn)} may not ${actions}.`,
    environment.redeployCommand,
  );
};
