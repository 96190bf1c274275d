import { ACCOUNT } from './account';
import { ALARMS } from './alarms';
import { DATABASE } from './database';
import { ENTRANCE } from './entrance';
import { OFFICE_HOURS } from './office-hours';
import type { Row } from './row';
import { USER_IMPORT } from './user-import';
import { WEB } from './web';

/** What only AWS can prove: the table of docs/proofs.md, in its order. */
export const ROWS: readonly Row[] = [
  ...ENTRANCE,
  ...WEB,
  ...DATABASE,
  ...USER_IMPORT,
  ...ALARMS,
  ...OFFICE_HOURS,
  ...ACCOUNT,
];
