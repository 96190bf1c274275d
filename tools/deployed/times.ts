/** A job that waits longer, in milliseconds, mostly waits for a person: Fargate has room within seconds. */
export const WAITS_LONG = 60_000;

/** A moment as people in Japan read it: `2026-11-26 09:15 (Tokyo)`. */
export function inTokyo(time: Date | number): string {
  // Swedish dates are written as in ISO 8601.
  const text = new Date(time).toLocaleString('sv-SE', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return `${text} (Tokyo)`;
}
