import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import type { CostPart } from './bill';
import { formatQuantity } from './format-amounts';
import type { Range } from './range';

/** Texts of a sentence by their names. */
type Texts<Name extends string> = Readonly<Record<Name, string>>;

interface Count {
  readonly count: number;
}

/** Sentences on costs, in English. */
export const en = {
  /** Texts in the help of the command `cost`. */
  help: {
    summary: 'Estimates what environments cost in a month.',
    details:
      'Computed from the templates, from the dated prices in packages/cost/src/prices.json and from the usage that ' +
      'packages/cost/src/usage.ts assumes. What has no price is listed, and a sum that needs it is "?". No network but for --renew.',
    exitCodes: {
      0: 'estimated, or renewed',
      1: 'a price is missing, or could not be renewed',
      2: 'not known',
    },
    assembly: 'what "npx cdk synth -o" wrote; synthesized now unless given',
    json: 'everything, for programs',
    renew: "renews the prices from AWS's public price list, and adds what is missing",
  },

  /** Name of a part of the bill. */
  part: ({ part }: { readonly part: CostPart }): string => part,

  /** Output of `cost`. */
  total: ({ stackName, usd, yen }: Texts<'stackName' | 'usd' | 'yen'>) =>
    `${stackName}: USD ${usd}, ${yen} yen a month`,
  byTemplate: 'By its template:',
  byAssumedUsage: 'By the usage that packages/cost/src/usage.ts assumes:',
  columns: {
    part: 'Part',
    usage: 'What',
    usd: 'USD',
    yen: 'Yen',
  },
  /** Last row of a table. */
  together: 'together',
  missingCosts: 'Missing, so that the sum is unknown:',
  missingCost: ({ part, description, reason }: Texts<'part' | 'description' | 'reason'>) =>
    `${part}: ${description}. ${reason}`,
  /** A usage with its part, for a program. */
  usage: ({ part, description }: Texts<'part' | 'description'>) => `${part}: ${description}`,
  unpricedUsages: 'Not priced, and in no sum:',
  unpricedUsage: ({ description, reason }: Texts<'description' | 'reason'>) => `${description}. ${reason}`,
  freeTypes: ({ count }: Count) =>
    `${count} types of resources cost nothing by themselves; --json says which, and why.`,
  terms: ({
    regions,
    oldestDate,
    newestDate,
    yenPerDollar,
    hoursPerMonth,
  }: Texts<'oldestDate' | 'newestDate'> & {
    readonly regions: readonly string[];
    readonly yenPerDollar: number;
    readonly hoursPerMonth: number;
  }) =>
    `List prices of ${regions.join(', ')}, known from ${oldestDate} to ${newestDate}, without tax and without a free ` +
    `tier; USD 1 = ${yenPerDollar} yen; a month has ${hoursPerMonth} hours.`,
  unknownSum: ({ stackName, firstCost, furtherCount }: Texts<'stackName' | 'firstCost'> & FurtherCount) => {
    const sentence = `${stackName}: its sum is unknown, since a cost is missing. ${firstCost}`;
    return furtherCount > 0
      ? `${sentence} Missing costs besides: ${furtherCount}, which "npm run prooflink -- cost" lists.`
      : sentence;
  },
  oldPrices: ({ count, allCount, oldestDate }: Texts<'oldestDate'> & Count & { readonly allCount: number }) =>
    `${count} of ${allCount} prices are older than a year, the oldest of ${oldestDate}: ` +
    'renew them with "npm run prooflink -- cost --renew".',

  /** Tables of pages, and the sentence of the READMEs. */
  pages: {
    yenPerMonth: () => 'yen per month',
    guide: () => 'the guide, dev',
    /** The guide's total, as in the guide itself. */
    about: ({ amount }: Texts<'amount'>) => `about ${amount}`,
    chart: ({ environmentName, isUnknown }: Texts<'environmentName'> & { readonly isUnknown: boolean }) =>
      `${environmentName}: USD per month, with the fewest tasks` + (isUnknown ? ', without what has no price' : ''),
    sum: ({ environmentName, amount }: Texts<'environmentName' | 'amount'>) => `${amount} yen (${environmentName})`,
    sums: ({ ofEnvironments }: { readonly ofEnvironments: readonly string[] }) =>
      `A month costs ${ofEnvironments.join(' or ')}, by AWS's list prices`,
  },

  /** The app without a template to read. */
  notSynthesized: ({ output }: Texts<'output'>) => `The app cannot be synthesized:\n${output}`,
  noStack: ({ environmentName, stackName }: Texts<'environmentName' | 'stackName'>) =>
    `${environmentName}: the assembly has no stack ${stackName}. Synthesize it again.`,

  /** Output of `cost --renew`. */
  renewal: {
    renewed: ({ count, allCount, file }: Texts<'file'> & Count & { readonly allCount: number }) =>
      `${count} of ${allCount} prices renewed in ${file}. ` + '"npm run renew" renews the pages\' tables and charts.',
    none: 'No price could be renewed:',
    failure: ({ price, reason }: Texts<'price' | 'reason'>) => `${price}: ${reason}`,
    /** @param date - Date of the price that stays in the file. */
    failureOfOldPrice: ({ price, reason, date }: Texts<'price' | 'reason' | 'date'>) =>
      `${price}: ${reason} It stays as of ${date}.`,
    otherUnit: ({ listedUnit, unit }: Texts<'listedUnit' | 'unit'>) =>
      `the price list has it per "${listedUnit}", the file per "${unit}": check the quantity in packages/cost/src, ` +
      'then write the price into the file by hand.',
    answers: ({ url, status }: Texts<'url'> & { readonly status: number }) => `${url} answers ${status}.`,
    noPriceList: ({ url }: Texts<'url'>) => `${url} is no price list.`,
    notRead: ({ url, reason }: Texts<'url' | 'reason'>) => `${url} cannot be read: ${reason}.`,
    notListed: 'the price list has no such price.',
    ambiguous: 'the price list has several such prices: more attributes are needed to tell which.',
  },

  /** Reasons for which a cost is missing. */
  missing: {
    noQuantity: 'The template has no number of it.',
    noBillingCode: ({ region }: Texts<'region'>) =>
      `packages/cost/src/prices.json has no billing code of ${region}: add it to "billingCodes" ` +
      '(docs.aws.amazon.com/global-infrastructure/latest/regions/aws-region-billing-codes.html), ' +
      'then run "npm run prooflink -- cost --renew", which fetches its prices.',
    noPrice: ({ service, usageType }: Texts<'service' | 'usageType'>) =>
      `No price of ${service}'s ${usageType}: add it to packages/cost/src/prices.json with its unit, source and ` +
      'date, or run "npm run prooflink -- cost --renew", which fetches it.',
    unknownUnit: 'The unit of its price is not known yet: add its rate to a file *-costs.ts of packages/cost/src.',
    /** One usage, and several ones, of which prices.json has no price. */
    itHasNoPrice: 'It has no price in packages/cost/src/prices.json.',
    theyHaveNoPrice: 'They have no price in packages/cost/src/prices.json.',
  },

  /** Usages that no template measures. */
  unmeasured: {
    noUnitPrice: 'It has no price yet, which npm run prooflink -- cost --renew adds; how much, no template tells.',
    unitPrice: ({ usd, unit }: Texts<'usd' | 'unit'>) => `USD ${usd} per ${unit}; how much, no template tells.`,
    /** @param cost - Cost of the usual quantity. */
    usualCost: ({ usd, unit, quantity, cost }: Texts<'usd' | 'unit' | 'cost'> & { readonly quantity: Range }) =>
      `USD ${usd} per ${unit}; how much, no template tells, some ${quantity.from} to ${quantity.to}: USD ${cost}.`,
  },
  noAssumedUsage: 'Its usage is not assumed yet: add the environment to packages/cost/src/usage.ts.',
  unknownType: {
    usage: ({ type, count }: Texts<'type'> & Count) => `${type} (${count})`,
    reason:
      'An unknown type of resource: add what it costs to a file *-costs.ts of packages/cost/src, or, if it costs nothing by ' +
      'itself, the reason to its free-types.ts.',
  },
  /** Usage whose schedules cannot be read. */
  unreadableSchedule: {
    usage: ({ schedule }: Texts<'schedule'>) => `What ${schedule} saves`,
    reason: ({ resource }: Texts<'resource'>) =>
      `Its times or its target cannot be read; ${resource} is priced as if it always ran.`,
  },

  /** Reasons for which types of resources cost nothing by themselves. */
  free: {
    notCharged: () => 'AWS does not charge for it',
    partOfLoadBalancer: () => 'a part of the load balancer',
    partOfFirewall: () => 'a part of the firewall',
    runs: () => 'what runs by it costs',
    events: () => "AWS's own events are free, and so is a topic without messages",
    customResource: () => 'its function costs',
    /** A type that may cost, and does not in this stack: gateway endpoints, say. */
    asSetUp: () => 'as it is set up, nothing of it is charged',
  },

  database: {
    oneZone: () => 'one zone',
    twoZones: () => 'two zones',
    instance: ({ instanceClass, zones, hours }: Texts<'instanceClass' | 'zones' | 'hours'>) =>
      `${instanceClass}, ${zones}, ${hours} h`,
    storage: ({ size, type, zones }: Texts<'size' | 'type' | 'zones'>) => `${size} GB of ${type}, ${zones}`,
    growth: {
      usage: ({ size }: Texts<'size'>) => `RDS: storage beyond ${size} GB`,
      reason: ({ maximum }: { readonly maximum: number }) =>
        `It grows as needed, to ${maximum} GB, at the price of the storage.`,
    },
    iops: ({ excess, included, zones }: Texts<'excess' | 'included' | 'zones'>) =>
      `${excess} IOPS beyond ${included}, ${zones}`,
    throughput: ({ excess, included }: { readonly excess: number; readonly included: number }) =>
      `${excess} MiB/s beyond ${included}`,
    backups: {
      usage: 'RDS: backups beyond the size of the storage',
      reason: 'Up to it they are said to be free; how large they get, no template tells.',
    },
    keptBackups: ({ days }: Texts<'days'>) =>
      `RDS: automated backups, for up to ${days} days once the database is deleted`,
    burstCpu: {
      usage: "RDS: CPU beyond the class's baseline",
      reason: 'Paid per vCPU-hour; the load, no template tells.',
    },
    performanceInsights: {
      usage: 'Performance Insights',
      reason: 'More than seven days have no price in packages/cost/src/prices.json.',
    },
  },

  domain: {
    existingZones: ({ count }: Count) => `the domain's hosted zone, made before: ${count}`,
    queries: {
      usage: 'Route 53: queries',
      reason: 'Those of aliases to AWS are free, others are paid by the million.',
    },
    zones: ({ count }: Count) => `hosted zones: ${count}`,
  },

  fargate: {
    unknownTasks: 'Only services with a number of tasks and launch type FARGATE are priced.',
    tasks: ({ tasks, size, hours }: Tasks & Texts<'size' | 'hours'>) => `${tasksText(tasks)}: ${size}, ${hours} h`,
    moreStorage: 'more than 20 GB of storage',
    addresses: ({ tasks, hours }: Tasks & Texts<'hours'>) => `one per task: ${tasksText(tasks)}, ${hours} h`,
    dataBetweenZones: 'Data between zones, in each direction',
    jobs: ({ size, hours }: Texts<'size' | 'hours'>) => `${hours} h of jobs: ${size}`,
    addressesOfJobs: ({ hours }: Texts<'hours'>) => `one per job, ${hours} h`,
    /** Sizes of a task or a job. */
    vcpus: ({ vcpus, processor }: Texts<'processor'> & { readonly vcpus: number }) => `${vcpus} vCPU (${processor})`,
    memory: ({ gigabytes }: { readonly gigabytes: number }) => `${gigabytes} GB`,
  },

  firewall: {
    unknownRules: 'Only web ACLs with a list of rules are priced.',
    webAcl: 'web ACL',
    rules: ({ count }: Count) => `${count} rules`,
    requests: 'Firewall: requests that it inspects',
  },

  lambda: {
    duration: ({ gigabyteSeconds }: Texts<'gigabyteSeconds'>) => `${gigabyteSeconds} GB-seconds`,
    calls: ({ calls }: Texts<'calls'>) => `${calls} calls`,
  },

  monitoring: {
    logsIn: ({ gigabytes }: Texts<'gigabytes'>) => `${gigabytes} GB in`,
    logsKept: ({ days }: { readonly days: number }) => `kept for ${days} days`,
    logsKeptForEver: {
      usage: 'Logs: kept',
      reason: 'A log group keeps its logs for ever, so that no month costs what the next one does.',
    },
    highResolution: ({ count }: Count) => `alarms of high resolution: ${count}`,
    metrics: ({ alarmCount, metricCount }: { readonly alarmCount: number; readonly metricCount: number }) =>
      `metrics of ${alarmCount} alarms: ${metricCount}`,
    scalingAlarms: ({ count }: Count) => `alarms that scaling makes: ${count}`,
    dashboards: ({ count }: Count) => `dashboards: ${count}`,
    otherMessages: 'SNS: other messages than mail',
    mails: ({ mails }: Texts<'mails'>) => `${mails} mails`,
    containerInsights: () => 'Container Insights',
    enhancedInsights: () => 'Paid per metric, of which AWS makes more with each task and container.',
  },

  network: {
    otherLoadBalancer: ({ type }: Texts<'type'>) =>
      `Of type ${type}, which has no price in packages/cost/src/prices.json.`,
    loadBalancerHours: ({ hours }: Hours) => `${hours} h`,
    capacityUnits: ({ count }: Count) => `${formatQuantity(count)} capacity ${count === 1 ? 'unit' : 'units'} (LCU)`,
    addressesOfLoadBalancer: ({ zones }: Zones) => `one per zone of the load balancer: ${zones}`,
    dataOut: ({ gigabytes }: Texts<'gigabytes'>) => `${gigabytes} GB to users`,
    natGateways: ({ count, hours }: Count & Hours) => `${count}, ${hours} h`,
    natGatewayData: () => 'NAT gateway: data through it',
    elasticAddresses: ({ count }: Count) => `elastic: ${count}`,
    otherEndpoint: 'Only interface endpoints with subnets are priced.',
    endpoint: ({ name, zones }: Texts<'name'> & Zones) => `${name}, zones: ${zones}`,
    endpointData: ({ name }: Texts<'name'>) => `VPC endpoints: data through ${name}`,
  },

  schedules: {
    usage: ({ count }: Count) => `Schedules: ${count}`,
    reason: "Tokyo's price was not found; in us-east-1, 14 million calls per month are free.",
    automations: ({ count }: Texts<'count'>) => `Systems Manager: ${count} automations`,
    unknownAutomations: 'Systems Manager: an unknown number of automations',
    reasonForAutomations: 'Paid by the step; neither the price nor the number of steps in AWS’s documents was found.',
  },

  secrets: {
    secrets: ({ count }: Count) => `${count}`,
    reads: ({ reads }: Texts<'reads'>) => `${reads} reads`,
    keys: ({ count }: Count) => `${count} keys`,
    keyRequests: 'KMS: requests',
  },

  storage: {
    gigabytes: ({ gigabytes }: Texts<'gigabytes'>) => `${gigabytes} GB`,
    writes: ({ writes }: Texts<'writes'>) => `${writes} writes`,
    reads: ({ reads }: Texts<'reads'>) => `${reads} reads`,
    oldVersions: ({ days }: { readonly days: number }) => `S3: old versions of files, kept for ${days} days`,
    oldVersionsForEver: 'S3: old versions of files, kept for ever',
  },
};

/** Sentences on costs, in the language of this process. */
export const words = messagesOf({ en, ja });

/** Sentences on costs in one language. */
export type CostWords = typeof en;

interface FurtherCount {
  readonly furtherCount: number;
}

interface Hours {
  readonly hours: number;
}

interface Tasks {
  readonly tasks: Range;
}

interface Zones {
  readonly zones: number;
}

function tasksText({ from, to }: Range): string {
  const number = from === to ? formatQuantity(from) : `${formatQuantity(from)} to ${formatQuantity(to)}`;
  return `${number} ${to === 1 ? 'task' : 'tasks'}`;
}
