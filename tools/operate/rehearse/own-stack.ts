import { CloudFormation, type Stack, type StackEvent, type StackSummary } from '@aws-sdk/client-cloudformation';
import { CannotTellError } from '@infra/common/outcome';
import { OWN_STACK_NAME } from './environment';
import { accountOfCredentials } from '../../deployed/account';
import { awsClient } from '../../deployed/aws-client';
import { readAll } from '../../deployed/pages';
import { askPatiently } from '../../deployed/patience';
import { pause } from '../../program/pause';
import type { StageName } from './observation';
import type { Place } from './place';
import { showProgress } from './progress';
import { words } from './words';

/** Tags that the stack has from its creation on. They never change: AWS Batch would replace its named resources. */
export const Tag = { id: 'Rehearsal', start: 'RehearsalStart' } as const;

const SECONDS_BETWEEN_LOOKS = 5;

/** CloudFormation may answer DeleteStack late. A request that is sent again meets its own deletion. */
const DELETE_TIMEOUT_MS = 60_000;

/** Status of a stack that has nothing but a change set. */
export const NEVER_DEPLOYED = 'REVIEW_IN_PROGRESS';

/** Reasons for a deletion: a stage, a stage that failed, or a person. CloudFormation keeps it with the events. */
export type DeletionReason = StageName | 'failed' | 'asked';

/** Stack of a rehearsal as CloudFormation describes it. */
export interface OwnStack {
  readonly arn: string;
  readonly id: string;
  readonly start: string;
  readonly status: string;
  readonly details: Stack;
}

/** Throws a CannotTellError unless the credentials are of the account. Called before each write. */
export async function requireCredentials({ account, region }: Place): Promise<void> {
  const credentialsAccount = await accountOfCredentials(region);
  if (credentialsAccount === account) return;
  throw new CannotTellError(words.otherCredentials({ account, credentialsAccount }));
}

/** Reads the stack that has the rehearsal's name. `undefined`: there is none. */
export async function readOwnStack(place: Place): Promise<OwnStack | undefined> {
  const stacks = await readStacks(place);
  const details = stacks.find(({ StackName }) => StackName === OWN_STACK_NAME);
  return details && ownStackOf(place, details);
}

/** Reads all stacks of a region that are not deleted, whatever their state is. */
export async function readStacks({ region }: Pick<Place, 'region'>): Promise<Stack[]> {
  return await readAll(awsClient(CloudFormation, { region }).paginateDescribeStacks({}), 'Stacks');
}

/** Throws a CannotTellError for a stack that no rehearsal has made. */
function ownStackOf(place: Place, details: Stack): OwnStack {
  const { StackId: arn = '', StackStatus: status = '' } = details;
  requireOwnArn(place, arn);
  const id = tagOf(details, Tag.id);
  const start = tagOf(details, Tag.start);
  if (id !== undefined && start !== undefined) return { arn, id, start, status, details };
  // A stack has no tags before its change set is executed, and no resources.
  if (status === NEVER_DEPLOYED) return { arn, id: NEVER_DEPLOYED, start: '', status, details };
  throw new CannotTellError(words.stackWithoutTag({ arn, tag: Tag.id }));
}

/** Throws a CannotTellError for the ARN of any other stack than the rehearsal's in its account and region. */
export function requireOwnArn({ account, region }: Place, arn: string): void {
  const [, , service, arnRegion, arnAccount, resource = ''] = arn.split(':');
  const [kind, stackName] = resource.split('/');
  const isOwn =
    service === 'cloudformation' &&
    arnRegion === region &&
    arnAccount === account &&
    kind === 'stack' &&
    stackName === OWN_STACK_NAME;
  if (!isOwn) throw new CannotTellError(words.otherStack({ arn, stackName: OWN_STACK_NAME, account, region }));
}

export function tagOf({ Tags = [] }: Pick<Stack, 'Tags'>, key: string): string | undefined {
  return Tags.find(({ Key }) => Key === key)?.Value;
}

/** True while CloudFormation changes a stack. A change set that waits to be executed does nothing. */
function isBusy(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== NEVER_DEPLOYED;
}

/** Waits until CloudFormation changes the stack no more. Returns its last status. */
export async function waitForRest(place: Place, arn: string): Promise<string> {
  requireOwnArn(place, arn);
  let shownStatus = '';
  for (;;) {
    const status = await askPatiently(() => readStatus(place, arn), showProgress);
    if (!isBusy(status)) return status;
    if (status !== shownStatus) showProgress(words.waitsForStack({ stackName: OWN_STACK_NAME, status }));
    shownStatus = status;
    await pause(SECONDS_BETWEEN_LOOKS);
  }
}

/** By its ARN, CloudFormation describes a deleted stack, too. */
async function readStatus({ region }: Place, arn: string): Promise<string> {
  const details = await describeByArn(region, arn);
  return details.StackStatus ?? '';
}

async function describeByArn(region: string, arn: string): Promise<Stack> {
  const pages = awsClient(CloudFormation, { region }).paginateDescribeStacks({ StackName: arn });
  const [details = {} as Stack] = await readAll(pages, 'Stacks');
  return details;
}

/** Asks CloudFormation to delete the stack, and waits for the end. Returns its last status. */
export async function deleteOwnStack(
  place: Place,
  { arn, id }: Pick<OwnStack, 'arn' | 'id'>,
  reason: DeletionReason,
  attempt = 1,
): Promise<string> {
  requireOwnArn(place, arn);
  await requireCredentials(place);
  const cloudFormation = awsClient(CloudFormation, { region: place.region, timeoutMs: DELETE_TIMEOUT_MS });
  await cloudFormation.deleteStack({ StackName: arn, ClientRequestToken: deletionToken(id, reason, attempt) });
  return await waitForRest(place, arn);
}

function deletionToken(id: string, reason: DeletionReason, attempt: number): string {
  return `rehearsal-${id}-${reason}-${attempt}`.replaceAll('_', '-');
}

/** Events of the stack, the newest first. */
export async function readEvents({ region }: Place, arn: string): Promise<StackEvent[]> {
  const pages = awsClient(CloudFormation, { region }).paginateDescribeStackEvents({ StackName: arn });
  return await readAll(pages, 'StackEvents');
}

/** The rehearsal's stack that was deleted last. */
export interface DeletedStack {
  readonly id: string;
  readonly start: string;
  /** True if the stage `destroy` has deleted it, after which the stage `deployAgain` follows. */
  readonly awaitsSecondLife: boolean;
}

/** A rehearsal is not continued later: its start says how long it takes. */
const CONTINUED_HOURS = 12;

/** Reads the rehearsal's stack that was deleted last. `undefined`: none was in the last hours. */
export async function readDeletedStack(place: Place, now = new Date()): Promise<DeletedStack | undefined> {
  const earliest = now.getTime() - CONTINUED_HOURS * 3_600_000;
  const summaries = (await readDeletedSummaries(place)).filter(({ DeletionTime }) => Number(DeletionTime) > earliest);
  const [newest] = summaries.sort((first, second) => Number(second.DeletionTime) - Number(first.DeletionTime));
  const arn = newest?.StackId;
  if (arn === undefined) return undefined;
  const details = await describeByArn(place.region, arn);
  const id = tagOf(details, Tag.id);
  const start = tagOf(details, Tag.start);
  if (id === undefined || start === undefined) return undefined;
  const events = await readEvents(place, arn);
  const tokens = [1, 2].map((attempt) => deletionToken(id, 'destroy', attempt));
  const awaitsSecondLife = events.some(({ ClientRequestToken = '' }) => tokens.includes(ClientRequestToken));
  return { id, start, awaitsSecondLife };
}

async function readDeletedSummaries({ region }: Place): Promise<StackSummary[]> {
  const cloudFormation = awsClient(CloudFormation, { region });
  const pages = cloudFormation.paginateListStacks({ StackStatusFilter: ['DELETE_COMPLETE'] });
  const summaries = await readAll(pages, 'StackSummaries');
  return summaries.filter(({ StackName }) => StackName === OWN_STACK_NAME);
}

/** Sentences on the resources of the stack that exist although it was to be deleted. */
export async function leftResources({ region }: Place, arn: string): Promise<string[]> {
  const pages = awsClient(CloudFormation, { region }).paginateListStackResources({ StackName: arn });
  const resources = await readAll(pages, 'StackResourceSummaries');
  const left = resources.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE');
  return left.map(({ ResourceType = '', PhysicalResourceId = '', ResourceStatusReason = '' }) => {
    return words.leftResource({ type: ResourceType, physicalId: PhysicalResourceId, reason: ResourceStatusReason });
  });
}
