import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import { countText, type Lists, type Numbers, type Texts } from '@infra/common/words';

const ROTATION_CHAPTER = '“Rotating the database password” in docs/runbook.md';

/** Sentences of the questions of this folder, in English. */
export const en = {
  /** Statements that are true if all is well, in the order of the questions. */
  statements: {
    stack: 'The stack has its resources',
    networkAcls: 'The network ACLs let traffic through',
    database: 'The database runs',
    databaseUrl: 'DATABASE_URL names the database',
    password: 'The database takes the password of DATABASE_URL',
    backup: 'A backup of RDS can be restored to an earlier moment',
    restoreTest: 'A backup was restored as a test in the last two months',
    hours: 'It runs within its hours',
    byHandService: 'Nothing on the way of a request was changed by hand',
    byHandData: 'Nothing that keeps data was changed by hand',
    byHand: 'Nothing else was changed by hand',
    deployment: 'The last deployment succeeded',
    alarms: 'The alarms are silent',
    alarmSubscription: 'The alarms are mailed to someone',
    budget: 'The account’s month stays in its budget',
    natGateway: 'There is no NAT gateway',
    tooManyTasks: 'There are no more web tasks than wanted',
    transfer: 'The transfer is as assumed',
    terminationProtection: 'Termination protection is on',
    quotas: 'The quotas suffice',
    bootstrap: 'The CDK CLI can deploy',
  },

  /** States of a stack that lacks its resources. */
  stack: {
    isBeingDeleted: ({ stackName, since }: Texts<'stackName' | 'since'>) =>
      `${stackName} is being deleted, since ${since}. Nothing stops a deletion.`,
    afterDeletion: ({ stackName, restoringChapter }: Texts<'stackName' | 'restoringChapter'>) =>
      `once it is deleted: npx cdk deploy ${stackName}\nFor the data: ${restoringChapter}`,
    isDeletedInPart: ({ stackName, reason }: Texts<'stackName' | 'reason'>) =>
      `${stackName} was deleted in part. CloudFormation only takes a further deletion. ${reason}`.trim(),
    firstDeploymentBegins: ({ stackName }: Texts<'stackName'>) =>
      `The first deployment of ${stackName} is about to begin: ask again in ten minutes.`,
    neverDeployed: ({ environmentName, stackName }: Texts<'environmentName' | 'stackName'>) =>
      `${environmentName} was never deployed: ${stackName} has a change set that nobody executed, and no resource.`,
  },

  closedNetworkAcl: ({ networkAclId, direction, port, ruleNumber }: ClosedNetworkAcl) => {
    const traffic = port === undefined ? 'all traffic' : `port ${port} of TCP`;
    const reason = ruleNumber === undefined ? `no rule allows ${traffic}` : `rule ${ruleNumber} denies ${traffic}`;
    return `The network ACL ${networkAclId} lets nothing ${direction === 'ingress' ? 'in' : 'out'}: ${reason}.`;
  },

  database: {
    runs: (state: DatabaseState) => `${databaseText(state)}.`,
    isComing: (state: DatabaseState) => `${databaseText(state)}: ask again when it is done.`,
    isNeeded: ({ database, status }: Texts<'database' | 'status'>) =>
      `The database ${database} is ${status}: until it is available, the application cannot work.`,
    doesNotServe: ({ database, status }: Texts<'database' | 'status'>) => `The database ${database} is ${status}.`,
  },

  databaseUrl: {
    /** Name of the secret in a sentence. */
    secret: ({ variable }: Texts<'variable'>) => `${variable} of the web tasks`,
    unknown: 'DATABASE_URL is not known: your rights do not read secrets.',
    isOther: ({ expected }: Texts<'expected'>) => `DATABASE_URL is another one than ${expected}`,
    writeUrl: 'step 3 of “Rotating the database password” in docs/runbook.md with that URL, then “restart” as there',
    passwordRefused: ({ time }: Texts<'time'>) =>
      `${time}, the database refused the password of the web tasks (their log).`,
    rotationChapter: ROTATION_CHAPTER,
    changedSinceStart: ({ time }: Texts<'time'>) =>
      `DATABASE_URL was changed at ${time}, and web tasks that started before use the value of before.`,
    rotates: ({ secret }: Texts<'secret'>) =>
      `The secret ${secret} has a rotation schedule by hand: DATABASE_URL keeps the password of before.`,
  },

  backup: {
    isMissing: ({ database }: Texts<'database'>) =>
      `There is no backup of the database ${database}. RDS makes the first one within a day.`,
    isOld: ({ database, time }: Texts<'database' | 'time'>) =>
      `The database ${database} could be restored to ${time} at the latest: its log has not been saved since.`,
    isRestorable: ({ database, time }: Texts<'database' | 'time'>) =>
      `The database ${database} can be restored to ${time} at the latest.`,
  },

  restoreTest: {
    ended: ({ time, minutes }: Texts<'time'> & Numbers<'minutes'>) =>
      `The last restore test ended at ${time}, and took ${minutes} minutes.`,
    none: ({ days }: Numbers<'days'>) => `No restore test ended well in ${days} days.`,
    look: 'AWS Backup, “Restore testing” has its reason; “Restoring a backup” in docs/runbook.md restores one by hand',
  },

  /** Reasons for which no web task runs. */
  withoutTasks: {
    noRelease: 'There was no release yet: push an image, release it, and ask again.',
    noTaskWanted: ({ startCommand }: Texts<'startCommand'>) =>
      `No task is wanted now. Ask again after: ${startCommand}`,
  },

  officeHours: {
    /** States of an environment until the next stop or start; `undefined`: that never comes. */
    awake: ({ until }: Until) => `awake until ${until ?? 'never'}`,
    awakeOutsideHours: ({ until }: Until) => `awake outside its hours until ${until ?? 'never'}`,
    asleep: ({ until }: Until) => `asleep until ${until ?? 'never'}`,
    stopped: ({ environmentName, until }: Texts<'environmentName'> & Until) =>
      `${environmentName} is stopped within its hours until ${until ?? 'never'}.`,
    /** @param change - Sentence without a period on a schedule. */
    changedSchedule: ({ schedule, change }: Texts<'schedule' | 'change'>) => `${schedule} ${change}`,
    changedByHand: ({ environmentName, changes }: Texts<'environmentName' | 'changes'>) =>
      `${environmentName} does not sleep and wake as it should: ${changes}.`,
    databaseRuns: ({ database }: Texts<'database'>) => `The database ${database} runs, and costs, outside its hours.`,
    stopDatabase: ({ stopCommand, automationsCommand }: Texts<'stopCommand' | 'automationsCommand'>) =>
      `${stopCommand}\nWhy the schedule did not: ${automationsCommand}`,
  },

  byHand: {
    /**
     * A changed resource.
     * @param resource - Construct path, and the type in parentheses.
     * @param changes - Sentences without a period.
     */
    changed: ({ resource, changes }: Texts<'resource'> & Lists<'changes'>) => `${resource}: ${changes.join(', ')}.`,
    /** @param type - Type of the only resource; `undefined`: resources of several types. */
    notCompared: ({ type, resourceCount, reason }: NotComparedResources) =>
      `Not compared: ${type ?? countText(resourceCount, 'resource')} (${reason}).`,
  },

  deployment: {
    succeeded: (state: StackState & Texts<'url'>) => `${stateText(state)}: ${state.url}`,
    failed: (state: StackState) => `The last deployment failed: ${stateText(state)}.`,
    failedWithVersion: (state: StackState & Texts<'failedTag' | 'deployedTag'>) =>
      `The last deployment failed: ${stateText(state)}. ` +
      `It was to bring ${state.failedTag}; the stack is back at ${state.deployedTag || 'no image'}.`,
    /** @param reason - CloudFormation's text. */
    resourceFailed: ({ logicalId, type, reason }: Texts<'logicalId' | 'type' | 'reason'>) =>
      `First failed ${logicalId} (${type}): ${reason}`,
    /** @param reasons - Texts of AWS. */
    tasksFailed: ({ imageTag, reasons }: Texts<'imageTag'> & Lists<'reasons'>) =>
      `Its tasks of ${imageTag}: ${reasons.join(' ')}`,
    noTaskListed: ({ imageTag }: Texts<'imageTag'>) =>
      `ECS lists no ended task of ${imageTag}, as it does for an hour after the end.`,
    isUnderway: ({ stackStatus }: Texts<'stackStatus'>) =>
      `A deployment is underway (${stackStatus}): ask again after it.`,
    /** A deployment that takes longer than any should. */
    takesLong: ({ since, stackStatus }: Texts<'since' | 'stackStatus'>) =>
      `A deployment has been underway since ${since} (${stackStatus}).`,
  },

  alarms: {
    silent: (counts: AlarmCounts) => `${alarmCounts(counts)}.`,
    firing: (counts: AlarmCounts) => `${alarmCounts(counts)}:`,
    /** Line on an alarm that fires. */
    alarm: ({ name, since, reason }: Texts<'name' | 'since' | 'reason'>) => `${name} since ${since}: ${reason}`,
    lookIntoAlarm: ({ dashboard }: Texts<'dashboard'>) =>
      `the causes above, if there are some; what the metric did: ${dashboard}`,
    noSubscription: ({ topic }: Texts<'topic'>) => `Nobody gets the alarms: the topic ${topic} has no subscription.`,
    notConfirmed: ({ addresses, topic }: Texts<'topic'> & Lists<'addresses'>) =>
      `${addresses.join(', ')} has not confirmed the subscription of the topic ${topic}: open the link in AWS's mail ` +
      '"Subscription Confirmation".',
  },

  costs: {
    /** Amounts in US dollars. */
    spent: ({ actual, limit, forecast }: Readonly<Record<'actual' | 'limit' | 'forecast', number>>) =>
      `USD ${actual} of ${limit} are spent this month, and ${forecast} are forecast.`,
    compareCosts: ({ costCommand }: Texts<'costCommand'>) => `Cost Explorer, by service, beside ${costCommand}`,
    natGateway: ({ gatewayId }: Texts<'gatewayId'>) =>
      `The NAT gateway ${gatewayId} was made by hand: nothing needs it, and it costs by the hour.`,
    tooManyTasks: ({ serviceName, desiredCount, maximum }: WantedTasks) =>
      `${serviceName} wants ${desiredCount} web tasks, not ${maximum}.`,
    transfer: ({ transferred, assumed, days }: Readonly<Record<'transferred' | 'assumed' | 'days', number>>) =>
      `${transferred} GiB went through the load balancer in ${days} days, and ${assumed} GiB are assumed.`,
    lessTransfer:
      'a CDN such as CloudFront before it, if users load that much; and dataOut in packages/cost/src/usage.ts',
  },

  terminationProtection: {
    isOn: ({ stackName }: Texts<'stackName'>) => `Termination protection of the stack ${stackName} is on.`,
    isOff: ({ stackName }: Texts<'stackName'>) =>
      `Termination protection of the stack ${stackName} is off: CloudFormation would not refuse to delete it.`,
  },

  /** @param status - Empty if there is no such stack. */
  noBootstrap: ({ stackName, status }: Texts<'stackName' | 'status'>) =>
    `The stack ${stackName} of cdk bootstrap is ${status || 'not there'}: the next deployment and the next release fail ` +
    '(“CDKToolkit that is gone” in docs/runbook.md).',

  quota: ({ quota, environmentName, needed, neededByAll }: NeededVcpus) =>
    `Fargate's quota is ${quota} vCPUs; ${environmentName} may want ${needed} at once, ` +
    `and all environments of its region in lib/config ${neededByAll}.`,
};

/** Sentences of the questions of this folder, in the language of this process. */
export const words = messagesOf({ en, ja });

interface ClosedNetworkAcl extends Texts<'networkAclId'> {
  readonly direction: 'ingress' | 'egress';
  /** `undefined`: every port. */
  readonly port: number | undefined;
  /** `undefined`: no rule allows the traffic. */
  readonly ruleNumber: number | undefined;
}

export interface DatabaseState {
  readonly name: string;
  readonly status: string;
  /** Engine with its version; empty if RDS does not name it. */
  readonly engine: string;
}

interface Until {
  readonly until: string | undefined;
}

interface NotComparedResources {
  readonly type: string | undefined;
  readonly resourceCount: number;
  readonly reason: string;
}

/** State of a stack at the end of its last deployment. */
export interface StackState {
  readonly stackName: string;
  readonly stackStatus: string;
  readonly end: string;
}

interface WantedTasks {
  readonly serviceName: string;
  readonly desiredCount: number;
  readonly maximum: number;
}

interface NeededVcpus {
  readonly quota: number;
  readonly environmentName: string;
  readonly needed: number;
  readonly neededByAll: number;
}

/** Alarms of an environment by their state. */
export interface AlarmCounts {
  readonly firingCount: number;
  readonly alarmCount: number;
  readonly withoutDataCount: number;
}

function alarmCounts({ firingCount, alarmCount, withoutDataCount }: AlarmCounts): string {
  const withoutData = withoutDataCount > 0 ? `, ${withoutDataCount} without data` : '';
  return `${firingCount} of ${countText(alarmCount, 'alarm')} in ALARM${withoutData}`;
}

function databaseText({ name, status, engine }: DatabaseState): string {
  return engine === '' ? `${name} is ${status}` : `${name} is ${status}, ${engine}`;
}

function stateText({ stackName, stackStatus, end }: StackState): string {
  return `${stackName} is ${stackStatus}, ${end}`;
}
