import { writeFileSync } from 'node:fs';
import { CloudFormationClient, GetTemplateCommand, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { readAssembly, readTemplate, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { visible } from '@infra/common/untrusted-text';
import type { Deployed } from '@infra/change-review';
import { accountOfCredentials } from '../../deployed/account';
import { awsClient, readAll } from '../../deployed/aws';

/**
 * Fetches what is deployed of each stack of an assembly, and writes it into a file for the review: without secrets. A
 * stack of another account is left to the credentials of that account, as long as there are some.
 */
export async function runDeployed(assembly: string, file: string, only?: string): Promise<Outcome> {
  const mask = new SecretMask();
  const found = new Map<string, Deployed>();
  // As the review reads it: twice.
  readAssembly(assembly, mask);
  const { stacks } = readAssembly(assembly, mask);
  if (only !== undefined && !stacks.has(only)) {
    throw new CannotTellError(`There is no stack ${only} in ${assembly}: ${[...stacks.keys()].join(', ')}.`);
  }
  for (const [name, stack] of stacks) {
    if (only === undefined || name === only) found.set(name, await fetchStack(stack, mask));
  }
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(found), undefined, 2)}\n`);
  const reported = {
    deployed: 'fetched',
    absent: 'not deployed yet',
    elsewhere: 'left out',
    unknown: 'could not be fetched',
  };
  const lines = [...found].map(
    ([name, one]) => `${name}: ${reported[one.state]}${'why' in one ? `: ${one.why}` : ''}\n`,
  );
  const states = [...found.values()].map(({ state }) => state);
  const isKnown = !states.includes('unknown') && (states.length === 0 || states.some((state) => state !== 'elsewhere'));
  return { exitCode: isKnown ? 0 : 2, stdout: visible(lines.join(''), '\n'), stderr: '' };
}

/** Stacks in these states have never had a resource, or have none any more. */
const EMPTY = ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE'];

async function fetchStack(head: SynthesizedStack, mask: SecretMask): Promise<Deployed> {
  const { name, environment: environmentName } = head;
  const [account = '', region = ''] = environmentName.replace('aws://', '').split('/');
  try {
    const why = await whyElsewhere(account, region, name);
    if (why !== undefined) return { state: 'elsewhere', why };
    const client = awsClient(CloudFormationClient, { region });
    const [stack] = await readAll(paginateDescribeStacks({ client }, { StackName: name }), 'Stacks');
    if (stack === undefined || EMPTY.includes(stack.StackStatus ?? '')) return { state: 'absent' };
    const { TemplateBody = '' } = await client.send(
      new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
    );
    const template = readTemplate(`The template of ${name} that is deployed`, mask, () => TemplateBody);
    const tags = Object.fromEntries((stack.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    const terminationProtection = stack.EnableTerminationProtection === true;
    // CloudFormation returns nothing else of a manifest.
    const { artifact } = head;
    return {
      state: 'deployed',
      stack: { name, environment: environmentName, terminationProtection, tags, artifact, template },
      head,
    };
  } catch (error) {
    const { name: kind, message } = error as Error;
    if (kind === 'ValidationError' && message === `Stack with id ${name} does not exist`) return { state: 'absent' };
    return { state: 'unknown', why: error instanceof CannotTellError ? message : `${kind}: ${message}` };
  }
}

/** In another account there is no such stack, which must not read as "not deployed yet". */
async function whyElsewhere(account: string, region: string, stack: string): Promise<string | undefined> {
  if (account === 'unknown-account') return undefined;
  const own = await accountOfCredentials(region);
  return own === account ? undefined : `The credentials are of account ${own}, and ${stack} belongs in ${account}.`;
}
