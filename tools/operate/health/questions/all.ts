import type { Question } from '../question';
import { ACCOUNT } from './account';
import { ALARMS } from './alarms';
import { BY_HAND } from './by-hand';
import { COSTS } from './costs';
import { DATABASE } from './database';
import { ENTRANCE } from './entrance';
import { OFFICE_HOURS } from './office-hours';
import { STACK } from './stack';
import { JOBS, USER_IMPORT } from './user-import';
import { HEALTH, WEB } from './web';

/** All questions from the outside in: a cause comes before its consequences. */
export const QUESTIONS: readonly Question[] = [
  ...ENTRANCE,
  ...WEB,
  ...DATABASE,
  ...USER_IMPORT,
  ...OFFICE_HOURS,
  ...BY_HAND,
  ...HEALTH,
  ...JOBS,
  ...STACK,
  ...ALARMS,
  ...COSTS,
  ...ACCOUNT,
];
