import { CloudFormation, type Stack } from '@aws-sdk/client-cloudformation';
import { CannotTellError } from '@infra/common/outcome';
import { accountOfCredentials } from '@infra/operate/deployed/account';
import { awsClient } from '@infra/operate/deployed/aws-client';
import { readAll } from '@infra/operate/deployed/pages';
import { askPatiently, waitFor } from '@infra/operate/deployed/wait';
import { OWN_STACK_NAME } from './environment';
import { showProgress } from './processes';
import { words } from './words';

/** Account and region in which a rehearsal is deployed. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

const SECONDS_BETWEEN_LOOKS = 5;

/** Status of a stack that has nothing but a change set. */
const NEVER_DEPLOYED = 'REVIEW_IN_PROGRESS';

/** Statuses in which the stack has all resources of a template. */
const DEPLOYED_STATUSES: ReadonlySet<unknown> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
]);

/** Throws a CannotTellError unless the credentials are of the account. */
export async function requireCredentials({ account, region }: Place): Promise<void> {
  const credentialsAccount = await accountOfCredentials(region);
  if (credentialsAccount === account) return;
  throw new CannotTellError(words.otherCredentials({ account, credentialsAccount }));
}

/** Reads all stacks of a region that are not deleted, whatever their state is. */
export async function readStacks(region: string): Promise<Stack[]> {
  return await readAll(awsClient(CloudFormation, { region }).paginateDescribeStacks({}), 'Stacks');
}

/** Reads the rehearsal's stack. `undefined`: there is none, or one that has nothing yet but a change set. */
export async function readOwnStack({ region }: Place): Promise<Stack | undefined> {
  const stacks = await readStacks(region);
  const stack = stacks.find(({ StackName }) => StackName === OWN_STACK_NAME);
  return stack?.StackStatus === NEVER_DEPLOYED ? undefined : stack;
}

/** True if a stage may use the stack. */
export function isDeployed(stack: Stack | undefined): boolean {
  return DEPLOYED_STATUSES.has(stack?.StackStatus);
}

/** Waits until CloudFormation changes the stack no more; returns it, or `undefined` once it is deleted. */
export async function waitForRest(place: Place): Promise<Stack | undefined> {
  return await waitFor({
    goal: words.endOfOperation,
    secondsBetweenLooks: SECONDS_BETWEEN_LOOKS,
    showLine: showProgress,
    look: () => askPatiently(() => readOwnStack(place), showProgress),
    isReached: (stack) => !stack?.StackStatus?.endsWith('_IN_PROGRESS'),
    describe: (stack) => words.stackIs({ stackName: OWN_STACK_NAME, status: stack?.StackStatus ?? '' }),
  });
}
