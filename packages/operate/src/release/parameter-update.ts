import { randomUUID } from 'node:crypto';
import { CloudFormation, type Parameter, type StackEvent } from '@aws-sdk/client-cloudformation';
import { CannotTellError } from '@infra/common/outcome';
import { firstLineOf } from '@infra/common/words';
import { errorText, isRefusal } from '@infra/deployed/aws-errors';
import type { DeployedStack } from '@infra/deployed/deployed-stack';
import { askPatiently } from '@infra/deployed/patience';
import { pause } from '@infra/commands/pause';
import { Minutes } from './time-limits';
import { words } from './words';

const SECONDS_BETWEEN_LOOKS_AT_THE_EVENTS = 2;

/** CloudFormation's error for an update that another operation on the stack has overtaken. */
const BUSY = /_IN_PROGRESS state and can not be updated/;

/** Reasons with which CloudFormation ends what was underway beside a resource that failed. */
const CANCELLED = /^Resource (?:creation|update) cancelled/;

/**
 * CloudFormation's answer to the request for an update.
 * - `begun`: it updates the stack.
 * - `unchanged`: the stack has the values already.
 * - `not begun`: another operation was faster, or the request got lost.
 */
type Answer = 'begun' | 'unchanged' | 'not begun';

/** End of an update. */
export interface UpdateEnd {
  /** Status of the stack: `UPDATE_COMPLETE` if the update succeeded. */
  readonly status: string;
  /** Resources that failed, each with the reason. */
  readonly failures: readonly string[];
}

/**
 * An update of a stack that changes the values of some parameters, and nothing else: CloudFormation keeps the template, the
 * other parameters, the tags and the role.
 */
export class ParameterUpdate {
  /** CloudFormation writes it into the events of this update, and takes a repeated request for the same one. */
  private readonly token = randomUUID();
  private readonly cloudFormation: CloudFormation;

  constructor(
    private readonly stack: DeployedStack,
    private readonly values: Readonly<Record<string, string>>,
    private readonly showLine: (line: string) => void,
  ) {
    this.cloudFormation = stack.client(CloudFormation);
  }

  /** Requests the update. Throws AWS's error if AWS refuses it. */
  public async request(): Promise<Answer> {
    try {
      await this.cloudFormation.updateStack({
        StackName: this.stack.details.StackName,
        UsePreviousTemplate: true,
        Parameters: this.parameters(),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        ClientRequestToken: this.token,
      });
      return 'begun';
    } catch (error) {
      const text = errorText(error);
      if (text.includes('No updates are to be performed')) return 'unchanged';
      const mayHaveBegun = !isRefusal(error) || BUSY.test(text) || text.startsWith('TokenAlreadyExists');
      if (!mayHaveBegun) throw error;
      // The SDK repeats a request whose answer was lost: the second one may meet the first one's update.
      const events = await askPatiently(() => this.readEvents(), this.showLine);
      return events.length > 0 ? 'begun' : 'not begun';
    }
  }

  /** All parameters: CloudFormation gives one that is left out its default. */
  private parameters(): Parameter[] {
    const { Parameters = [] } = this.stack.details;
    return Parameters.map(({ ParameterKey = '' }) => {
      const ParameterValue = this.values[ParameterKey];
      return ParameterValue === undefined ? { ParameterKey, UsePreviousValue: true } : { ParameterKey, ParameterValue };
    });
  }

  /** Shows the events of the update until it ends. */
  public async follow(): Promise<UpdateEnd> {
    const deadlineMs = Date.now() + Minutes.firstEvent * 60_000;
    let shownCount = 0;
    for (;;) {
      const events = await askPatiently(() => this.readEvents(), this.showLine);
      for (const event of events.slice(shownCount)) this.showLine(describeEvent(event));
      shownCount = events.length;
      const lastEvent = events.at(-1);
      if (lastEvent && isEnd(lastEvent)) {
        return { status: lastEvent.ResourceStatus ?? '', failures: events.flatMap(failureOf) };
      }
      if (!lastEvent && Date.now() > deadlineMs) {
        throw new CannotTellError(words.noEvents({ minutes: Minutes.firstEvent }));
      }
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
