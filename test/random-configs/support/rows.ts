import { Duration } from 'aws-cdk-lib/core';
import type { Row } from './change-shows';
import { of, REPOSITORIES } from './places';

/** The first of some values that a field does not hold already. */
export const oneOf =
  (...values: unknown[]) =>
  (value: unknown) =>
    values.find((other) => other !== value);
export const withItem = (item: unknown) => (list: unknown) => [...(list as unknown[]), item];

export const shows = (...places: string[]): Row => ({ shows: places });
export const refused = (field: string, to?: Row['to']): Row => ({ refused: field, to });

export const expiry = (rule: number) => {
  const path = `LifecyclePolicy.LifecyclePolicyText.rules.${rule}`;
  return shows(...of(REPOSITORIES, `${path}.selection.countNumber`), ...of(REPOSITORIES, `${path}.description`));
};
export const schedule = (as: Row['as'], ...names: string[]): Row => ({
  as,
  shows: names.map((name) => `OfficeHours/${name}.ScheduleExpression`),
});
export const alarm = (...names: string[]) => shows(...names.map((name) => `Alarms/${name}.Threshold`));
export const importSchedule: Row = {
  to: () => ({ time: '12:00', days: 'every-day', fileKey: 'imports/users.csv' }),
  shows: ['UserImport/Schedule', 'UserImport/SchedulerRole'],
};
export const migration: Row = {
  to: () => ({ command: ['npx', 'prisma', 'migrate', 'deploy'], timeout: Duration.minutes(30) }),
  shows: ['Web/Migration', 'MigrationImageTag', 'MigratedImageTag', 'HasMigrationImage', 'Outputs.Migrated'],
};
export const settings = (construct: string, container: string): Row => ({
  to: () => ({ variables: { SMTP_HOST: 'smtp.example.com' }, secrets: ['SMTP_PASSWORD'] }),
  shows: [
    ...[
      'Settings/Secret',
      'Outputs.SettingsSecretArn',
      `${construct}/Roles/ExecutionRole/DefaultPolicy.PolicyDocument`,
    ],
    ...[`${container}.Environment.SMTP_HOST`, `${container}.Secrets.SMTP_PASSWORD`],
  ],
});

/** A secret setting more, or another one. */
export const secrets = (...containers: string[]): Row => ({
  to: (value) => (Array.isArray(value) ? [...(value as string[]), 'API_TOKEN'] : 'API_TOKEN'),
  shows: of(containers, 'Secrets'),
});
