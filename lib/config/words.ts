/*
 * Sentences of the rules on a config, in English: what AWS or the app refuses, and what to write instead. Values come in as
 * they are shown, escaped where needed.
 */

import { wordsOf } from '../language';
import { ja } from './ja';

/** Values of a sentence by their names. */
type Values<Name extends string> = Readonly<Record<Name, string | number>>;

type Lists<Name extends string> = Readonly<Record<Name, readonly (string | number)[]>>;

/** Units of durations, as `Duration` names them. */
export type DurationUnit = 'seconds' | 'minutes' | 'days';

/** Notation of a safeguard that is off. */
const OFF = "{ off: '<why this environment can do without>' }";

/** All broken rules. */
const report = {
  /** Headline above the broken rules. */
  brokenRules: ({ count }: { readonly count: number }) =>
    `${count === 1 ? 'One broken rule' : `${count} broken rules`} in lib/config:`,

  /** Message of a synth on values that lib/config has from the guide. */
  placeholders: ({ environment, fields }: Values<'environment'> & Lists<'fields'>) =>
    `Only examples yet: ${fields.join(', ')}. Set your own in lib/config/${environment}.ts before the first deploy.`,

  /** Advice below a type error. */
  safeguardType: () => `A safeguard is 'on', or off with a reason: ${OFF}`,
};

/** Rules that several sections share. */
const values = {
  notInteger: ({ value, min, max }: Values<'value' | 'min' | 'max'>) =>
    `${value} is not a whole number from ${min} to ${max}`,

  notPercentage: ({ value }: Values<'value'>) => `${value} is not a percentage from 1 to 100; 60 is 60 %`,

  neverExceeded: ({ example }: Values<'example'>) => `100 % is never exceeded; write less than 100, as in ${example}`,

  notEmail: ({ email }: Values<'email'>) =>
    `${email} is not an email address; write a single one, as in ops@example.com`,

  notOneOf: ({ value, allowed }: Values<'value'> & Lists<'allowed'>) => `${value} is not one of ${allowed.join(', ')}`,

  listedTwice: ({ value }: Values<'value'>) => `${value} is listed twice; list each value once`,

  notDuration: ({ amount, unit, min, max }: Values<'amount' | 'min' | 'max'> & { readonly unit: DurationUnit }) =>
    `${amount} ${unit} is not a whole number of ${unit} from ${min} to ${max}`,

  notGibibytes: ({ amount, min, max }: Values<'amount' | 'min' | 'max'>) =>
    `${amount} GiB is not a whole number of GiB from ${min} to ${max}`,

  notTimeOfDay: ({ time }: Values<'time'>) => `${time} is not a time of day from 00:00 to 23:59`,

  notSafeguard: ({ value }: Values<'value'>) => `${value} is not 'on' or ${OFF}`,

  /** @param otherwise - Notations of a safeguard that is on. */
  noReason: ({ reason, otherwise }: Values<'reason'> & Lists<'otherwise'>) =>
    `{ off: ${reason} } gives no reason; write ${[OFF, ...otherwise].join(' or ')}`,

  /** Notation of a safeguard that is on within bounds. */
  range: ({ from, to }: Values<'from' | 'to'>) => `${from} to ${to}`,

  notFargateMemory: ({ gibibytes, cpu, allowed }: Values<'gibibytes' | 'cpu'> & Lists<'allowed'>) =>
    `${gibibytes} GiB does not go with ${cpu} CPU units; Fargate takes ${allowed.join(', ')} GiB`,

  rangesOverlap: ({ cidr, other, field }: Values<'cidr' | 'other' | 'field'>) =>
    `${cidr} overlaps ${other} of ${field}; write ranges that share no address`,

  dynamicReference: ({ text }: Values<'text'>) =>
    `${text} is a dynamic reference, which CloudFormation resolves; write the text itself`,
};

/** Resources that have the environment's name in their own. */
const NAMED_RESOURCES = {
  loadBalancer: 'load balancer',
  targetGroup: 'target group',
  bucket: 'bucket',
  dbInstance: 'DB instance',
  role: 'role',
};

export type NamedResource = keyof typeof NAMED_RESOURCES;

const general = {
  notAccount: ({ account }: Values<'account'>) =>
    `${account} is not a 12-digit account number; write one, or undefined`,

  notRegion: ({ region }: Values<'region'>) =>
    `${region} is not a region of AWS; write one such as ap-northeast-1, outside China and GovCloud`,

  notRetention: ({ days }: Values<'days'>) =>
    `${days} days is not a retention of CloudWatch Logs; write a RetentionDays, not INFINITE`,

  notRemovalPolicy: ({ value, policies }: Values<'value'> & Lists<'policies'>) =>
    `${value} is not ${[...policies, OFF].join(' or ')}`,

  notEnvironmentName: ({ name }: Values<'name'>) =>
    `${name} is not an environment's name; write lowercase letters and digits, a letter first`,

  reservedName: ({ name }: Values<'name'>) =>
    `${name} begins like the stacks that connect GitHub, delivery; choose another one`,

  /** @param resource - Resource that has the environment's name in its own. */
  nameTooLong: ({
    resource,
    name,
    length,
    limit,
  }: Values<'name' | 'length' | 'limit'> & { readonly resource: NamedResource }) =>
    `${NAMED_RESOURCES[resource]} ${name} has ${length} characters; AWS allows ${limit}, so shorten the environment's`,
};

/** Rules on several environments. */
const environments = {
  sameConfig: ({ name, other, file }: Values<'name' | 'other' | 'file'>) =>
    `${name} is the very config of ${other}; write one of its own, ${file}`,

  secondBudget: ({ other }: Values<'other'>) =>
    `the budget of ${other} counts this account's costs already; write undefined`,

  takenDomain: ({ domain, other }: Values<'domain' | 'other'>) =>
    `${domain} is the name of ${other} already; write another one, which DNS gives to one only`,

  /** @param other - Name of the zone in the other environment. */
  zoneOfAnotherName: ({ id, other, environment, zone }: Values<'id' | 'other' | 'environment' | 'zone'>) =>
    `${id} is the zone ${other} in ${environment}, and ${zone} here; write the id of ${zone}, as Route 53 shows it`,
};

const network = {
  notRange: ({ cidr }: Values<'cidr'>) =>
    `${cidr} is not an IPv4 range; write the network's first address and its length, as in 10.0.1.0/24`,

  sizeOutOfBounds: ({ cidr }: Values<'cidr'>) => `${cidr} is not between /16 and /28, the sizes that AWS allows`,

  notPrivate: ({ cidr, privateRanges }: Values<'cidr'> & Lists<'privateRanges'>) =>
    `${cidr} is not a private range; write one inside ${privateRanges.join(', ')}`,

  notOneSubnetPerZone: ({ subnets, zones }: Values<'subnets' | 'zones'>) =>
    `${subnets} for ${zones} availability zones; write one subnet per zone`,

  subnetTooSmall: ({ cidr, smallest }: Values<'cidr' | 'smallest'>) =>
    `${cidr} is too small; write a /${smallest} or larger, in which a load balancer finds its addresses`,

  tooFewZones: ({ zones }: Values<'zones'>) =>
    `${zones} is fewer than two zones; write two, which load balancer and DB subnet group need`,

  closedZone: ({ zone, region }: Values<'zone' | 'region'>) =>
    `${zone} is closed to accounts that do not use it already; write ${region}a, c or d`,

  unknownZone: ({ zone, region, letters }: Values<'zone' | 'region'> & Lists<'letters'>) =>
    `${zone} is not a zone of ${region}; write the region and one of ${letters.join(', ')}`,
};

const database = {
  notSnapshot: ({ snapshot }: Values<'snapshot'>) =>
    `${snapshot} is not a snapshot's name or ARN; write what aws rds describe-db-snapshots shows, or undefined`,

  snapshotElsewhere: ({ snapshot, elsewhere, region }: Values<'snapshot' | 'elsewhere' | 'region'>) =>
    `${snapshot} lies in ${elsewhere}, and RDS restores within a region; copy it to ${region} ` +
    '(aws rds copy-db-snapshot), and write the name of the copy',

  notClass: ({ instanceClass }: Values<'instanceClass'>) =>
    `${instanceClass} is not an instance class of RDS for PostgreSQL 15; write family and size, without db. in front, as ` +
    'in t4g.micro',

  notDatabaseName: ({ name }: Values<'name'>) =>
    `${name} is not allowed; begin with prooflink, and go on with up to 54 of a-z, 0-9 ` +
    'and _: RDS refuses words of SQL and names that PostgreSQL has already, such as db, user or postgres',

  notMajorVersion: ({ version, versions }: Values<'version'> & { readonly versions: readonly string[] }) =>
    `${version} is not a major version of PostgreSQL that the installed CDK knows (${versions.join(', ')}); write it alone, as in 15: ` +
    "a minor version would fail the deploys after RDS's own upgrade",

  replicaWithoutBackups:
    'database.backups.retention is off, and RDS replicates only an instance with backups; keep them, or make no replica here',

  replicaInOfficeHours:
    'officeHours stops the database, and RDS stops none that has a replica; write undefined, or make no replica here',

  restoreTestWithoutData:
    'keepData is off, and a stack with a vault of snapshots is not deleted; write undefined, or keep data',

  restoreTestInOfficeHours:
    'officeHours stops the database, and AWS Backup takes no snapshot of it then; write undefined',

  restoreTestInWindow: ({ time }: Values<'time'>) =>
    `${time} and two hours on meet database.backups.window or database.maintenanceWindow; write another time, as in 04:00`,

  maximumTooClose: ({ maximum, allocated, least }: Values<'maximum' | 'allocated' | 'least'>) =>
    `${maximum} GiB is not 10 % above the ${allocated} GiB allocated; write ${least} GiB or more, or undefined`,

  stripedWithout: ({ allocated, striped, min, max }: Values<'allocated' | 'striped' | 'min' | 'max'>) =>
    `undefined does not go with ${allocated} GiB: from ${striped} GiB on RDS refuses to grow storage ` +
    `without it; write ${min}, which costs nothing extra, or up to ${max}`,

  notStriped: ({ value, allocated, striped }: Values<'value' | 'allocated' | 'striped'>) =>
    `${value} does not go with ${allocated} GiB: it takes ${striped} GiB or more; write undefined`,

  tooMuchThroughput: ({ throughput, iops, most }: Values<'throughput' | 'iops' | 'most'>) =>
    `${throughput} MiB/s is more than a quarter of ${iops} IOPS; write ${most} or less, or more IOPS`,

  notWindow: ({ window, example }: Values<'window' | 'example'>) =>
    `${window} is not a window; write UTC times, as in ${example}`,

  windowLength: ({ window, minutes, shortest }: Values<'window' | 'minutes' | 'shortest'>) =>
    `${window} is ${minutes} minutes long; RDS takes ${shortest} minutes to 24 hours`,

  windowsOverlap: ({ window, field, other }: Values<'window' | 'field' | 'other'>) =>
    `${window} overlaps ${field}, ${other}; RDS wants them apart`,

  backupOutsideHours: ({ window, hours }: { readonly window: string; readonly hours: OfficeHours }) =>
    `${window} lies outside the office hours, when the database runs; ${withinHours(hours)}`,

  maintenanceOutsideHours: ({ window, hours }: { readonly window: string; readonly hours: OfficeHours }) =>
    `${window} lies outside the office hours, when the database runs; ${withinHours(hours)}, ` +
    (hours.onlyWeekdays ? 'Monday to Friday' : 'on any day'),
};

/** The hours in which the database runs, in UTC and in Japan. */
export interface OfficeHours extends Values<'fromUtc' | 'toUtc' | 'start' | 'stop'> {
  readonly onlyWeekdays: boolean;
}

function withinHours({ fromUtc, toUtc, start, stop }: OfficeHours): string {
  return `write one within ${fromUtc} to ${toUtc} UTC (${start} to ${stop} in Japan)`;
}

const fileStorage = {
  notOrigin: ({ origin }: Values<'origin'>) =>
    `${origin} is not an origin; write scheme, host and port only, as in https://app.example.com`,

  wildcardOrigin: ({ origin }: Values<'origin'>) =>
    `${origin} has a wildcard; an environment that keeps its data names each origin`,
};

const imageRegistry = {
  noImageToRollBack: '1 leaves no earlier image to roll back to; write 2 or more, as in 10',

  refuseWithoutScan:
    "no image is scanned while imageRegistry.scanOnPush is off, and each would be refused; write scanOnPush: 'on', or " +
    'undefined here',

  notVulnerabilityId: ({ id }: Values<'id'>) =>
    `${id} is not the id of a vulnerability; write one as \`release\` shows it, as in CVE-2026-12345`,

  notDate: ({ date }: Values<'date'>) => `${date} is not a date; write year, month and day, as in 2026-12-31`,

  noReasonToAccept: ({ why }: Values<'why'>) =>
    `${why} gives no reason; write why this environment can live with the finding until then`,
};

const loadBalancer = {
  redirectUnreachable:
    'Port 80 redirects to HTTPS (guide 9-2), but the security group admits 443 only (guide 2-1), so nobody reaches the ' +
    'redirect. To open it, add 80 to loadBalancer.openPorts.',

  entranceClosed: ({ ports, entrance }: Values<'ports' | 'entrance'>) =>
    `${ports} lacks ${entrance}, on which the application is reached; add it`,

  noRange: 'lists no range, so that nobody reaches the application; write 0.0.0.0/0 for everyone',

  notRange: ({ cidr }: Values<'cidr'>) =>
    `${cidr} is not an IPv4 range; write the first address and its length, /32 for a single one`,

  privateRange: ({ cidr }: Values<'cidr'>) =>
    `${cidr} is private, and everybody comes from the internet, with a public address; write that one's range`,

  noClientHas: ({ cidr }: Values<'cidr'>) =>
    `${cidr} is a range that no client on the internet has; write the public address of an office or a VPN, with its ` +
    'length',

  tooManyRules: ({ ranges, ports, rules, most }: Values<'ranges' | 'ports' | 'rules' | 'most'>) =>
    `${ranges} ranges on ${ports} open ports are ${rules} rules; a security group takes ${most}, so write fewer`,

  edgeWithDomain:
    'CloudFront takes a domain by a certificate of us-east-1, which would be another stack; write undefined here or in ' +
    'loadBalancer.domain',

  edgeWithFirewall:
    "the firewall counts by address, and all users would share CloudFront's; write undefined here or in " +
    'loadBalancer.firewall',

  edgeIsForEverybody: ({ ranges }: Values<'ranges'>) =>
    `${ranges} cannot hold, since CloudFront lets everybody in; write ['0.0.0.0/0'], or undefined in loadBalancer.edge`,

  edgeWithoutPrefixList: ({ region, regions }: Values<'region' | 'regions'>) =>
    `the addresses of CloudFront are known in ${regions}, not in ${region}; add the id that \`aws ec2 ` +
    'describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing ' +
    `--region ${region}\` prints to lib/config/origin-facing.ts`,

  notDomainName: ({ name }: Values<'name'>) =>
    `${name} is not a domain name; write lowercase letters, digits and hyphens, as in app.example.com`,

  outsideOfZone: ({ name, zone }: Values<'name' | 'zone'>) =>
    `${name} lies outside its zone, ${zone}; write a name that ends in the zone's`,

  nameTooLong: ({ name, length, longest }: Values<'name' | 'length' | 'longest'>) =>
    `${name} has ${length} characters; a certificate takes up to ${longest}`,

  notZoneId: ({ id }: Values<'id'>) =>
    `${id} is not the id of a hosted zone; write Z and capital letters and digits, as in Route 53`,

  signInsNotBelowRequests: ({ signIns, requests, example }: Values<'signIns' | 'requests' | 'example'>) =>
    `${signIns} is not below requestsPerAddress, ${requests}, which counts sign-ins, too; write less, as in ${example}`,
};

const webService = {
  minimumAboveMaximum: ({ minimum, maximum }: Values<'minimum' | 'maximum'>) =>
    `${minimum} is above maxCapacity, ${maximum}; write that or less`,

  notWord: ({ word }: Values<'word'>) => `${word} is not a word of a command; write plain text on one line`,

  noProgram: ({ command }: Values<'command'>) =>
    `${command} names no program; write a word each, as in ['npx', 'prisma', 'migrate', 'deploy']`,

  commandTooLong: ({ length, longest }: Values<'length' | 'longest'>) =>
    `it has ${length} characters of ${longest}; put a script into the image`,
};

const alarms = {
  graceTooLong: ({ seconds, longest }: Values<'seconds' | 'longest'>) =>
    `${seconds} seconds is longer than the alarm on unhealthy targets waits, which would roll the release back; write ` +
    `${longest} or less`,

  alarmNotAboveTarget: ({ percent, target }: Values<'percent' | 'target'>) =>
    `${percent} % is not above webService.tasks.targetCpuPercent, ${target}, at which scaling keeps the CPU; write more, ` +
    'as in 80',

  notSlackId: ({ id, example }: Values<'id' | 'example'>) =>
    `${id} is not an id of Slack; write one such as ${example}`,

  notBytes: ({ bytes }: Values<'bytes'>) => `${bytes} bytes is not a whole number of bytes above zero`,

  wholeDisk: ({ free, allocated }: Values<'free' | 'allocated'>) =>
    `${free} GiB is the whole disk or more, so that the alarm always fires; write ` +
    `less than database.allocatedStorage, ${allocated} GiB`,

  tooManyConnections: ({
    value,
    instanceClass,
    most,
    example,
  }: Values<'value' | 'instanceClass' | 'most' | 'example'>) =>
    `${value} is never exceeded: db.${instanceClass} takes ${most} connections; write fewer, as in ${example}`,
};

const userImport = {
  lessThanOneJob: ({ vCpus, ofOneJob }: Values<'vCpus' | 'ofOneJob'>) =>
    `${vCpus} is less than one job's ${ofOneJob} vCPU; write that or more`,

  notFileKey: ({ key }: Values<'key'>) =>
    `${key} is not a key below imports/; write one of letters, digits and . _ - / as in imports/users.csv`,
};

const otherTasks = {
  notName: ({ name }: Values<'name'>) =>
    `${name} is no name of a task; write up to 30 lower case letters, digits and -, beginning with a letter`,
};

const jobSchedule = {
  onWeekend: "every-day is not weekdays, the days on which the database runs; write 'weekdays'",

  noRoom: ({
    time,
    earliest,
    stop,
    minutes,
    timeoutName,
  }: Values<'time' | 'earliest' | 'stop' | 'minutes' | 'timeoutName'>) =>
    `${time} has no room: the database runs from ${earliest} to ${stop}, less than a job of ` +
    `${minutes} minutes; shorten ${timeoutName}`,

  databaseSleeps: ({ time, earliest, latest, minutes }: Values<'time' | 'earliest' | 'latest' | 'minutes'>) =>
    `${time} is while the database sleeps or wakes; write ${earliest} to ${latest}, so that a job of ` +
    `${minutes} minutes ends before it stops`,

  /**
   * @param minutes - Length of the job, at most.
   * @param from - Begin of the maintenance in Japan.
   * @param to - Its end there.
   */
  inMaintenance: ({
    time,
    minutes,
    maintenance,
    from,
    to,
    timeoutName,
  }: Values<'time' | 'minutes' | 'maintenance' | 'from' | 'to' | 'timeoutName'>) =>
    `a job of ${minutes} minutes from ${time} on may meet database.maintenanceWindow, ${maintenance} (${from} to ${to} in ` +
    `Japan), when RDS may restart the database; write another time, or shorten ${timeoutName}`,
};

/** Definitions that hold the settings of a container. */
const DEFINITIONS = {
  task: 'task definition of ECS',
  job: 'job definition of AWS Batch',
};

export type Definition = keyof typeof DEFINITIONS;

const settings = {
  alsoSecret: ({ name }: Values<'name'>) => `${name} is among the secrets, too; write it once`,

  notPlainText: ({ name, value }: Values<'name' | 'value'>) =>
    `${name} is ${value}; write plain text on one line, of 1 to 2048 characters`,

  notVariableName: ({ name }: Values<'name'>) =>
    `${name} is not a variable's name; write letters, digits and _, as in SMTP_HOST`,

  takenName: ({ name }: Values<'name'>) => `${name} is set by the stack or by AWS; take another name`,

  tooManySecrets: ({ count, labelCount, room }: Values<'count' | 'labelCount' | 'room'>) =>
    `the names of the environment's ${count} secrets take ${labelCount} staging labels of Secrets Manager, and there is ` +
    `room for ${room}, some 1,200 characters; shorten names, or put several values into one secret as JSON`,

  plainSecret: ({ name }: Values<'name'>) =>
    `${name} reads like a secret, and everybody can read it here; list its name in secrets, or write ` +
    "{ value: '…', notSecret: '<why everybody may read it>' }",

  noPublicReason: ({ name, reason }: Values<'name' | 'reason'>) =>
    `${name}, notSecret: ${reason} gives no reason; write why everybody may read it`,

  otherPort: ({ value, port }: Values<'value' | 'port'>) =>
    `PORT is ${value}; the load balancer asks port ${port} alone: write '${port}', or leave it out`,

  otherHostname: ({ value }: Values<'value'>) =>
    `HOSTNAME is ${value}, where the load balancer does not reach the server; write '0.0.0.0', or leave it out`,

  imagePath: 'PATH replaces that of the image, and no program is found any more; set it in the Dockerfile',

  noSecret: ({ name }: Values<'name'>) => `${name} is no secret; leave it out, or write it among the variables`,

  databaseVariableTaken: ({ name }: Values<'name'>) =>
    `${name} is databaseVariable, too; delete it here: the stack knows the value`,

  tooLarge: ({ bytes, definition, room }: Values<'bytes' | 'room'> & { readonly definition: Definition }) =>
    `its variables and secrets take ${bytes} bytes, and a ${DEFINITIONS[definition]} has room for ${room}; shorten them, or put long texts ` +
    'into the image or a file of the bucket',
};

const officeHours = {
  scaledTasks: ({ start, stop }: Values<'start' | 'stop'>) =>
    `${start} to ${stop} goes with tasks of mode 'fixed' only; write undefined`,

  startupTooShort: ({ minutes, shortest }: Values<'minutes' | 'shortest'>) =>
    `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} is too short: RDS takes minutes to hours to start; write ` +
    `${shortest} or more, as in 15`,

  stopTooLate: ({ stop, latest }: Values<'stop' | 'latest'>) => `${stop} is too late; write ${latest} or earlier`,

  stopBeforeStart: ({ stop, start, startupMinutes }: Values<'stop' | 'start' | 'startupMinutes'>) =>
    `${stop} is not after ${start} and the ${startupMinutes} minutes that the ` +
    'database takes to start; write a later time of the same day',
};

const delivery = {
  notLanguage: ({ language }: Values<'language'>) => `${language} is no language of the review; write en or ja`,

  noRole: ({ repository }: Values<'repository'>) =>
    `${repository} gets no role as long as repository is undefined; write both, or neither`,

  noneDelivered: 'none is true; write true for one, or undefined for the repository',

  noAccount: ({ name, file }: Values<'name' | 'file'>) =>
    `${name} is delivered and has no account; write its number into account of ${file}: GitHub's ` +
    'variables name the roles, and a role of another account is refused by it',

  notRepository: ({ name }: Values<'name'>) =>
    `${name} is not a repository; write owner/name or owner@1234/name@5678, as GitHub's tokens have it`,

  gitEnding: ({ name, repository }: Values<'name' | 'repository'>) =>
    `${name} ends in .git, which no repository of GitHub does; write ${repository}`,

  notProvider: ({ arn }: Values<'arn'>) =>
    `${arn} is not a provider of GitHub's tokens; write an ARN such as ` +
    'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com, or leave it out',

  secondProvider: ({ arn }: Values<'arn'>) =>
    `${arn} is a second one, and an account can have one; write the one of each account only`,

  providerElsewhere: ({ arn, owner, accounts }: Values<'arn' | 'owner'> & Lists<'accounts'>) =>
    `${arn} is of account ${owner}, and the environments of ${accounts.join(', ')}; leave it out`,
};

/** Sentences in English. */
export const en = {
  report,
  values,
  general,
  environments,
  network,
  database,
  fileStorage,
  imageRegistry,
  loadBalancer,
  webService,
  alarms,
  userImport,
  otherTasks,
  jobSchedule,
  settings,
  officeHours,
  delivery,
};

/** Sentences on a config, in the language of this process. */
export const words = wordsOf({ en, ja });

/** A message of a synth: the assembly has it, and is the same from a terminal of either language (docs/decisions/0021). */
export function inBothLanguages(sentence: (words: typeof en) => string): string {
  return `${sentence(en)}\n${sentence(ja)}`;
}
