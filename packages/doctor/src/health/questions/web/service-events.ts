import type { Service } from '@aws-sdk/client-ecs';
import { firstLineOf } from '@infra/common/words';
import { hasReason } from './known-texts';

/** First lines of the events of a service that give a reason for a fault, the newest first: those between two moments. */
export function eventsOnFault({ events = [] }: Service, startMs: number, endMs = Infinity): string[] {
  const faults = events.filter(({ message = '', createdAt }) => {
    const time = createdAt?.getTime() ?? startMs;
    return time >= startMs && time <= endMs && hasReason(message);
  });
  // ECS lists the newest event first.
  return faults.map(({ message = '' }) => firstLineOf(message));
}
