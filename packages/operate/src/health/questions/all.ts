import type { Question } from '../question';
import { ALARM_QUESTIONS } from './alarms';
import { BACKUP } from './backup';
import { CHANGES_BY_HAND } from './changes-by-hand';
import { COST_QUESTIONS } from './costs';
import { DATABASE_STATUS } from './database-status';
import { DATABASE_URL_QUESTIONS } from './database-url';
import { DOMAIN_QUESTIONS } from './web/domain';
import { ARRIVAL, ENTRANCE_QUESTIONS } from './web/entrance';
import { FIREWALL } from './web/firewall';
import { IMPORT_JOB_QUESTIONS } from './import/import-jobs';
import { JOB_QUEUE_QUESTIONS } from './import/job-queue';
import { LAST_DEPLOYMENT } from './last-deployment';
import { LOST_REQUESTS } from './web/lost-requests';
import { NETWORK_ACLS } from './network-acls';
import { MIGRATION } from './web/migration';
import { OFFICE_HOURS } from './office-hours';
import { STACK_DELETION } from './stack-deletion';
import { TERMINATION_PROTECTION } from './termination-protection';
import { VCPU_QUOTA } from './vcpu-quota';
import { WEB_HEALTH } from './web/web-health';
import { WEB_TASK_QUESTIONS } from './web/web-tasks';

/**
 * All questions from the outside in, as a request travels: from the domain to the database. Thus a cause precedes its
 * consequences, and the first wrong answer is the first cause.
 */
export const QUESTIONS: readonly Question[] = [
  // Without its resources, nothing else can be well.
  STACK_DELETION,
  ...DOMAIN_QUESTIONS,
  ...ENTRANCE_QUESTIONS,
  NETWORK_ACLS,
  ...WEB_TASK_QUESTIONS,
  DATABASE_STATUS,
  ...DATABASE_URL_QUESTIONS,
  BACKUP,
  ...JOB_QUEUE_QUESTIONS,
  OFFICE_HOURS,
  // A question above names a change by hand more precisely; a question below would blame the application for it.
  CHANGES_BY_HAND,
  WEB_HEALTH,
  ARRIVAL,
  LOST_REQUESTS,
  FIREWALL,
  ...IMPORT_JOB_QUESTIONS,
  LAST_DEPLOYMENT,
  MIGRATION,
  ...ALARM_QUESTIONS,
  // The questions from here on are about faults that stop no work.
  ...COST_QUESTIONS,
  TERMINATION_PROTECTION,
  VCPU_QUOTA,
];
