import type { Question } from '../question';
import { ALARM_QUESTIONS } from './alarms';
import { BY_HAND_QUESTIONS } from './by-hand';
import { COST_QUESTIONS } from './costs';
import { DATABASE_QUESTIONS } from './database';
import { DELIVERY_ROLES } from './delivery-roles';
import { DOMAIN_QUESTIONS } from './domain';
import { ENTRANCE_QUESTIONS } from './entrance';
import { IMAGE_SCANS } from './image-scans';
import { IMPORT_JOB_QUESTIONS } from './import-jobs';
import { JOB_QUEUE_QUESTIONS } from './job-queue';
import { OFFICE_HOURS_QUESTIONS } from './office-hours';
import { STACK_QUESTIONS } from './stack';
import { TERMINATION_PROTECTION } from './termination-protection';
import { VCPU_QUOTA } from './vcpu-quota';
import { WEB_FIRST_CONTACT_QUESTIONS } from './web-first-contact';
import { WEB_HEALTH_QUESTIONS } from './web-health';
import { WEB_TASK_QUESTIONS } from './web-tasks';

/** All questions from the outside in: a cause comes before its consequences. */
export const QUESTIONS: readonly Question[] = [
  ...DOMAIN_QUESTIONS,
  ...ENTRANCE_QUESTIONS,
  ...WEB_TASK_QUESTIONS,
  ...DATABASE_QUESTIONS,
  ...JOB_QUEUE_QUESTIONS,
  ...OFFICE_HOURS_QUESTIONS,
  ...BY_HAND_QUESTIONS,
  ...WEB_HEALTH_QUESTIONS,
  ...WEB_FIRST_CONTACT_QUESTIONS,
  ...IMPORT_JOB_QUESTIONS,
  ...STACK_QUESTIONS,
  ...ALARM_QUESTIONS,
  ...COST_QUESTIONS,
  TERMINATION_PROTECTION,
  IMAGE_SCANS,
  VCPU_QUOTA,
  DELIVERY_ROLES,
];
