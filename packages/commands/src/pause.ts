import { clock } from './clock';

/** Resolves after so many seconds: the time between two questions to AWS about the same thing. */
export function pause(seconds: number): Promise<void> {
  return clock.pause(seconds);
}
