import type { EnvironmentConfig } from '@infra/commands/app';
import { withFields } from '@infra/testing/config';
import { dev } from '@infra/testing/configs';

/** Fields of dev with office hours in Japan's evening, within which the database's windows stay. */
const EVENING = { 'officeHours.start': '18:00', 'officeHours.stop': '23:00' };

/** Fields of dev with office hours in the morning, and the database's windows from 7:00 and from 8:00 in Japan. */
const MORNING = {
  'officeHours.start': '06:00',
  'officeHours.stop': '11:00',
  'database.backups.window': '22:00-22:30',
  'database.maintenanceWindow': 'Sun:23:00-Sun:23:30',
};

const JAPAN_OFFSET_MS = 9 * 3_600_000;

/** Dev with office hours that neither begin nor end within five hours: `rehearse` refuses to begin just before they do. */
export function devAwayFromOfficeHours(now: Date): EnvironmentConfig {
  const hourInJapan = new Date(now.getTime() + JAPAN_OFFSET_MS).getUTCHours();
  return withFields(dev, hourInJapan < 12 ? EVENING : MORNING);
}
