import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import { countText, type Lists, type Numbers, type Texts } from '@infra/common/words';

/** Sentences of `release`, in English. */
export const en = {
  /** Headlines of a summary, by its exit code. */
  headlines: {
    0: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} is released.`,
    1: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} does not serve what was released.`,
    2: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} was not touched:`,
    3: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName} was changed, and it is not known how that ended:`,
  },

  /** Lines of progress. */
  steps: {
    check: ({ environmentName }: Texts<'environmentName'>) => `1/4 Check ${environmentName}`,
    noMigration: ({ reason }: Texts<'reason'>) => `2/4 No migration: ${reason}`,
    migrate: ({ imageTag }: Texts<'imageTag'>) => `2/4 Migrate ${imageTag}`,
    deploy: ({ stackName }: Texts<'stackName'>) => `3/4 Deploy ${stackName}`,
    wait: () => '4/4 Wait until it serves',
  },

  /** Reasons for a release without a migration. */
  noMigration: {
    notDeployed: 'the deployed stack has none',
    noImage: 'no image is released',
    leftOut: 'left out by --no-migration',
    migratedAlready: ({ imageTag }: Texts<'imageTag'>) => `${imageTag} serves, and is migrated`,
  },

  /** Problems of the options, and of a config that differs from what is deployed. */
  notChecked: ({ reason }: Texts<'reason'>) => `It could not be checked: ${reason}`,
  noTag: 'There is nothing to release: give --app <tag>, --batch <tag>, --image <parameter>=<tag>, or several.',
  noMigrationToRun: ({ environmentName }: Texts<'environmentName'>) =>
    `There is no migration to run. --migration needs --app <tag>, and webService.migration in lib/config/${environmentName}.ts.`,
  migrationNotDeployed: ({ environmentName, stackName }: Texts<'environmentName' | 'stackName'>) =>
    `lib/config/${environmentName}.ts has webService.migration, and the deployed ${stackName} has not. First: ` +
    `npx cdk deploy ${stackName}. To release without a migration: --no-migration.`,

  /** Problems of secret settings. */
  settings: {
    missing: 'Secret settings are missing:',
    changedByHand: ({ environmentName, command }: Texts<'environmentName' | 'command'>) =>
      `The settings of ${environmentName} were changed by hand, so that nobody knows which there are without reading them. ` +
      `This reads them, and notes it: ${command}`,
  },

  /** Problems of images. */
  images: {
    pushedAgain: ({ imageTag }: Texts<'imageTag'>) =>
      `${imageTag} was pushed again: it no longer names the image that runs, or has migrated. Push it under a new tag.`,
    pushedBefore: ({ imageTag, pushed, deployedTag }: Texts<'imageTag' | 'pushed' | 'deployedTag'>) =>
      `${imageTag} was pushed ${pushed}, and ${deployedTag}, which runs, is newer or no longer in the registry. ` +
      'If it served before: --no-migration. If it never did: --migration.',
    registryNotAsked: ({ repositoryName, reason }: Texts<'repositoryName' | 'reason'>) =>
      `The registry ${repositoryName} could not be asked: ${reason}`,
    deployRights: 'In GitHub: npx cdk deploy ProoflinkDelivery',
    noRegistry: ({ repositoryName }: Texts<'repositoryName'>) =>
      `There is no registry ${repositoryName}: deploy the stack (npx cdk deploy), then push an image.`,
    noImage: ({ repositoryName, imageTag }: Texts<'repositoryName' | 'imageTag'>) =>
      `${repositoryName} has no ${imageTag}: no image was pushed yet.`,
    noTag: ({ repositoryName, imageTag }: Texts<'repositoryName' | 'imageTag'>) =>
      `${repositoryName} has no ${imageTag}. It has, newest first:`,
    /** Lines of the list of tags. */
    pushed: ({ time }: Texts<'time'>) => `pushed ${time}`,
    olderTags: ({ count }: Numbers<'count'>) => `and ${count} older`,
    otherPlatform: ({ image, platforms, platform }: Texts<'image' | 'platform'> & Lists<'platforms'>) =>
      `${image} is for ${platforms.join(' and ')}, and the deployed tasks need ${platform} (cpuArchitecture).\n` +
      `Build it with "docker build --platform ${platform}", and push it under a new tag.`,
  },

  /** Problems and lines on the scans of images. */
  scan: {
    is: ({ imageName, status }: Texts<'imageName' | 'status'>) => `The scan of ${imageName} is ${status}`,
    findings: 'its findings',
    takesTooLong: ({ imageName, status, minutes }: Texts<'imageName' | 'status'> & Numbers<'minutes'>) =>
      `The scan of ${imageName} is still ${status} after ${minutes} minutes. Release again once it has ended.`,
    refused: ({ imageName }: Texts<'imageName'>) => `imageRegistry.refuse refuses ${imageName} for its findings:`,
    advice:
      'Rebuild it on a newer base image, or accept a finding until a day: docs/delivery.md, "An image that is refused".',
    indexNotScanned: ({ imageName }: Texts<'imageName'>) =>
      `${imageName} was not scanned: it is an index of images, which ECR does not scan. ` +
      'Build it with --provenance=false, and push it under a new tag.',
    notScanned: ({ imageName, reason }: Texts<'imageName' | 'reason'>) =>
      `${imageName} was not scanned (${reason || 'pushed before imageRegistry.scanOnPush was deployed'}), ` +
      'so its findings are unknown. What to do: docs/delivery.md, "An image that is refused".',
  },

  /** Problems of the command line. */
  emptyTag: ({ option }: Texts<'option'>) =>
    `${option} is empty, as an unset variable of a shell is. Give a tag, or leave ${option} out: the deployed image stays.`,
  noImport: ({ environmentName }: Texts<'environmentName'>) =>
    `${environmentName} has no user import: leave --batch out, or deploy one (userImport in lib/config) first.`,

  unknownParameter: ({ parameter, parameters }: Texts<'parameter'> & Lists<'parameters'>) =>
    `--image needs <parameter>=<tag>, and no further registry of the deployed stack has the tag ${parameter}. ` +
    `There is: ${parameters.join(', ') || 'none'}. A new one is deployed first.`,

  /** Services of a team, besides that of the web tasks. */
  furtherServices: {
    rest: 'the further services',
    counts: ({
      serviceName,
      runningCount,
      desiredCount,
    }: Texts<'serviceName'> & Numbers<'runningCount' | 'desiredCount'>) =>
      `${serviceName}: ${runningCount} of ${countText(desiredCount, 'task')} running`,
  },

  /** Ends of a release that is left. */
  interrupted: ({ signal }: Texts<'signal'>) => `It was interrupted (${signal}).`,
  timeOver: ({ minutes }: Numbers<'minutes'>) => `It ends after ${minutes} minutes, before the session of a job does.`,

  /** Work that goes on in AWS, stage by stage, for a person who leaves the release or cannot learn its outcome. */
  goesOn: {
    nothing: 'Nothing was touched.',
    deployment: 'If a deployment has begun, CloudFormation goes on by itself.',
    startOfMigration: ({ imageTag, listCommand }: Texts<'imageTag' | 'listCommand'>) =>
      `The migration of ${imageTag} may have begun. Its task, if there is one:\n  ${listCommand}`,
    migration: ({ taskId, tailCommand, stopCommand }: Texts<'taskId' | 'tailCommand' | 'stopCommand'>) =>
      `The migration goes on by itself, since half of one is worse: task ${taskId}. Its log:\n` +
      `  ${tailCommand}\n` +
      'ECS ends it when its time is over. This ends it at once:\n' +
      `  ${stopCommand}\n` +
      'Once it has ended, release again: what is migrated already is not migrated twice.',
    migrated: ({ imageTag }: Texts<'imageTag'>) =>
      `The migration of ${imageTag} ended with exit code 0, and stays. ${imageTag} is not deployed: release again.`,
    rollout: 'It is deployed, and ECS goes on by itself.',
  },
  signInAgain: ({ signIn }: Texts<'signIn'>) => `If AWS refuses your credentials: ${signIn}`,

  /** Beginnings of the sentence on a release that failed. */
  doesNotServe: ({ imageTag, reason }: Texts<'imageTag' | 'reason'>) => `${imageTag} does not serve: ${reason}`,
  notDeployed: ({ reason }: Texts<'reason'>) => `It is not deployed: ${reason}`,
  servingUnknown: ({ reason }: Texts<'reason'>) => `What serves instead could not be asked: ${reason}`,

  /** Reasons for which a release failed: ends of a sentence such as `v2 does not serve: …`. */
  migrationFailed: ({ failure }: Texts<'failure'>) => `its migration ${failure}.`,
  overtaken: ({ deployedTag }: Texts<'deployedTag'>) =>
    `another release has deployed ${deployedTag || 'no image'} meanwhile.`,
  updateRefused: ({ reason }: Texts<'reason'>) => `CloudFormation refused the update: ${reason}`,
  /** @param failures - Lines on the resources that failed, each after a line break. */
  deploymentFailed: ({ failures }: Texts<'failures'>) => `the deployment failed.${failures}`,
  stackStuck: ({ status, failures, remedy }: Texts<'status' | 'failures' | 'remedy'>) =>
    `the deployment failed, and the stack is ${status}.${failures}\n${remedy}`,

  /** Problems and lines on the stack. */
  deploymentUnderway: ({ stackName, status }: Texts<'stackName' | 'status'>) =>
    `${stackName} is ${status}: wait until that deployment has ended.`,
  databaseNotAvailable: ({ name, status, remedy }: Texts<'name' | 'status' | 'remedy'>) =>
    `The database ${name} is ${status}, and a web task would not be healthy. First: ${remedy}`,
  neverDeployed: ({ stackName, status }: Texts<'stackName' | 'status'>) =>
    `${stackName} was never deployed (${status}), and a release changes nothing but image tags. First: npx cdk deploy ${stackName}`,
  updatedAlready: 'The stack has these tags already.',
  stackEvent: ({ resource, status, reason }: Texts<'resource' | 'status' | 'reason'>) =>
    `  CloudFormation: ${resource} ${status}${reason && `: ${reason}`}`,
  stackIs: ({ stackName, status }: Texts<'stackName' | 'status'>) => `${stackName} is ${status}`,
  endOfDeployment: 'the end of that deployment',
  updateTaken: 'CloudFormation took the update',
  stackStillBusy: ({
    stackName,
    status,
    minutes,
  }: {
    readonly stackName: string;
    readonly status: string;
    readonly minutes: number;
  }) => `${stackName} is still ${status} after ${minutes} minutes. Release again once it has ended.`,
  noDeploymentTaken: ({ stackName, status, remedy }: Texts<'stackName' | 'status' | 'remedy'>) =>
    `${stackName} is ${status}, and takes no deployment.\n${remedy}`,

  /** Problems and lines on a migration. */
  migrationRuns: ({ migration, stopCommand }: Texts<'migration' | 'stopCommand'>) =>
    `${migration}: wait for its end. If it must not go on, this ends it, and may leave half of it:\n  ${stopCommand}`,
  startedTask: ({ taskId }: Texts<'taskId'>) => `task ${taskId}`,
  notStartedYet: ({ reason }: Texts<'reason'>) => `ECS did not start the task, and is asked again: ${reason}`,
  startOfTask: 'its start',
  endOfTask: 'its end',
  /** Predicates of a sentence whose subject is the migration. */
  notStarted: ({ reason }: Texts<'reason'>) => `could not be started: ${reason}`,
  gaveWay: ({ migration }: Texts<'migration'>) => `gave way: ${migration}`,
  whatToDo: 'What to do: docs/runbook.md, "A migration that failed".',
  neverStarted: ({ minutes }: Numbers<'minutes'>) => `was stopped: it did not start within ${minutes} minutes`,
  logUnreadable: ({ reason }: Texts<'reason'>) => `Its log could not be read: ${reason}`,
  taskUnknown: ({ taskArn }: Texts<'taskArn'>) => `ECS does not know the task ${taskArn}.`,
  migrated: 'Its migration ended with exit code 0.',
  migratedAndStays: 'Its migration ended with exit code 0, and stays.',

  /** Lines on the tasks that a deployment has started. */
  stoppedTasks: 'Tasks that ended, newest first:',
  stoppedTask: ({ taskId, imageTag, reason }: Texts<'taskId' | 'imageTag' | 'reason'>) =>
    `  ${taskId} (${imageTag}): ${reason}`,
  lastLines: 'The last lines of its log:',
  stoppedTasksUnknown: ({ reason }: Texts<'reason'>) => `Its tasks could not be asked for: ${reason}`,
  ecsSays: ({ message }: Texts<'message'>) => `  ECS: ${message}`,
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

  /** The version that serves. */
  serving: {
    noTagYet: 'There is no image tag yet, and no task to wait for.',
    asleep: ({ imageTag }: Texts<'imageTag'>) => `It sleeps until its office hours begin, then ${imageTag} starts.`,
    nothing: ({ counts }: Texts<'counts'>) => `Nothing serves (${counts}).`,
    serves: ({ imageTags, url, counts }: Texts<'url' | 'counts'> & Lists<'imageTags'>) =>
      `${imageTags.join(' and ')} serves: ${url} (${counts}).`,
    targets: 'Targets:',
    events: 'What ECS says, newest first:',
  },

  /** Ends of a release that waits until it serves. */
  notHealthyInTime: ({ minutes }: Numbers<'minutes'>) => `It is not healthy after ${countText(minutes, 'minute')}.`,
  servingOvertaken: ({ tag, wantedTag }: Texts<'tag' | 'wantedTag'>) =>
    `The stack does not want ${tag} any more, but ${wantedTag || 'no image'}: another release has overtaken this one.`,

  /** Restart of the web tasks. */
  restart: {
    headlines: {
      0: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} is restarted.`,
      1: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} does not serve by new tasks.`,
      3: ({ environmentName }: Texts<'environmentName'>) =>
        `${environmentName} restarts, and it is not known how that ended:`,
    },
    steps: {
      check: ({ environmentName }: Texts<'environmentName'>) => `1/3 Check ${environmentName}`,
      restart: ({ tag }: Texts<'tag'>) => `2/3 Restart ${tag}`,
      wait: '3/3 Wait until it serves',
    },
    noImage: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName} has no image tag yet, and no web task to restart. First: ` +
      `npm run prooflink -- release ${environmentName} --app <tag>`,
    noTask: ({ serviceName, command }: Texts<'serviceName' | 'command'>) =>
      `No task of ${serviceName} is to run, so there is none to restart. Those that start next read the present ` +
      `secrets. To start them: ${command}`,
    goesOn: 'If the restart has begun, ECS goes on by itself: the old tasks serve until new ones are healthy.',
    asleep: 'It was stopped meanwhile, as at the end of its office hours. Its next tasks are new ones.',
    overtaken:
      'Another deployment of the web service began meanwhile: ECS has rolled this one back, or somebody has deployed.',
  },
};

/** Sentences of `release`, in the language of this process. */
export const words = messagesOf({ en, ja });
