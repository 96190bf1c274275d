import { Scheduler } from '@aws-sdk/client-scheduler';
import type { Comparison } from './comparison';

/** Comparison of a schedule. CloudFormation calls each one deleted (cloudformation-coverage-roadmap, issue 1725). */
export const SCHEDULE: Comparison = {
  expects: ({ properties: { ScheduleExpression, ScheduleExpressionTimezone, State, FlexibleTimeWindow, Target } }) => ({
    ScheduleExpression,
    ScheduleExpressionTimezone,
    State,
    FlexibleTimeWindow,
    Target,
  }),
  read: ({ environment, physicalId }) => environment.client(Scheduler).getSchedule({ Name: physicalId }),
  fix: ({ physicalId, properties }, actual) => [
    actual ? 'scheduler update-schedule' : 'scheduler create-schedule',
    { CliInputJson: { ...properties, Name: physicalId } },
  ],
};
