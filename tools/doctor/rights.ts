import { paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import { itemsOf } from '../shared/aws';
import { tail } from '../shared/health/part';
import { cause, type Found } from './check';
import { bucketOf, type Containers, registryOf, secretOf } from './container';
import type { Facts } from './facts';

/** What starts a container: pulling its image, reading its secrets, writing its log. */
export async function executionRights(facts: Facts, { who, definition }: Containers): Found {
  const it = await definition();
  const here = it.arn.split(':').slice(3, 5).join(':');
  const { repository } = registryOf(it.image);
  const refused = await refusals(facts, it.executionRole, [
    { actions: ['ecr:GetAuthorizationToken'], on: '*' },
    {
      actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      on: `arn:aws:ecr:${here}:repository/${repository}`,
    },
    ...it.secrets.map(({ valueFrom }) => ({ actions: ['secretsmanager:GetSecretValue'], on: secretOf(valueFrom).arn })),
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: `arn:aws:logs:${here}:log-group:${it.logGroup}:*` },
  ]);
  if (refused === '') return undefined;
  return cause(`The ${who} cannot start: ${tail(it.executionRole)} may not ${refused}.`, facts.redeploy);
}

/** What the application itself does: it uses files of the bucket. */
export async function taskRights(facts: Facts, { who, definition }: Containers): Found {
  const it = await definition();
  const bucket = `arn:aws:s3:::${bucketOf(it)}`;
  const refused = await refusals(facts, it.taskRole, [
    { actions: ['s3:ListBucket'], on: bucket },
    { actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], on: `${bucket}/*` },
  ]);
  if (refused === '') return undefined;
  return cause(`The ${who} get AccessDenied: ${tail(it.taskRole)} may not ${refused}.`, facts.redeploy);
}

/** Asks IAM itself what a role may not, so that no policy is read here. */
async function refusals(
  { iam: client }: Facts,
  PolicySourceArn: string,
  wanted: readonly { readonly actions: string[]; readonly on: string }[],
): Promise<string> {
  const refused = wanted.map(async ({ actions: ActionNames, on }) => {
    const asked = { PolicySourceArn, ActionNames, ResourceArns: [on] };
    const results = await itemsOf(paginateSimulatePrincipalPolicy({ client }, asked), (page) => page.EvaluationResults);
    const denied = results.filter(({ EvalDecision }) => EvalDecision !== 'allowed');
    const what = on.split(':').slice(5).join(':') || on;
    return denied.map(({ EvalActionName = '' }) => `${EvalActionName} on ${what}`);
  });
  return (await Promise.all(refused)).flat().join(', ');
}
