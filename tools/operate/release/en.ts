import { countText } from '@infra/common/words';

/** Sentences of `release`, in English: those that were written since a second language is planned. */
export const en = {
  /** Problems of the command line. */
  emptyTag: ({ option }: { readonly option: string }) =>
    `${option} is empty, as an unset variable of a shell is. Give a tag, or leave ${option} out: the deployed image stays.`,

  /** Ends of a release that is left. */
  interrupted: ({ signal }: { readonly signal: string }) => `It was interrupted (${signal}).`,
  timeOver: ({ minutes }: { readonly minutes: number }) =>
    `It ends after ${minutes} minutes, before the session of a job does.`,

  /** Work that goes on in AWS, stage by stage, for a person who leaves the release or cannot learn its outcome. */
  goesOn: {
    nothing: () => 'Nothing was touched.',
    deployment: () => 'If a deployment has begun, CloudFormation goes on by itself.',
    readyToMigrate: ({ imageTag }: { readonly imageTag: string }) =>
      `No migration was begun. ${imageTag} is ready for it: release again.`,
    startOfMigration: ({ imageTag, listCommand }: { readonly imageTag: string; readonly listCommand: string }) =>
      `The migration of ${imageTag} may have begun. Its task, if there is one:\n  ${listCommand}`,
    migration: ({
      taskId,
      tailCommand,
      stopCommand,
    }: {
      readonly taskId: string;
      readonly tailCommand: string;
      readonly stopCommand: string;
    }) =>
      `The migration goes on by itself, since half of one is worse: task ${taskId}. Its log:\n` +
      `  ${tailCommand}\n` +
      'ECS ends it when its time is over. This ends it at once:\n' +
      `  ${stopCommand}\n` +
      'Once it has ended, release again: what is migrated already is not migrated twice.',
    migrated: ({ imageTag }: { readonly imageTag: string }) =>
      `The migration of ${imageTag} ended with exit code 0, and stays. ${imageTag} is not deployed: release again.`,
    rollout: () => 'It is deployed, and ECS goes on by itself.',
  },
  signInAgain: ({ signIn }: { readonly signIn: string }) => `If AWS refuses your credentials: ${signIn}`,

  /** Reasons for which a release failed: ends of a sentence such as `v2 does not serve: …`. */
  overtaken: ({ deployedTag }: { readonly deployedTag: string }) =>
    `another release has deployed ${deployedTag || 'no image'} meanwhile.`,
  otherMigration: ({ imageTag }: { readonly imageTag: string }) =>
    `somebody else releases ${imageTag || 'another image'} at the same time.`,
  deploymentFailed: () => 'the deployment failed; the CDK CLI says why above.',
  stackStuck: ({ status, remedy }: { readonly status: string; readonly remedy: string }) =>
    `the deployment failed, and the stack is ${status}.\n${remedy}`,

  /** Problems and lines on the stack. */
  waitsForStack: ({ stackName, status }: { readonly stackName: string; readonly status: string }) =>
    `${stackName} is ${status}: this release waits for that deployment.`,
  stackStillBusy: ({
    stackName,
    status,
    minutes,
  }: {
    readonly stackName: string;
    readonly status: string;
    readonly minutes: number;
  }) => `${stackName} is still ${status} after ${minutes} minutes. Release again once it has ended.`,
  noDeploymentTaken: ({
    stackName,
    status,
    remedy,
  }: {
    readonly stackName: string;
    readonly status: string;
    readonly remedy: string;
  }) => `${stackName} is ${status}, and takes no deployment.\n${remedy}`,

  /** Problems and lines on a migration. */
  migrationRuns: ({ migration, stopCommand }: { readonly migration: string; readonly stopCommand: string }) =>
    `${migration}: wait for its end. If it must not go on, this ends it, and may leave half of it:\n  ${stopCommand}`,
  stopsOverdue: ({ migration }: { readonly migration: string }) => `${migration}, longer than it may: it is stopped.`,
  overdueReason: () => 'A later release found that its time was over.',
  notStopped: ({ stopCommand }: { readonly stopCommand: string }) =>
    `An earlier migration was to stop, and runs on: ${stopCommand}`,
  neverStarted: ({ minutes }: { readonly minutes: number }) =>
    `was stopped: it did not start within ${minutes} minutes`,
  logUnreadable: ({ reason }: { readonly reason: string }) => `Its log could not be read: ${reason}`,
  startUnknown: ({ reason }: { readonly reason: string }) =>
    `Whether the migration's task was started is not known: ${reason}`,
  taskUnknown: ({ taskArn }: { readonly taskArn: string }) => `ECS does not know the task ${taskArn}.`,
  migrated: () => 'Its migration ended with exit code 0.',
  migratedAndStays: () => 'Its migration ended with exit code 0, and stays.',

  /** Lines on the tasks that a deployment has started. */
  stoppedTasks: () => 'Its tasks that ended, newest first:',
  stoppedTask: ({
    taskId,
    imageTag,
    reason,
  }: {
    readonly taskId: string;
    readonly imageTag: string;
    readonly reason: string;
  }) => `  ${taskId} (${imageTag}): ${reason}`,
  lastLines: ({ taskId }: { readonly taskId: string }) => `The last lines of ${taskId}:`,
  stoppedTasksUnknown: ({ reason }: { readonly reason: string }) => `Its tasks could not be asked for: ${reason}`,
  ecsSays: ({ message }: { readonly message: string }) => `  ECS: ${message}`,
  rollBackNow: ({
    stoppedCount,
    minutes,
    command,
  }: {
    readonly stoppedCount: number;
    readonly minutes: number;
    readonly command: string;
  }) =>
    `The deployment is underway for ${countText(minutes, 'minute')}, and ${countText(stoppedCount, 'task')} of it ended. ` +
    `This rolls back now:\n  ${command}`,

  /** Ends of a release that waits until it serves. */
  servingOvertaken: ({ tag, wantedTag }: { readonly tag: string; readonly wantedTag: string }) =>
    `The stack does not want ${tag} any more, but ${wantedTag || 'no image'}: another release has overtaken this one.`,
};
