/**
 * Times of a release, in minutes. A migration may take as long as the config says, LONGEST_MIGRATION_MINUTES at most. A test
 * adds them up: all of it fits into the session of a job.
 */
export const Minutes = {
  /** Before its first update: the packages of a job, and the checks. */
  preparation: 5,
  /** ECR has this long for the scan of an image. A basic scan takes seconds to minutes. */
  scan: 5,
  /** Expected of CloudFormation for one update: ECS gives up, or watches the alarms, and the rollback follows. */
  deployment: 35,
  /** A migration task that ECS refuses, or does not answer for, is requested again so long. New rights need it. */
  migrationRequest: 5,
  /** Time that ECS has to start a migration task once it was requested. */
  migrationStart: 10,
  /** Time that ECS has for replacing the web tasks once CloudFormation has ended. */
  serving: 15,
  /** Another deployment of the stack is waited for so long. */
  busyStack: 30,
  /** A release that goes on for so long says what goes on in AWS, and ends. */
  release: 230,
} as const;
