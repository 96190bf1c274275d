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
import { awsClient, readAll } from '../../deployed/aws';

/** Stacks in these states have never had a resource, or have none any more. */
const EMPTY_STATES = ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE'];

/**
 * Fetches what is deployed of a synthesized stack.
 * @param head - The stack with the change.
 */
export async function fetchStack(head: SynthesizedStack, mask: SecretMask): Promise<Deployed> {
  const { name } = head;
  const { account, region } = placeOf(head);
  try {
    const reason = await reasonElsewhere(name, account, region);
    if (reason !== undefined) return { state: 'elsewhere', why: reason };
    const client = awsClient(CloudFormationClient, { region });
    const stack = await describeStack(name, client);
    if (stack === undefined || isEmpty(stack)) return { state: 'absent' };
    const templateBody = await fetchTemplate(name, client);
    const template = readTemplate(`The template of ${name} that is deployed`, mask, () => templateBody);
    return { state: 'deployed', stack: deployedStack(stack, template, head), head };
  } catch (error) {
    return stateAfter(error as Error, name);
  }
}

/** Account and region of a stack's environment, `aws://123456789012/ap-northeast-1`. */
function placeOf({ environment }: SynthesizedStack): { account: string; region: string } {
  const [account = '', region = ''] = environment.replace('aws://', '').split('/');
  return { account, region };
}

/** In another account there is no such stack, which must not read as "not deployed yet". */
async function reasonElsewhere(stackName: string, account: string, region: string): Promise<string | undefined> {
  if (account === 'unknown-account') return undefined;
  const ownAccount = await accountOfCredentials(region);
  if (ownAccount === account) return undefined;
  return `The credentials are of account ${ownAccount}, and ${stackName} belongs in ${account}.`;
}

async function describeStack(stackName: string, client: CloudFormationClient): Promise<Stack | undefined> {
  const pages = paginateDescribeStacks({ client }, { StackName: stackName });
  const [stack] = await readAll(pages, 'Stacks');
  return stack;
}

function isEmpty({ StackStatus }: Stack): boolean {
  return EMPTY_STATES.some((state) => state === StackStatus);
}

/** The template as it was deployed, before CloudFormation processes transforms. */
async function fetchTemplate(stackName: string, client: CloudFormationClient): Promise<string> {
  const command = new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' });
  const { TemplateBody = '' } = await client.send(command);
  return TemplateBody;
}

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
    // CloudFormation returns nothing else of a manifest.
    artifact,
    template,
  };
}

function tagsByKey(tags: readonly Tag[]): Record<string, string> {
  const pairs = tags.map(({ Key = '', Value = '' }) => [Key, Value]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** State of a stack that could not be fetched: absent if CloudFormation says so, else unknown. */
function stateAfter(error: Error, stackName: string): Deployed {
  const { name, message } = error;
  const isMissing = name === 'ValidationError' && message === `Stack with id ${stackName} does not exist`;
  if (isMissing) return { state: 'absent' };
  return { state: 'unknown', why: error instanceof CannotTellError ? message : `${name}: ${message}` };
}
