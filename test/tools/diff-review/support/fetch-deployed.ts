import { join } from 'node:path';
import { runDeployed } from '../../../../tools/diff-review/deployed';
import { adoptAwsVariables, awsVariables } from '../../../../tools/local-aws';
import { outcomeOf, type Outcome } from '../../../../tools/shared/outcome';
import { Refusal, startFakeQueryApi, xml } from '../../../support/fake-query-api';
import { newDirectory } from './assemblies';

/** A stack as CloudFormation holds it, or why it does not say. */
export interface FakeStack {
  readonly template?: unknown;
  readonly status?: string;
  readonly terminationProtection?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly refusal?: Refusal;
}

/** What became of a fetch, the file that it wrote, and what it asked AWS. */
export interface Fetched extends Outcome {
  readonly file: string;
  readonly asked: readonly string[];
}

/** Fetches what is deployed of an assembly from an AWS that has these stacks. */
export async function fetchDeployed(assembly: string, stacks: Readonly<Record<string, FakeStack>>): Promise<Fetched> {
  const asked: string[] = [];
  const { endpoint, stop } = await startFakeQueryApi((action, request) => {
    const name = request.get('StackName') ?? '';
    asked.push([action, name, request.get('TemplateStage')].filter(Boolean).join(' '));
    return action === 'GetCallerIdentity' ? xml({ Account: '123456789012' }) : answer(action, name, stacks[name]);
  });
  try {
    return { ...(await fetchFrom(endpoint, assembly)), asked };
  } finally {
    await stop();
  }
}

/** Fetches what is deployed of an assembly from an endpoint. */
export async function fetchFrom(endpoint: string, assembly: string): Promise<Omit<Fetched, 'asked'>> {
  const directory = newDirectory();
  const file = join(directory, 'deployed.json');
  adoptAwsVariables(process.env, {
    ...awsVariables(endpoint, directory),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  return { file, ...(await outcomeOf(() => runDeployed(assembly, file))) };
}

function answer(action: string, name: string, stack: FakeStack | undefined): string {
  if (!stack) throw new Refusal('ValidationError', `Stack with id ${name} does not exist`);
  if (stack.refusal) throw stack.refusal;
  const { template = { Resources: {} }, status = 'UPDATE_COMPLETE', terminationProtection = false, tags = {} } = stack;
  if (action === 'GetTemplate') {
    return xml({ TemplateBody: typeof template === 'string' ? template : JSON.stringify(template) });
  }
  const fields = {
    StackName: name,
    StackStatus: status,
    CreationTime: '2026-01-23T19:30:00Z',
    EnableTerminationProtection: String(terminationProtection),
  };
  const members = Object.entries(tags).map(([Key, Value]) => `<member>${xml({ Key, Value })}</member>`);
  return `<Stacks><member>${xml(fields)}<Tags>${members.join('')}</Tags></member></Stacks>`;
}
