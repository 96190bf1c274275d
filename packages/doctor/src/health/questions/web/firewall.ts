import { Part } from '@infra/commands/app';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { hasPart, physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { metricSum } from '@infra/operate/deployed/metrics';
import { type Answer, NOTHING_WRONG, personMustLook } from '../../answer';
import type { Question } from '../../question';
import { words } from './words';

/**
 * Question on requests that the firewall answered with 403: robots, or users whom a rule locks out, such as those who upload
 * a file (cds-snc/platform-forms-client, issue 434).
 */
export const FIREWALL: Question = {
  id: 'firewall',
  statement: words.firewall.statement,
  firstAskedBy: 'status',
  applies: (environment) =>
    environment.config.loadBalancer.firewall?.mode === 'block' && hasPart(environment, Part.firewall),
  ask: checkBlockedRequests,
};

const METRIC_HOURS = 24;

/** Value of the dimension `Rule` for all rules of a web ACL together. */
const ALL_RULES = 'ALL';

async function checkBlockedRequests(environment: Environment): Promise<Answer> {
  const { region } = environment;
  // <name>|<id>|REGIONAL; the metrics are called as the web ACL is (lib/constructs/firewall.ts).
  const [webAclName = ''] = physicalIdOf(environment, Part.firewall).split('|');
  const blockedCount = await metricSum(environment, METRIC_HOURS, {
    Namespace: 'AWS/WAFV2',
    MetricName: 'BlockedRequests',
    Dimensions: [
      { Name: 'WebACL', Value: webAclName },
      { Name: 'Region', Value: region },
      { Name: 'Rule', Value: ALL_RULES },
    ],
  });
  if (blockedCount === 0) return NOTHING_WRONG;
  const tailCommand = firewallLogCommand(environment, '1d');
  return personMustLook({
    says: words.firewall.blockedRequests({ blockedCount }),
    fix: words.firewall.readLog({ tailCommand }),
  });
}

/** Command that shows the firewall's log of a time such as `10m`. */
export function firewallLogCommand(environment: Environment, since: string): string {
  const logGroup = physicalIdOf(environment, Part.firewallLogGroup);
  return awsCommand(environment.region, 'logs tail', `${logGroup} --since ${since}`);
}
