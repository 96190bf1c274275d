import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import { countText, type Lists, type Numbers, type Texts } from '@infra/common/words';

/** Sentences of the questions on the web service, in English. */
export const en = {
  https: {
    statement: 'People come over HTTPS',
    plainHttp: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName} speaks plain HTTP: passwords can be read on the way.`,
    chooseDomain: ({ environmentName }: Texts<'environmentName'>) =>
      `a name in a zone of this account, as loadBalancer.domain in lib/config/${environmentName}.ts`,
  },

  delegation: {
    statement: 'The internet asks the domain’s zone',
    /** @param publicServers - Name servers in public DNS; empty if it delegates the zone to none. */
    otherZone: ({ publicServers, zoneName, zoneId }: Lists<'publicServers'> & Texts<'zoneName' | 'zoneId'>) =>
      `The internet asks ${publicServers.join(', ') || 'nobody'} about ${zoneName}, and not the zone ${zoneId}.`,
    delegate: ({ zoneServers, environmentName }: Lists<'zoneServers'> & Texts<'environmentName'>) =>
      `at the registrar, the name servers ${zoneServers.join(', ')}; or, if another zone answers, ` +
      `loadBalancer.domain.hostedZoneId in lib/config/${environmentName}.ts`,
  },

  alias: {
    statement: 'The domain leads to the load balancer',
    /** @param target - Empty for a record with addresses. */
    leadsElsewhere: ({ domainName, target, loadBalancer }: Texts<'domainName' | 'target' | 'loadBalancer'>) =>
      `${domainName} leads to ${target || 'an address'}, and the load balancer is ${loadBalancer}.`,
    /** A record of another kind that leads to the load balancer. */
    isCname: ({ domainName, loadBalancer }: Texts<'domainName' | 'loadBalancer'>) =>
      `${domainName} is a CNAME record by hand, and no alias. It leads to ${loadBalancer}, and works.`,
    noRecord: ({ domainName, loadBalancer }: Texts<'domainName' | 'loadBalancer'>) =>
      `There is no A record ${domainName}, and the load balancer is ${loadBalancer}.`,
  },

  certificate: {
    statement: 'The certificate is issued',
    renewalStatement: 'ACM renews the certificate',
    renews: ({ domainName, endDate }: Texts<'domainName' | 'endDate'>) =>
      `The certificate of ${domainName} ends on ${endDate}, and ACM renews it before.`,
    notUsable: ({ domainName, status }: Texts<'domainName' | 'status'>) =>
      `The certificate of ${domainName} is ${status}.`,
    lateRenewal: ({ domainName, endDate }: Texts<'domainName' | 'endDate'>) =>
      `The certificate of ${domainName} ends on ${endDate}, and ACM has not renewed it, as it does weeks before.`,
    noValidationRecord: ({ recordName }: Texts<'recordName'>) =>
      `The record ${recordName} is not as ACM needs it: ACM will not renew the certificate.`,
    notRenewed: ({
      domainName,
      status,
      reason,
    }: Texts<'domainName' | 'status'> & { readonly reason: string | undefined }) =>
      `The renewal of the certificate of ${domainName} is ${status} (${reason ?? 'no reason given'}).`,
    addRecord: ({ recordName, value }: Texts<'recordName' | 'value'>) =>
      `the CNAME record ${recordName} with the value ${value}, in the zone that the internet asks: ACM looks for it`,
  },

  entrance: {
    statement: 'The load balancer lets people in',
    /** Traffic that security groups do not admit. */
    traffic: ({ port, range }: Numbers<'port'> & Texts<'range'>) => `port ${port} from ${range}`,
    closed: ({ securityGroups, traffic }: Texts<'securityGroups' | 'traffic'>) =>
      `The load balancer has the security group ${securityGroups}, which does not admit ${traffic}.`,
  },

  wayToTasks: {
    statement: 'The load balancer reaches the web tasks',
    /** @param blockage - A sentence without a period. */
    blocked: ({ blockage }: Texts<'blockage'>) => `${blockage}.`,
  },

  arrival: {
    statement: 'Users arrive, over HTTPS where there is a domain',
    answers: ({ url }: Texts<'url'>) => `${url} answers 200. A browser shows the rest.`,
    otherStatus: ({ url, status }: Texts<'url'> & Numbers<'status'>) => `${url} answers ${status}.`,
    lostRequest: ({ url }: Texts<'url'>) =>
      `${url} answers 502 first, and 200 when asked again: the application closes idle connections before the load balancer does.`,
    blockedByFirewall: ({ url }: Texts<'url'>) =>
      `${url} answers 403, and not the application but the load balancer does: its firewall blocked this request.`,
    readFirewallLog: ({ tailCommand }: Texts<'tailCommand'>) =>
      `the rule (terminatingRuleId): ${tailCommand}\nIf it is the wrong one: docs/firewall.md`,
    originUnreachable: ({ url, status }: Texts<'url'> & Numbers<'status'>) =>
      `${url} answers ${status}, and not the load balancer but CloudFront does: it does not reach the load balancer.`,
    unreachable: ({ url, reason }: Texts<'url' | 'reason'>) => `${url} cannot be reached from here: ${reason}`,
    admitsOthers: ({ url, reason, ranges }: Texts<'url' | 'reason'> & Lists<'ranges'>) =>
      `${url} cannot be reached from here: ${reason}. It admits ${ranges.join(', ')}: try it from there.`,
  },

  signIn: {
    statement: 'Auth.js answers, where the application has it',
    /** @param line - Line of its log; empty if there is none. */
    fails: ({ url, line }: Texts<'url' | 'line'>) => `${url} answers 500: no one can sign in. ${line}`.trim(),
  },

  lostRequests: {
    statement: 'The load balancer loses no request on its way to a task',
    lost: ({ lostCount }: Numbers<'lostCount'>) =>
      `Within a day the load balancer answered 502 to ${countText(lostCount, 'request')}, and the application did not. Unless ` +
      'a task ended then, it closes idle connections earlier than the load balancer.',
    keepConnections:
      'the application: its server has to read KEEP_ALIVE_TIMEOUT, as docs/application.md says of idle connections',
  },

  taskCount: {
    statement: 'Web tasks are wanted within their hours',
    fewer: ({ serviceName, desiredCount, minimum }: Texts<'serviceName'> & Numbers<'desiredCount' | 'minimum'>) =>
      `${serviceName} wants ${countText(desiredCount, 'web task')}, and not ${minimum} as lib/config says.`,
  },

  health: {
    statement: "ProofLink's image starts and becomes healthy",
    complete: (counts: WebCounts) => `${webCounts(counts)}.`,
    deploymentUnderway: (counts: WebCounts) => `A deployment is underway. ${webCounts(counts)}: ask again after it.`,
    noTaskListed: (counts: WebCounts) => `${webCounts(counts)}, and ECS lists no task: nothing of it runs here.`,
    /** Faults. */
    /** @param servingTags - Other versions, that serve. */
    deploymentFails: ({ imageTag, reason, servingTags }: Texts<'imageTag' | 'reason'> & Lists<'servingTags'>) =>
      `The deployment of ${imageTag} fails: ${reason}. ${servingTags.join(' and ') || 'Nothing else'} serves.`,
    otherVersion: ({ tagOfStack, imageTag }: Texts<'tagOfStack' | 'imageTag'>) =>
      `The stack wants ${tagOfStack}, and ${imageTag} runs.`,
    fewerTasks: ({ runningCount, desiredCount }: Numbers<'runningCount' | 'desiredCount'>) =>
      `${runningCount} of ${desiredCount} web tasks run.`,
    tasksEndAgain: (failures: TaskFailures) => `Web tasks end again and again: ${taskFailures(failures)}.`,
    /** Tasks that ended before those that run now. */
    tasksEnded: ({ failureCount, time, reason, ...counts }: WebCounts & TaskFailures) =>
      `${webCounts(counts)}. Before, ${taskFailures({ failureCount, time, reason })}.`,
    /** @param lines - Lines of the application's log. */
    lastLines: ({ lines }: Lists<'lines'>) => ['Its log ends with:', ...lines].join('\n  '),
    noTargetHealthy: ({ serviceName }: Texts<'serviceName'>) => `No target of ${serviceName} is healthy.`,
    targetsUnhealthy: ({ unhealthyCount, targetCount }: Numbers<'unhealthyCount' | 'targetCount'>) =>
      `${unhealthyCount} of ${targetCount} targets are not healthy.`,
    /** @param reasons - Texts of AWS. */
    faultWithReasons: ({ fault, reasons }: Texts<'fault'> & Lists<'reasons'>) => [fault, ...reasons].join(' '),
    ecsSays: ({ event }: Texts<'event'>) => `ECS says: ${event}`,
  },

  /** Likeliest causes of web tasks that fail, with the command that decides. */
  advice: {
    wait: 'wait: ECS tries again by itself',
    freeAddresses: ({ subnetsCommand }: Texts<'subnetsCommand'>) =>
      `the subnet has no free address. Free ones of each: ${subnetsCommand}\nThen “No free addresses” in docs/runbook.md`,
    linkedRole: ({ roleCommand, restartCommand }: Texts<'roleCommand' | 'restartCommand'>) =>
      `if the role of ECS is not there: ${roleCommand}\n` +
      `npm run prooflink -- prepare\n${restartCommand}\nMore: “A service-linked role that is gone” in docs/runbook.md`,
    diskSpace: ({ sizeCommand }: Texts<'sizeCommand'>) =>
      `a smaller image, or fewer files of the application: together they have 20 GiB. Compressed images: ${sizeCommand}`,
    connections: ({ metricCommand }: Texts<'metricCommand'>) =>
      'fewer connections of each task (the pool of the application), or a larger database.instanceType. If the database ' +
      `is at its limit, connections stay at one number: ${metricCommand}`,
    restart: ({ restartCommand }: Texts<'restartCommand'>) =>
      `what this reason names, unless it was for a moment; then: ${restartCommand}`,
    mustAnswer: ({ path, logCommand }: Texts<'path' | 'logCommand'>) =>
      `the application: it must answer GET ${path} with 200. Its log: ${logCommand}`,
    mustListen: ({ port, logCommand }: Numbers<'port'> & Texts<'logCommand'>) =>
      `the application: it must listen on port ${port} of 0.0.0.0. Its log: ${logCommand}`,
    answersLate: ({ metricCommand, logCommand }: Texts<'metricCommand' | 'logCommand'>) =>
      'the application answered before: a slow database is likelier than the application. It is, if its CPU is near 100 ' +
      `percent: ${metricCommand}\nOtherwise what the application waits for. Its log: ${logCommand}`,
    readLog: ({ logCommand }: Texts<'logCommand'>) => `what the application says. Its log: ${logCommand}`,
    databaseFirst: ({ remedy }: Texts<'remedy'>) => `the database first: ${remedy}`,
  },

  /** Fix for a container that ended for want of memory. */
  moreMemory: ({ environmentName, field }: Texts<'environmentName' | 'field'>) =>
    `raise ${field} in lib/config/${environmentName}.ts, and deploy`,

  migration: {
    statement: 'The version was migrated',
    isOlder: ({ servingTag, migratedTag }: MigratedVersions) =>
      `${servingTag} is older than ${migratedTag}, whose migration the database keeps.`,
    notKnown: ({ servingTag, migratedTag }: MigratedVersions) =>
      `It is not known whether ${servingTag} was migrated. Last migrated by a release: ${migratedTag || 'none'}.`,
    notListed: ({ startedTag }: Texts<'startedTag'>) =>
      `ECS lists no migration of ${startedTag}: it never began, or ended more than an hour ago.`,
    /** @param failure - Predicate of a sentence. */
    failed: ({ startedTag, failure }: Texts<'startedTag' | 'failure'>) => `The migration of ${startedTag} ${failure}.`,
    notDeployed: ({ startedTag }: Texts<'startedTag'>) =>
      `The migration of ${startedTag} ended with exit code 0, and stays, but ${startedTag} was not deployed.`,
    repairedVersion: ({ startedTag }: Texts<'startedTag'>) =>
      `if ${startedTag} failed, a repaired version under a new tag; nothing, if the version that serves is the right one`,
    /** @param migration - A sentence without a period, in lower case. */
    runs: ({ migration }: Texts<'migration'>) => `${capitalized(migration)}.`,
    isOverdue: ({ migration, minutes }: Texts<'migration'> & Numbers<'minutes'>) =>
      `${capitalized(migration)}, and may take ${countText(minutes, 'minute')}: its time limit did not stop it.`,
    wait: ({ stopCommand }: Texts<'stopCommand'>) => `its end; this ends it at once: ${stopCommand}`,
    failureChapter: '“A migration that failed” in docs/runbook.md',
  },
};

/** Sentences of the questions on the web service, in the language of this process. */
export const words = messagesOf({ en, ja });

/** Web tasks that ended within the last hour, though ECS was to run them. */
export interface TaskFailures {
  readonly failureCount: number;
  /** Moment and reason of the last end. */
  readonly time: string;
  readonly reason: string;
}

function taskFailures({ failureCount, time, reason }: TaskFailures): string {
  return `${countText(failureCount, 'task')} ended within the last hour, the last one at ${time} (${reason})`;
}

/** Numbers of tasks and targets of the version that the web service runs. */
export interface WebCounts {
  readonly imageTag: string;
  /** Family and revision of the task definition. */
  readonly taskDefinition: string;
  readonly runningCount: number;
  readonly desiredCount: number;
  readonly healthyCount: number;
  readonly targetCount: number;
}

function webCounts(counts: WebCounts): string {
  const { imageTag, taskDefinition, runningCount, desiredCount, healthyCount, targetCount } = counts;
  const tasks = `${runningCount} of ${desiredCount} tasks run`;
  const targets = `${healthyCount} of ${targetCount} targets healthy`;
  return `${imageTag} (${taskDefinition}): ${tasks}, ${targets}`;
}

interface MigratedVersions {
  /** Tag of the last migration that was deployed; empty before the first one. */
  readonly migratedTag: string;
  readonly servingTag: string;
}

/** A text whose first letter is a capital one. */
function capitalized(text: string): string {
  return text.replace(/[a-z]/, (letter) => letter.toUpperCase());
}
