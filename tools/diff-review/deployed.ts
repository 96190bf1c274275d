import { writeFileSync } from 'node:fs';
import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { checkTemplate, readAssembly, readJson, type SynthesizedStack } from '../shared/assembly';
import { CannotTellError, type Outcome } from '../shared/outcome';
import { SecretMask } from '../shared/secret-mask';
import type { Template } from '../shared/template';
import { visible } from '../shared/untrusted-text';
import type { Deployed } from './deployed-file';

/** Fetches what is deployed of each stack of an assembly, and writes it into a file for the review: without secrets. */
export async function runDeployed(assembly: string, file: string): Promise<Outcome> {
  const mask = new SecretMask();
  const found = new Map<string, Deployed>();
  for (const [name, stack] of readAssembly(assembly, mask).stacks) found.set(name, await fetchStack(stack, mask));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(found), undefined, 2)}\n`);
  const lines = (isKnown: boolean) =>
    [...found]
      .filter(([, { state }]) => (state !== 'unknown') === isKnown)
      .map(([name, deployed]) => visible(`${name}: ${told(deployed)}\n`, '\n'))
      .join('');
  return { exitCode: lines(false) === '' ? 0 : 2, stdout: lines(true), stderr: lines(false) };
}

function told(deployed: Deployed): string {
  if (deployed.state === 'unknown') return `what is deployed could not be fetched. ${deployed.why}`;
  return deployed.state === 'absent' ? 'not deployed yet' : 'fetched';
}

/** Stacks in these states have never had a resource, or have none any more. */
const EMPTY = ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE'];

async function fetchStack(head: SynthesizedStack, mask: SecretMask): Promise<Deployed> {
  const { name, environment } = head;
  const [account = '', region = ''] = environment.replace('aws://', '').split('/');
  try {
    await checkAccount(account, region, name);
    const cloudFormation = new CloudFormationClient({ region });
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks;
    if (stack === undefined || EMPTY.includes(stack.StackStatus ?? '')) return { state: 'absent' };
    const { TemplateBody = '' } = await cloudFormation.send(
      new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
    );
    const where = `The template of ${name} that is deployed`;
    const template = mask.mask(
      checkTemplate(
        readJson(where, () => TemplateBody),
        where,
      ),
    ) as Template;
    const tags = Object.fromEntries((stack.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    const terminationProtection = stack.EnableTerminationProtection === true;
    return { state: 'deployed', stack: { name, environment, terminationProtection, tags, template }, head };
  } catch (error) {
    const { name: kind, message } = error as Error;
    if (kind === 'ValidationError' && message === `Stack with id ${name} does not exist`) return { state: 'absent' };
    return { state: 'unknown', why: error instanceof CannotTellError ? message : `${kind}: ${message}` };
  }
}

/** In another account there is no such stack, which must not read as "not deployed yet". */
async function checkAccount(account: string, region: string, stack: string): Promise<void> {
  if (account === 'unknown-account') return;
  const { Account = '' } = await new STSClient({ region }).send(new GetCallerIdentityCommand());
  if (Account !== account) {
    throw new CannotTellError(`The credentials are of account ${Account}, and ${stack} belongs in ${account}.`);
  }
}
