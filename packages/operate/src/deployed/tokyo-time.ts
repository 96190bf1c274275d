import { words } from './words';

/** A moment as people in Japan read it: `2026-11-26 09:15 (Tokyo)`. */
export function formatInTokyo(time: Date | number): string {
  // Swedish dates are written as in ISO 8601.
  const timeInTokyo = new Date(time).toLocaleString('sv-SE', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return words.timeInTokyo({ time: timeInTokyo });
}

/** The time of day in Japan: `09:15`. */
export function clockTimeInTokyo(time: Date | number): string {
  return new Date(time).toLocaleTimeString('sv-SE', { timeZone: 'Asia/Tokyo', timeStyle: 'short' });
}

/** The day in Japan, as ISO 8601 writes it: `2026-11-26`. */
export function dateInTokyo(time: Date): string {
  return time.toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' });
}
