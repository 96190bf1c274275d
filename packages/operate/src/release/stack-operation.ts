import { randomUUID } from 'node:crypto';
import { CloudFormation, type StackEvent } from '@aws-sdk/client-cloudformation';
import { firstLineOf } from '@infra/common/words';
import { stackId } from '@infra/commands/app';
import { errorText, isRefusal } from '../deployed/aws-errors';
import type { DeployedStack } from '../deployed/deployed-stack';
import { askPatiently, Wait } from '../deployed/wait';
import { pause } from '@infra/commands/pause';
import { words } from './words';

const SECONDS_BETWEEN_LOOKS_AT_THE_EVENTS = 2;

/** Reasons with which CloudFormation ends what was underway beside a resource that failed. */
const CANCELLED = /^Resource (?:creation|update) cancelled/;

/** End of an operation. */
export interface UpdateEnd {
  /** Status of the stack: `UPDATE_COMPLETE` if an update succeeded. */
  readonly status: string;
  /** Resources that failed, each with the reason. */
  readonly failures: readonly string[];
}

/** The parameters of a stack with the values that they have: CloudFormation gives one that is left out its default. */
export function previousParameters({ details: { Parameters = [] } }: DeployedStack) {
  return Parameters.map(({ ParameterKey = '' }) => ({ ParameterKey, UsePreviousValue: true }));
}

/** CloudFormation's refusals of a request that another operation, or the same request before, has overtaken. */
const OVERTAKEN = [
  'TokenAlreadyExists',
  'InvalidChangeSetStatus',
  'ChangeSetNotFound',
  '_IN_PROGRESS state and can not be updated',
];

/**
 * Beginning of an operation.
 * - `begun`: CloudFormation carries it out.
 * - `unchanged`: the stack has the values already.
 * - `overtaken`: another operation was faster, and this one has not begun.
 * - `lost`: CloudFormation has not answered, and has not begun it.
 */
export type Beginning = 'begun' | 'unchanged' | 'overtaken' | 'lost';

/** An update of a stack by this process. */
export class StackOperation {
  /** CloudFormation writes it into the events of the update, and takes a repeated request for the same one. */
  protected readonly token = randomUUID();
  protected readonly cloudFormation: CloudFormation;

  constructor(
    protected readonly stack: DeployedStack,
    protected readonly showLine: (line: string) => void,
  ) {
    this.cloudFormation = stack.client(CloudFormation);
  }

  /**
   * Requests the update. Throws AWS's error if AWS refuses it. The SDK repeats a request whose answer was lost or late: the
   * second one may meet the first one's update, so that the events decide.
   */
  protected async begin(send: () => Promise<unknown>): Promise<Beginning> {
    try {
      await send();
      return 'begun';
    } catch (error) {
      const text = errorText(error);
      if (text.includes('No updates are to be performed')) return 'unchanged';
      const isOvertaken = OVERTAKEN.some((part) => text.includes(part));
      if (isRefusal(error) && !isOvertaken) throw error;
      const events = await askPatiently(() => this.readEvents(), this.showLine);
      if (events.length > 0) return 'begun';
      return isOvertaken ? 'overtaken' : 'lost';
    }
  }

  /** Shows the events of the update until it ends. */
  public async follow(): Promise<UpdateEnd> {
    const stackName = stackId(this.stack.environmentName);
    const wait = new Wait({ goal: words.endOfDeployment, showLine: this.showLine });
    let shownCount = 0;
    for (;;) {
      const events = await askPatiently(() => this.readEvents(), this.showLine);
      for (const event of events.slice(shownCount)) this.showLine(describeEvent(event));
      shownCount = events.length;
      const lastEvent = events.at(-1);
      if (lastEvent && isEnd(lastEvent)) {
        return { status: lastEvent.ResourceStatus ?? '', failures: events.flatMap(failureOf) };
      }
      const status = events.findLast(isOfStack)?.ResourceStatus;
      wait.say(status === undefined ? words.updateTaken : words.stackIs({ stackName, status }));
      await pause(SECONDS_BETWEEN_LOOKS_AT_THE_EVENTS);
    }
  }

  /**
   * Reads the events from the beginning of this update to its end; none before it begins. No other operation begins in
   * between, so that only the first event needs the token: an operation that cancels the update has its own.
   */
  private async readEvents(): Promise<StackEvent[]> {
    const events: StackEvent[] = [];
    const { StackName } = this.stack.details;
    for await (const { StackEvents = [] } of this.cloudFormation.paginateDescribeStackEvents({ StackName })) {
      for (const event of StackEvents) {
        // CloudFormation lists the newest event first.
        if (isEnd(event)) events.length = 0;
        events.unshift(event);
        if (isBeginning(event) && event.ClientRequestToken === this.token) return events;
      }
    }
    return [];
  }
}

/** True for an event of the stack itself. */
function isOfStack({ StackId, PhysicalResourceId }: StackEvent): boolean {
  return PhysicalResourceId === StackId;
}

function isBeginning(event: StackEvent): boolean {
  return isOfStack(event) && event.ResourceStatus === 'UPDATE_IN_PROGRESS';
}

/** True for the last event of an operation on the stack. */
function isEnd(event: StackEvent): boolean {
  return isOfStack(event) && !event.ResourceStatus?.endsWith('_IN_PROGRESS');
}

function hasFailed({ ResourceStatus }: StackEvent): boolean {
  return ResourceStatus?.endsWith('_FAILED') === true;
}

function describeEvent(event: StackEvent): string {
  const { LogicalResourceId: resource = '', ResourceStatus, ResourceStatusReason = '' } = event;
  const reason = hasFailed(event) ? firstLineOf(ResourceStatusReason) : '';
  return words.stackEvent({ resource, status: String(ResourceStatus), reason });
}

/** The resource of an event with the reason for which it failed; nothing for another event. */
function failureOf(event: StackEvent): string[] {
  const { LogicalResourceId = '', ResourceStatusReason = '' } = event;
  if (!hasFailed(event) || isOfStack(event) || CANCELLED.test(ResourceStatusReason)) return [];
  return [`${LogicalResourceId}: ${firstLineOf(ResourceStatusReason)}`];
}
