import type { StackEvent } from '@aws-sdk/client-cloudformation';

/** An operation of CloudFormation on a resource. */
type ResourceAction = 'CREATE' | 'UPDATE' | 'DELETE';

/** Duration of an operation on a resource, by the events of its stack. */
export interface ResourceDuration {
  /** CloudFormation's type, such as `AWS::RDS::DBInstance`. */
  readonly type: string;
  readonly action: ResourceAction;
  readonly seconds: number;
}

/** Status of an event: an action, and how far it is. */
const STATUS = /^(CREATE|UPDATE|DELETE)_(IN_PROGRESS|COMPLETE|FAILED)$/;

/** Begin of an operation that has not ended yet. */
interface BegunOperation {
  readonly action: ResourceAction;
  readonly begin: Date;
}

/** Durations of the operations that begin and end in these events, in the order of their ends. */
export function resourceDurations(events: readonly StackEvent[]): ResourceDuration[] {
  const durations: ResourceDuration[] = [];
  const begunOperations = new Map<string, BegunOperation>();
  for (const event of inOrderOfTime(events)) {
    const { LogicalResourceId: logicalId = '', ResourceType: type = '', ResourceStatus, Timestamp: time } = event;
    const [, action, progress] = STATUS.exec(ResourceStatus ?? '') ?? [];
    if (time === undefined || action === undefined) continue;
    const operation = begunOperations.get(logicalId);
    const isSameAction = operation?.action === action;
    // CloudFormation reports IN_PROGRESS a second time once the resource has an id.
    if (progress === 'IN_PROGRESS' && !isSameAction) {
      begunOperations.set(logicalId, { action: action as ResourceAction, begin: time });
    }
    if (progress !== 'IN_PROGRESS' && isSameAction) {
      begunOperations.delete(logicalId);
      durations.push({ type, action: operation.action, seconds: secondsBetween(operation.begin, time) });
    }
  }
  return durations;
}

function inOrderOfTime(events: readonly StackEvent[]): StackEvent[] {
  return [...events].sort((first, second) => milliseconds(first) - milliseconds(second));
}

function milliseconds({ Timestamp: time }: StackEvent): number {
  return time?.getTime() ?? 0;
}

function secondsBetween(begin: Date, end: Date): number {
  return Math.round((end.getTime() - begin.getTime()) / 1000);
}

/**
 * Seconds that the local AWS lets an operation on a resource take: a copy of `SLOW` in
 * packages/local-aws/server/cloudformation/pace.py. Jobs that hold a token do not install that package; a test compares both.
 */
export const ASSUMED_SECONDS: Readonly<Record<string, number>> = {
  'AWS::CertificateManager::Certificate': 120,
  'AWS::ECS::Service': 120,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 120,
  'AWS::IAM::Role': 20,
  'AWS::RDS::DBInstance': 300,
};

/** Seconds that the local AWS lets an operation on a resource of any other type take. */
export const ASSUMED_SECONDS_OTHERWISE = 10;

/** Seconds that the local AWS lets the deletion of a whole stack take. It lets no resource of it take time of its own. */
export const ASSUMED_SECONDS_OF_STACK_DELETION = 60;

const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** Seconds that the local AWS assumes for an operation; `undefined` if it assumes none. */
export function assumedSeconds({ type, action }: Pick<ResourceDuration, 'type' | 'action'>): number | undefined {
  if (type === STACK_TYPE) return action === 'DELETE' ? ASSUMED_SECONDS_OF_STACK_DELETION : undefined;
  if (action === 'DELETE') return undefined;
  return ASSUMED_SECONDS[type] ?? ASSUMED_SECONDS_OTHERWISE;
}

/** True if an operation of this length is no news: no longer than the shortest that the local AWS assumes. */
export function isShort(duration: ResourceDuration): boolean {
  const assumed = assumedSeconds(duration) ?? ASSUMED_SECONDS_OTHERWISE;
  return assumed === ASSUMED_SECONDS_OTHERWISE && duration.seconds < ASSUMED_SECONDS_OTHERWISE;
}
