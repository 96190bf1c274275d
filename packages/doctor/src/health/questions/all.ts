import type { Question } from '../question';
import { ALARM_QUESTIONS } from './alarms';
import { BACKUP } from './backup';
import { BOOTSTRAP } from './bootstrap';
import { CHANGES_BY_HAND } from './changes-by-hand';
import { COST_QUESTIONS } from './costs';
import { DATABASE_STATUS } from './database-status';
import { DATABASE_URL_QUESTIONS } from './database-url';
import { CERTIFICATE_RENEWAL, DOMAIN_QUESTIONS, HTTPS } from './web/domain';
import { ARRIVAL, ENTRANCE_QUESTIONS } from './web/entrance';
import { IMPORT_JOB_QUESTIONS } from './import/import-jobs';
import { JOB_QUEUE_QUESTIONS } from './import/job-queue';
import { LAST_DEPLOYMENT } from './last-deployment';
import { LOST_REQUESTS } from './web/lost-requests';
import { NETWORK_ACLS } from './network-acls';
import { MIGRATION } from './web/migration';
import { RESTORE_TEST } from './restore-test';
import { SIGN_IN } from './web/sign-in';
import { OFFICE_HOURS } from './office-hours';
import { OTHER_TASK_QUESTIONS } from './other-tasks/other-tasks';
import { STACK_DELETION } from './stack-deletion';
import { TERMINATION_PROTECTION } from './termination-protection';
import { VCPU_QUOTA } from './vcpu-quota';
import { WEB_HEALTH } from './web/web-health';
import { WEB_TASK_QUESTIONS } from './web/web-tasks';

/** Questions whose fault leaves users without service, from the outside in, as a request travels. */
const SERVICE_QUESTIONS: readonly Question[] = [
  // Without its resources, nothing else can be well.
  STACK_DELETION,
  ...DOMAIN_QUESTIONS,
  // Before what CloudFormation reverts: the web tasks that it replaces would not be reached.
  NETWORK_ACLS,
  ...ENTRANCE_QUESTIONS,
  ...WEB_TASK_QUESTIONS,
  DATABASE_STATUS,
  ...DATABASE_URL_QUESTIONS,
  // A question above names a change by hand more precisely; a question below would blame the application for it.
  CHANGES_BY_HAND.service,
  WEB_HEALTH,
  ARRIVAL,
  SIGN_IN,
  // Users are without the version that was to serve.
  LAST_DEPLOYMENT,
  MIGRATION,
];

/** Questions whose fault threatens data. */
const DATA_QUESTIONS: readonly Question[] = [HTTPS, BACKUP, RESTORE_TEST, TERMINATION_PROTECTION, CHANGES_BY_HAND.data];

/** Questions whose fault leaves users with service and with their data: what fails, then what differs, then what costs. */
const OTHER_QUESTIONS: readonly Question[] = [
  CERTIFICATE_RENEWAL,
  ...JOB_QUEUE_QUESTIONS,
  ...IMPORT_JOB_QUESTIONS,
  ...OTHER_TASK_QUESTIONS,
  OFFICE_HOURS,
  BOOTSTRAP,
  LOST_REQUESTS,
  CHANGES_BY_HAND.other,
  ...ALARM_QUESTIONS,
  ...COST_QUESTIONS,
  VCPU_QUOTA,
];

/** All questions by the harm of their faults, and a cause before its consequences: the first wrong answer is the first cause. */
export const QUESTIONS: readonly Question[] = [...SERVICE_QUESTIONS, ...DATA_QUESTIONS, ...OTHER_QUESTIONS];
