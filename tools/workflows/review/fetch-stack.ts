import {
  CloudFormationClient,
  GetTemplateCommand,
  paginateDescribeStacks,
  type Stack,
  type Tag,
} from '@aws-sdk/client-cloudformation';
import type { Deployed } from '@infra/change-review';
import { readTemplate, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError } from '@infra/common/outcome';
import type { SecretMask } from '@infra/common/secret-mask';
import { accountOfCredentials } from '../../deployed/account';
import { awsClient } from '../../deployed/aws-client';
import { readAll } from '../../deployed/pages';

/** CloudFormation's states of stacks without a resource: they were never created, or their creation was rolled back. */
const EMPTY_STATES = ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE'];

/**
 * Fetches the deployed stack of a synthesized stack. If AWS cannot be asked, the answer has the state `unknown`.
 *
 * @param head - The synthesized stack, with the change that is reviewed.
 */
export async function fetchStack(head: SynthesizedStack, mask: SecretMask): Promise<Deployed> {
  const { name } = head;
  const { account, region } = targetOf(head);
  try {
    const reason = await reasonForElsewhere(name, account, region);
    if (reason !== undefined) return { state: 'elsewhere', why: reason };
    const client = awsClient(CloudFormationClient, { region });
    const stack = await describeStack(name, client);
    if (stack === undefined || isEmpty(stack)) return { state: 'absent' };
    const templateBody = await fetchTemplate(name, client);
    const template = readTemplate(`The template of ${name} that is deployed`, mask, () => templateBody);
    return { state: 'deployed', stack: deployedStack(stack, template, head), head };
  } catch (error) {
    return deployedAfterError(error as Error, name);
  }
}

/** Account and region of a stack's environment, `aws://123456789012/ap-northeast-1`. */
function targetOf({ environment }: SynthesizedStack): { account: string; region: string } {
  const [account = '', region = ''] = environment.replace('aws://', '').split('/');
  return { account, region };
}

/**
 * Sentence for a stack of another account than that of the credentials; `undefined` for a stack of the same account. In
 * the wrong account, AWS would answer that the stack does not exist, which must not be shown as "not deployed yet".
 */
async function reasonForElsewhere(stackName: string, account: string, region: string): Promise<string | undefined> {
  if (account === 'unknown-account') return undefined;
  const accessibleAccount = await accountOfCredentials(region);
  if (accessibleAccount === account) return undefined;
  return `The credentials are of account ${accessibleAccount}, and ${stackName} belongs in ${account}.`;
}

async function describeStack(stackName: string, client: CloudFormationClient): Promise<Stack | undefined> {
  const pages = paginateDescribeStacks({ client }, { StackName: stackName });
  const [stack] = await readAll(pages, 'Stacks');
  return stack;
}

function isEmpty({ StackStatus }: Stack): boolean {
  return EMPTY_STATES.some((state) => state === StackStatus);
}

/** Fetches the template as it was deployed: before CloudFormation processed its transforms. */
async function fetchTemplate(stackName: string, client: CloudFormationClient): Promise<string> {
  const command = new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' });
  const { TemplateBody = '' } = await client.send(command);
  return TemplateBody;
}

/** A deployed stack in the form of a synthesized one, so that the review can compare both. */
function deployedStack(
  stack: Stack,
  template: SynthesizedStack['template'],
  { name, environment, artifact }: SynthesizedStack,
): SynthesizedStack {
  return {
    name,
    environment,
    terminationProtection: stack.EnableTerminationProtection === true,
    tags: tagsByKey(stack.Tags ?? []),
    // CloudFormation does not know the manifest: with the same fields on both sides, the review sees no difference.
    artifact,
    template,
  };
}

function tagsByKey(tags: readonly Tag[]): Record<string, string> {
  const pairs = tags.map(({ Key = '', Value = '' }) => [Key, Value]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Answer after an error: the stack is absent if CloudFormation says so, else unknown. */
function deployedAfterError(error: Error, stackName: string): Deployed {
  const { name, message } = error;
  const isMissing = name === 'ValidationError' && message === `Stack with id ${stackName} does not exist`;
  if (isMissing) return { state: 'absent' };
  return { state: 'unknown', why: error instanceof CannotTellError ? message : `${name}: ${message}` };
}
