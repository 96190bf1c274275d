import { lastArnPart } from '@infra/operate/deployed/arn';
import type { Container } from '@infra/operate/deployed/containers';
import { parseImageUri } from '@infra/operate/deployed/image-uri';
import { parseSecretReference } from '@infra/operate/deployed/secret-reference';
import { refusedActions, type WantedActions } from '@infra/operate/deployed/refused-actions';
import { type Answer, wrongIfAny } from '../../answer';
import type { CheckedContainer } from './container-kind';
import { words } from './words';
import { revertDriftCommand } from '../../../revert-drift-command';

/** Checks the role that ECS or AWS Batch assume to start a container. */
export async function checkExecutionRole({ environment, container, kind }: CheckedContainer): Promise<Answer> {
  const { executionRoleArn } = container;
  const roleName = lastArnPart(executionRoleArn);
  const refused = await refusedActions(environment, executionRoleArn, actionsToStart(container));
  return wrongIfAny({
    faults: refused,
    describe: (actions) => words.roles.cannotStart({ containers: kind.pluralName, roleName, actions }),
    fix: revertDriftCommand(environment),
  });
}

/** Actions that pull a container's image, read its secrets and write its log, each with its resource. */
function actionsToStart({ definitionArn, image, logGroup, secrets }: Container): WantedActions[] {
  // arn:aws:ecs:<region>:<account>:task-definition/<family>:<revision>
  const regionAndAccount = definitionArn.split(':').slice(3, 5).join(':');
  const { repositoryName } = parseImageUri(image);
  const repositoryArn = `arn:aws:ecr:${regionAndAccount}:repository/${repositoryName}`;
  const logStreamsArn = `arn:aws:logs:${regionAndAccount}:log-group:${logGroup}:*`;
  const wantedActions: WantedActions[] = [];
  wantedActions.push({ actions: ['ecr:GetAuthorizationToken'], resourceArn: '*' });
  wantedActions.push({ actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resourceArn: repositoryArn });
  for (const { valueFrom } of secrets) {
    const { secretArn } = parseSecretReference(valueFrom);
    wantedActions.push({ actions: ['secretsmanager:GetSecretValue'], resourceArn: secretArn });
  }
  wantedActions.push({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resourceArn: logStreamsArn });
  return wantedActions;
}

/** Environment variable from which the application reads the name of its bucket. */
const BUCKET_VARIABLE = 'AWS_S3_BUCKET_NAME';

/** Checks the role that the application itself assumes: it reads and writes files of its bucket. */
export async function checkTaskRole({ environment, container, kind }: CheckedContainer): Promise<Answer> {
  const { taskRoleArn } = container;
  const roleName = lastArnPart(taskRoleArn);
  const bucketVariable = container.variables.find(({ name }) => name === BUCKET_VARIABLE);
  const bucketArn = `arn:aws:s3:::${bucketVariable?.value ?? ''}`;
  const refused = await refusedActions(environment, taskRoleArn, [
    { actions: ['s3:ListBucket'], resourceArn: bucketArn },
    { actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resourceArn: `${bucketArn}/*` },
  ]);
  return wrongIfAny({
    faults: refused,
    describe: (actions) => words.roles.accessDenied({ containers: kind.pluralName, roleName, actions }),
    fix: revertDriftCommand(environment),
  });
}
