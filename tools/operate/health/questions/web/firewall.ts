import { Part } from '../../../../../lib/contract';
import type { Environment } from '../../../../deployed/environment';
import { type Answer, NOTHING_WRONG, personMustLook } from '../../answer';
import type { Question } from '../../question';
import { words } from './words';

/** Question on requests that the firewall answered with 403: robots, or users whom a rule locks out. */
export const FIREWALL: Question = {
  id: 'firewall',
  statement: words.firewall.statement(),
  firstAskedBy: 'status',
  applies: ({ config, hasPart }) => config.loadBalancer.firewall?.mode === 'block' && hasPart(Part.firewall),
  ask: checkBlockedRequests,
};

const METRIC_HOURS = 24;
const SECONDS_PER_HOUR = 3600;

/** Value of the dimension `Rule` for all rules of a web ACL together. */
const ALL_RULES = 'ALL';

async function checkBlockedRequests(environment: Environment): Promise<Answer> {
  const { region } = environment;
  // <name>|<id>|REGIONAL; the metrics are called as the web ACL is (lib/constructs/firewall.ts).
  const [webAclName = ''] = environment.physicalIdOf(Part.firewall).split('|');
  const hourlyCounts = await environment.metricValues(METRIC_HOURS, {
    Namespace: 'AWS/WAFV2',
    MetricName: 'BlockedRequests',
    Dimensions: [
      { Name: 'WebACL', Value: webAclName },
      { Name: 'Region', Value: region },
      { Name: 'Rule', Value: ALL_RULES },
    ],
    Stat: 'Sum',
    Period: SECONDS_PER_HOUR,
  });
  const blockedCount = hourlyCounts.reduce((sum, count) => sum + count, 0);
  if (blockedCount === 0) return NOTHING_WRONG;
  const tailCommand = firewallLogCommand(environment, '1d');
  return personMustLook({
    says: words.firewall.blockedRequests({ blockedCount }),
    fix: words.firewall.readLog({ tailCommand }),
  });
}

/** Command that shows the firewall's log of a time such as `10m`. */
export function firewallLogCommand({ physicalIdOf, region }: Environment, since: string): string {
  return `aws logs tail ${physicalIdOf(Part.firewallLogGroup)} --since ${since} --region ${region}`;
}
