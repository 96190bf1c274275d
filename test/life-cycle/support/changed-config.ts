import { CopyOfApp } from '../../support/copy-of-app';

/** Values of the changed config; none of them replaces a resource that holds data. */
export const CHANGED = { cpu: '2048', memory: '4096', retentionInDays: 7, webCpuPercent: 70 };

const INDEX = `
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, Size } from 'aws-cdk-lib/core';
import type { FixedConfig, ScaledConfig } from './environment';
import * as written from './written';

const logRetention = RetentionDays.ONE_WEEK;
const migration = { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) };
const size = { cpu: ${CHANGED.cpu}, memory: Size.mebibytes(${CHANGED.memory}) } as const;

export const dev: FixedConfig = {
  ...written.dev,
  logRetention,
  webService: { ...written.dev.webService, size, migration },
};
export const prod: ScaledConfig = {
  ...written.prod,
  logRetention,
  webService: { ...written.prod.webService, size, migration },
  alarms: written.prod.alarms && { ...written.prod.alarms, webCpuPercent: ${CHANGED.webCpuPercent} },
};
`;

/** Copies the app into a new folder in `parent`, and changes log retention, task size and an alarm in its config. */
export function copyWithChangedConfig(parent: string): string {
  const copy = new CopyOfApp(parent);
  copy.write('lib/config/written.ts', copy.read('lib/config/index.ts'));
  copy.write('lib/config/index.ts', INDEX);
  return copy.directory;
}
