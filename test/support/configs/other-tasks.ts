import { Duration, Size } from 'aws-cdk-lib/core';
import type { JobConfig, WorkerConfig } from '../../../lib/config/sections/other-tasks';

export const job: JobConfig = {
  name: 'reminders',
  command: ['node', 'reminders.js'],
  time: '12:00',
  days: 'weekdays',
  size: { cpu: 256, memory: Size.mebibytes(512) },
  timeout: Duration.minutes(30),
  settings: undefined,
};

export const worker: WorkerConfig = {
  name: 'mails',
  command: ['node', 'worker.js'],
  desiredCount: 2,
  size: { cpu: 256, memory: Size.mebibytes(512) },
  stopTimeout: Duration.seconds(60),
  healthCheck: {
    command: ['node', 'working.js'],
    interval: Duration.seconds(30),
    startPeriod: Duration.seconds(60),
  },
  settings: { variables: { QUEUE: 'mails' }, secrets: ['MAIL_TOKEN'] },
};
