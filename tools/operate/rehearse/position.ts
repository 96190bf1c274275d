import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CannotTellError } from '@infra/common/outcome';
import { Parameter } from '../../../lib/contract';
import { awsClient } from '../../deployed/aws-client';
import { commandLine } from './command-line';
import type { StageName } from './observation';
import { NEVER_DEPLOYED, type OwnStack, readDeletedStack, readOwnStack, waitForRest } from './own-stack';
import { OWN_STACK_NAME } from './environment';
import type { Place } from './place';
import { words } from './words';

/** Statuses of a stack that a next stage may use. */
const DEPLOYED_STATUSES: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
]);

/** Progress of a rehearsal, by what AWS has of it. */
export interface Position {
  readonly id: string;
  readonly start: string;
  /** The stage that is next. `undefined`: its stack has failed, and is to be destroyed. */
  readonly next: StageName | undefined;
  /** True if an earlier call has begun this rehearsal. */
  readonly isContinued: boolean;
}

/** Asks AWS where the rehearsal is that was left; without one, a new one begins. Waits for an operation in progress. */
export async function readPosition(place: Place, assemblyFolder: string, now = new Date()): Promise<Position> {
  const stack = await readStackAtRest(place);
  // Afterwards: a deletion that was in progress has ended by now.
  const deleted = await readDeletedStack(place, now);
  if (stack) {
    await requireSameTemplate(place, stack, assemblyFolder);
    const isSecondLife = deleted?.id === stack.id && deleted.awaitsSecondLife;
    return { id: stack.id, start: stack.start, next: nextStage(stack, isSecondLife), isContinued: true };
  }
  if (deleted?.awaitsSecondLife) {
    return { id: deleted.id, start: deleted.start, next: 'deployAgain', isContinued: true };
  }
  return { id: newId(now), start: now.toISOString(), next: 'prepare', isContinued: false };
}

/** `undefined`: there is no stack, or one that has nothing yet but a change set. */
async function readStackAtRest(place: Place): Promise<OwnStack | undefined> {
  const stack = await readOwnStack(place);
  if (!stack || stack.status === NEVER_DEPLOYED) return undefined;
  await waitForRest(place, stack.arn);
  // A deletion may have ended meanwhile.
  return await readOwnStack(place);
}

function nextStage({ status, details }: OwnStack, isSecondLife: boolean): StageName | undefined {
  if (!DEPLOYED_STATUSES.has(status)) return undefined;
  if (isSecondLife) return 'destroyAgain';
  const { Parameters = [] } = details;
  const appTag = Parameters.find(({ ParameterKey }) => ParameterKey === Parameter.appImageTag)?.ParameterValue ?? '';
  return appTag === '' ? 'images' : 'release';
}

async function requireSameTemplate({ account, region }: Place, { arn, id }: OwnStack, folder: string): Promise<void> {
  const { TemplateBody = '{}' } = await awsClient(CloudFormation, { region }).getTemplate({ StackName: arn });
  const template = readFileSync(join(folder, `${OWN_STACK_NAME}.template.json`), 'utf8');
  if (isDeepStrictEqual(JSON.parse(TemplateBody), JSON.parse(template))) return;
  throw new CannotTellError(words.otherTemplate({ id, command: commandLine(account, '--destroy') }));
}

/** The date, and letters that no other rehearsal of the day has. */
function newId(now: Date): string {
  const date = now.toISOString().slice(0, 'YYYY-MM-DD'.length);
  return `${date}-${randomUUID().slice(0, 6)}`;
}
