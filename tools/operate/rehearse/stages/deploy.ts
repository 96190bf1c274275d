import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { runCdk } from '../../../program/cdk-cli';
import type { Observation } from '../observation';
import { readEvents, readOwnStack } from '../own-stack';
import { OWN_STACK_NAME } from '../environment';
import { showProgress } from '../progress';
import { type Rehearsal, StageFailedError, type StageResult } from '../rehearsal';
import { words } from '../words';

const REPOSITORY_FOLDER = join(__dirname, '../../../..');

/** Words of AWS's events by which a row of docs/first-deploy is refuted. */
const ROLE_NOT_IN_FORCE = /Unable to assume the service linked role/i;
const ACCESS_DENIED = /AccessDenied/i;

/** Deploys the stack of a rehearsal; parameters keep their values. */
export async function cdkDeploy({ assemblyFolder }: Rehearsal, ...options: readonly string[]): Promise<void> {
  const args = [
    'deploy',
    OWN_STACK_NAME,
    '--app',
    assemblyFolder,
    '--change-set-name',
    `rehearsal-${randomUUID()}`,
    '--exclusively',
    '--require-approval',
    'never',
    '--progress',
    'events',
    ...options,
  ];
  showProgress(`$ npx cdk ${args.join(' ')}`);
  const { exitCode, output } = await runCdk(args, {
    directory: REPOSITORY_FOLDER,
    showLine: (line) => {
      showProgress(`  ${line}`);
    },
  });
  if (exitCode !== 0) throw new StageFailedError(words.deploymentFailed({ exitCode }), { words: lastLines(output) });
}

const SHOWN_LINES = 20;

function lastLines(output: string): string[] {
  return output.trim().split('\n').slice(-SHOWN_LINES);
}

/** Deploys the stack from nothing: the account has none of the rehearsal's name. */
export async function deployFromNothing(rehearsal: Rehearsal): Promise<StageResult> {
  try {
    await cdkDeploy(rehearsal);
  } catch (error) {
    if (!(error instanceof StageFailedError)) throw error;
    const events = await eventsOf(rehearsal);
    const lines = [...failuresIn(events), ...error.result.words];
    throw new StageFailedError(error.message, { words: lines, observations: refutedBy(events) });
  }
  const events = await eventsOf(rehearsal);
  return { words: outputsOf(await readOwnStack(rehearsal)), observations: seenIn(events) };
}

/** Deploys the stack a second time, after everything of the first one was deleted. */
export async function deployAgain(rehearsal: Rehearsal): Promise<StageResult> {
  try {
    return withSecondLife(await deployFromNothing(rehearsal), 'seen');
  } catch (error) {
    if (!(error instanceof StageFailedError)) throw error;
    throw new StageFailedError(error.message, withSecondLife(error.result, 'refuted'));
  }
}

function withSecondLife(result: StageResult, outcome: Observation['outcome']): StageResult {
  const secondLife: Observation = { row: 'second-life', outcome, words: result.words };
  return { ...result, observations: [...(result.observations ?? []), secondLife] };
}

async function eventsOf(rehearsal: Rehearsal): Promise<StackEvent[]> {
  const stack = await readOwnStack(rehearsal);
  return stack ? await readEvents(rehearsal, stack.arn) : [];
}

function outputsOf(stack: Awaited<ReturnType<typeof readOwnStack>>): string[] {
  const outputs = stack?.details.Outputs ?? [];
  return outputs.map(({ OutputKey = '', OutputValue = '' }) => `${OutputKey} = ${OutputValue}`);
}

function reasonOf({ LogicalResourceId = '', ResourceStatus, ResourceStatusReason = '' }: StackEvent): string {
  return `${LogicalResourceId} ${ResourceStatus ?? ''} ${ResourceStatusReason}`.trimEnd();
}

function failuresIn(events: readonly StackEvent[]): string[] {
  return events.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED')).map(reasonOf);
}

function wordsThat(events: readonly StackEvent[], pattern: RegExp): string[] {
  return events.filter(({ ResourceStatusReason = '' }) => pattern.test(ResourceStatusReason)).map(reasonOf);
}

function customResourceDenials(events: readonly StackEvent[]): string[] {
  const ofCustomResources = events.filter(({ ResourceType = '' }) => ResourceType.startsWith('Custom::'));
  return wordsThat(ofCustomResources, ACCESS_DENIED);
}

/** Rows that a deployment which succeeded has shown. */
function seenIn(events: readonly StackEvent[]): Observation[] {
  const created = events.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_COMPLETE');
  const lines = [words.resourcesCreated({ count: created.length })];
  return [
    { row: 'roles-in-force', outcome: 'seen', words: lines },
    { row: 'values-accepted', outcome: 'seen', words: lines },
    { row: 'custom-resource-rights', outcome: 'seen', words: lines },
  ];
}

/** Rows that the events of a failed deployment refute. */
function refutedBy(events: readonly StackEvent[]): Observation[] {
  const roles = wordsThat(events, ROLE_NOT_IN_FORCE);
  const denials = customResourceDenials(events);
  const failures = failuresIn(events);
  const observations: Observation[] = [];
  if (roles.length > 0) observations.push({ row: 'roles-in-force', outcome: 'refuted', words: roles });
  if (denials.length > 0) observations.push({ row: 'custom-resource-rights', outcome: 'refuted', words: denials });
  const isOther = roles.length === 0 && denials.length === 0 && failures.length > 0;
  if (isOther) observations.push({ row: 'values-accepted', outcome: 'refuted', words: failures });
  return observations;
}
