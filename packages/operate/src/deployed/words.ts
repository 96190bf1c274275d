import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import { countText, type Lists, type Numbers, type Texts } from '@infra/common/words';
import type { SettingsReader } from './configured-settings';

const SIGN_IN = 'Sign in as for the AWS CLI ("aws configure", "aws sso login", AWS_PROFILE)';
const UNTIL_ACCOUNT_IS_SHOWN =
  'until "aws sts get-caller-identity" shows the account that is meant, then call this again.';

/** Texts of a line on a wait. */
export interface WaitTexts extends Texts<'state' | 'goal' | 'since'> {
  readonly until: string | undefined;
}

/** Sentences of this room, in English. */
export const en = {
  wait: {
    /**
     * Line on a wait.
     *
     * @param state - What there is, as the beginning of a sentence.
     * @param until - `undefined`: the wait has no limit.
     */
    line: ({ state, goal, since, until }: WaitTexts) =>
      `${state}. Waiting since ${since} for ${goal}${until === undefined ? '' : `, until ${until} at the latest`} (Tokyo).`,
    answer: 'an answer',
    noAnswer: ({ reason }: Texts<'reason'>) => `AWS does not answer: ${reason.replace(/\.$/, '')}`,
  },
  signIn: `${SIGN_IN}.`,
  signInElsewhere: 'Renew the session in another terminal ("aws sso login"): this command goes on then.',
  hiddenLines: ({ count }: Numbers<'count'>) =>
    `(${count} lines of the application's log are not shown where everybody reads: npm run prooflink -- logs <environment>)`,
  account: {
    notAsked: ({ reason }: Texts<'reason'>) => `AWS could not be asked for the account: ${reason}`,
    noCredentials: ({ reason }: Texts<'reason'>) =>
      `There are no credentials, or AWS refuses them (${reason}).\n${SIGN_IN} ${UNTIL_ACCOUNT_IS_SHOWN}`,
  },
  endedLocalAws: ({ endpoint }: Texts<'endpoint'>) =>
    `Nothing answers at ${endpoint}, where AWS_ENDPOINT_URL of this shell leads: the local AWS has ended.\n` +
    'Start another one (npm run deploy:local -- --keep), or ask AWS from a new shell.',
  /** Message of an error for an item that AWS left out of its answer. */
  noSuchItem: ({ item }: Texts<'item'>) => `there is no ${item}`,
  howItIs: ({ command }: Texts<'command'>) => `How it is: ${command}`,
  whatIsWrong: ({ command }: Texts<'command'>) => `What is wrong: ${command}`,
  /** An action that IAM refuses to a role. */
  undeterminedActions: ({ roleName, actions }: Texts<'roleName'> & Lists<'actions'>) =>
    `IAM’s simulation does not tell whether ${roleName} may ${actions.join(', ')}.`,
  deniedByOrganization: 'an organization’s policy denies it',
  deniedByBoundary: 'the permissions boundary denies it',
  missingKeys: ({ keys }: Lists<'keys'>) => `a condition on ${keys.join(', ')}`,
  refusedAction: ({ action, resource }: Texts<'action' | 'resource'>) => `${action} on ${resource}`,
  /** A moment in Japan's time. */
  timeInTokyo: ({ time }: Texts<'time'>) => `${time} (Tokyo)`,
  stack: {
    missing: ({ stackName, region }: Texts<'stackName' | 'region'>) =>
      `There is no stack ${stackName} in ${region}, in the account of your credentials (aws sts get-caller-identity).`,
    notAsked: ({ stackName, region, reason }: Texts<'stackName' | 'region' | 'reason'>) =>
      `${stackName} in ${region} could not be asked: ${reason}`,
  },
  /** Advice on a database that takes no connections. */
  databaseRemedy: {
    wait: 'wait until it is available',
    moreStorage: ({ environmentName, stackName }: Texts<'environmentName' | 'stackName'>) =>
      `raise database.allocatedStorage or maxAllocatedStorage in lib/config/${environmentName}.ts, ` +
      `then npx cdk deploy ${stackName}`,
    events: ({ command }: Texts<'command'>) => `see what RDS says of it: ${command}`,
  },
  image: {
    noPlatform: ({ image }: Texts<'image'>) => `${image} does not say for which processor it was built.`,
    noConfig: ({ repositoryName, status }: Texts<'repositoryName'> & Numbers<'status'>) =>
      `${repositoryName} answered ${status} for the config of an image`,
  },
  /** Parts of a line on a finding of an image's scan. */
  scan: {
    fixedIn: ({ versions }: Lists<'versions'>) => `fixed in ${versions.join(', ')}`,
    acceptedUntil: ({ date }: Texts<'date'>) => `was accepted until ${date}, which is over`,
  },
  webTasks: {
    counts: ({ running, desired, healthy }: Readonly<Record<'running' | 'desired' | 'healthy', number>>) =>
      `${running} of ${desired} tasks run, ${healthy} healthy`,
    /** Goal of a wait. */
    rest: 'the end of the rollout',
  },
  /** Takes the place of an output of the stack that CloudFormation does not give at the moment. */
  notKnownNow: 'not known now',
  /** Reason for which a deployment of ECS fails, if ECS gives none. */
  tasksEnd: 'tasks end',
  /** Chapter on a deleted database: a deploy only creates an empty one in its place. */
  restoringChapter: '“Restoring a lost environment” in docs/moving-in.md',
  /** End of the reason for which a task ended. */
  exitCode: ({ exitCode }: Numbers<'exitCode'>) => `exit code ${exitCode}`,
  migration: {
    /** A sentence without a period, in lower case, on a task that runs. */
    runs: ({ imageTag, start, taskId }: Texts<'imageTag' | 'start' | 'taskId'>) =>
      `the migration of ${imageTag} runs since ${start} (task ${taskId})`,
    /** Predicate of a sentence whose subject is the migration. */
    failed: ({ reason }: Texts<'reason'>) => `failed with ${reason}`,
    /** Predicate of a sentence whose subject is the migration. */
    stoppedByTimeLimit: 'was stopped, since its time was over',
  },
  /** Messages of a TimeoutError. */
  silentService: ({ serviceName }: Texts<'serviceName'>) => `${serviceName} did not answer in time`,
  serviceNotAsked: ({ serviceName }: Texts<'serviceName'>) =>
    `${serviceName} was not asked: the time of this command is over`,
  parts: {
    /** Error for a part that should be there. */
    notFound: ({ templateName, stackName, path, type }: Texts<'templateName' | 'stackName' | 'path' | 'type'>) =>
      `${templateName} has no ${type} at the construct path ${path}. Either it was not deployed yet, or its construct ` +
      `was renamed since. What a deployment would change: npx cdk diff ${stackName} --method=template`,
    /** Error for a template in which no part can be found. */
    noPaths: ({ templateName, stackName }: Texts<'templateName' | 'stackName'>) =>
      `${templateName} is no template in JSON with construct paths (aws:cdk:path in the metadata of its resources), by ` +
      `which parts are found. The CDK CLI writes them, unless it is called with --no-path-metadata: npx cdk deploy ${stackName}`,
  },
  /** Last line of the advice on a stack whose deployment or deletion failed. */
  stackRemedy: {
    /** Lines before the deletion of what an earlier one has left. */
    deletesData: ({ paths }: Lists<'paths'>) =>
      `Save first what you need of ${paths.join(', ')}: the deletion goes on, and deletes the data with them.`,
    deletesNoData: 'The deletion goes on. What has data is gone already, or is retained.',
    rollbackChapter: 'If that fails: “A rollback that failed” in docs/runbook.md',
    deletionChapter: 'If that fails: “A deletion that failed” in docs/runbook.md',
    diagnosis: ({ stackName }: Texts<'stackName'>) => `what it says: npx cdk --unstable=diagnose diagnose ${stackName}`,
  },
  settings: {
    noneConfigured: ({ environmentName }: Texts<'environmentName'>) =>
      `No secret setting is configured for ${environmentName} (lib/config/${environmentName}.ts).`,
    /** States in a table. */
    set: 'set',
    missing: 'MISSING',
    reader: ({ reader }: { readonly reader: SettingsReader }): string => reader,
    setMissing:
      'A container does not start while one of its settings is missing. Set them before the next deploy or release:',
    noJson: ({ arn, showCommand }: Texts<'arn' | 'showCommand'>) =>
      `The secret with the settings, ${arn}, is no JSON object any more: fix it by hand. ` +
      `This shows its values, as they were before its last change:\n  ${showCommand}`,
    tooLarge: ({ byteCount, mostBytes }: Readonly<Record<'byteCount' | 'mostBytes', number>>) =>
      `It is not set: the secret with all settings would have ${countText(byteCount, 'byte')}, and Secrets Manager takes ` +
      `${countText(mostBytes, 'byte')}. Keep a value of this size in S3 or in a secret of its own.`,
    notAsked: ({ reason }: Texts<'reason'>) => `AWS could not be asked: ${reason}`,
    deleted: ({ arn, restoreCommand }: Texts<'arn' | 'restoreCommand'>) =>
      `The secret with the settings, ${arn}, is scheduled for deletion, and no container can read it. ` +
      `To restore it with its values: ${restoreCommand}`,
    tooManyKeys: ({ keyCount }: Numbers<'keyCount'>) =>
      `The secret with the settings would have ${keyCount} keys with a value. Their names do not fit into its staging ` +
      'labels. Remove keys that lib/config has no longer from the secret by hand.',
  },
};

/** Sentences of this room, in the language of this process. */
export const words = messagesOf({ en, ja });
