import type { Service } from '@aws-sdk/client-ecs';
import { firstLineOf } from '@infra/common/words';

/** Parts of events of a service that are no reason for a fault: tasks start and end as they should, or a deployment has failed. */
const EVENTS_WITHOUT_REASON = [
  'steady state',
  'deployment completed',
  'has started',
  'has stopped',
  'has begun',
  'registered',
  // Progress of a target in the local AWS.
  'healthy answers, and',
  'deployment failed',
  'rolling back to',
];

/** First lines of the events of a service that give a reason for a fault, the newest first: those between two moments. */
export function eventsOnFault({ events = [] }: Service, startMs: number, endMs = Infinity): string[] {
  const faults = events.filter(({ message = '', createdAt }) => {
    const time = createdAt?.getTime() ?? startMs;
    const hasReason = !EVENTS_WITHOUT_REASON.some((part) => message.includes(part));
    return time >= startMs && time <= endMs && hasReason;
  });
  // ECS lists the newest event first.
  return faults.map(({ message = '' }) => firstLineOf(message));
}
