import { join } from 'node:path';
import { runDeployed } from '../../../../workflows/review/deployed';
import { adoptAwsVariables, awsVariables } from '@infra/local-aws';
import { outcomeOf, type Outcome } from '@infra/common/outcome';
import { Refusal, startFakeQueryApi, xml } from '../../../support/fake-query-api';
import type { ReviewOptions } from '@infra/change-review';
import { newDirectory, review, writeAssembly } from '@infra/change-review/testing';

/** A stack as CloudFormation holds it, or why it does not say. */
export interface FakeStack {
  readonly template?: unknown;
  readonly status?: string;
  readonly terminationProtection?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly refusal?: Refusal;
}

/** A bucket in each environment, as the head of a pull request has it, and as CloudFormation does once it is deployed. */
export const BUCKET = { Data: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } };
export const deployedHead: FakeStack = { template: { Resources: BUCKET } };
export const denied: FakeStack = { refusal: new Refusal('AccessDenied', 'User: @octocat is not authorized') };
export const writeHead = () =>
  writeAssembly({ stacks: { ProoflinkDev: { resources: BUCKET }, ProoflinkProd: { resources: BUCKET } } });

/** The comment on a pull request that changes nothing, or something, with what was fetched. */
export const comment = (file: string, head: string, base = head, options: ReviewOptions = {}) =>
  review(base, head, { markdown: true, deployed: file, ...options });

/** Fetches what is deployed of an assembly from an AWS that has these stacks, and returns its requests. */
export async function fetchDeployed(
  assembly: string,
  stacks: Readonly<Record<string, FakeStack>>,
  Account = '123456789012',
  only?: string,
) {
  const asked: string[] = [];
  const { endpoint, stop } = await startFakeQueryApi((action, request) => {
    const name = request.get('StackName') ?? '';
    asked.push([action, name, request.get('TemplateStage')].filter(Boolean).join(' '));
    return action === 'GetCallerIdentity' ? xml({ Account }) : answer(action, name, stacks[name]);
  });
  try {
    return { ...(await fetchFrom(endpoint, assembly, only)), asked };
  } finally {
    await stop();
  }
}

/** Fetches what is deployed of an assembly from an endpoint, into a file. */
export async function fetchFrom(
  endpoint: string,
  assembly: string,
  only?: string,
): Promise<Outcome & { readonly file: string }> {
  const directory = newDirectory();
  const file = join(directory, 'deployed.json');
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  adoptAwsVariables(process.env, { ...awsVariables(endpoint, directory), ...quiet });
  return { file, ...(await outcomeOf(() => runDeployed(assembly, file, only))) };
}

function answer(action: string, name: string, stack: FakeStack | undefined): string {
  if (!stack) throw new Refusal('ValidationError', `Stack with id ${name} does not exist`);
  if (stack.refusal) throw stack.refusal;
  const { template = { Resources: {} }, status = 'UPDATE_COMPLETE', terminationProtection = false, tags = {} } = stack;
  const TemplateBody = typeof template === 'string' ? template : JSON.stringify(template);
  if (action === 'GetTemplate') return xml({ TemplateBody });
  const EnableTerminationProtection = String(terminationProtection);
  const fields = xml({ StackStatus: status, CreationTime: '2026-01-23T19:30:00Z', EnableTerminationProtection });
  const members = Object.entries(tags).map(([Key, Value]) => `<member>${xml({ Key, Value })}</member>`);
  return `<Stacks><member>${fields}<Tags>${members.join('')}</Tags></member></Stacks>`;
}
