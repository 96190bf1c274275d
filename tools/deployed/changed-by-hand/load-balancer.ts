import { ElasticLoadBalancingV2, type Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { WAFV2 } from '@aws-sdk/client-wafv2';
import { readAll } from '../pages';
import { words } from '../words';
import { type ComparedResource, type Comparison, EXISTENCE_ONLY, type Properties } from './comparison';

/** AWS's values of properties of a target group that the template does not set. */
const TARGET_GROUP_DEFAULTS: Properties = { HealthCheckPort: 'traffic-port' };

/**
 * Comparisons of what CloudFormation ignores in front of the web tasks: rules that were added to a listener, values about
 * which the template is silent, and the association of the firewall.
 */
export const LOAD_BALANCER_COMPARISONS: Readonly<Record<string, Comparison>> = {
  'AWS::ElasticLoadBalancingV2::Listener': {
    expects: () => ({ Rules: [] }),
    read: readAddedRules,
    fix: (_, { actual, difference }) => {
      // The listener was deleted. A deployment creates it again.
      if (!actual || !difference) return undefined;
      const { Rules, RuleArns } = actual as {
        readonly Rules: readonly unknown[];
        readonly RuleArns: readonly unknown[];
      };
      return ['elbv2 delete-rule', { RuleArn: RuleArns[Rules.indexOf(difference.actual)] }];
    },
  },

  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    expects: ({ properties }) => withoutSet(TARGET_GROUP_DEFAULTS, properties),
    read: async ({ environment, physicalId }) => {
      const client = environment.client(ElasticLoadBalancingV2);
      const [targetGroup] = await readAll(
        client.paginateDescribeTargetGroups({ TargetGroupArns: [physicalId] }),
        'TargetGroups',
      );
      return targetGroup && { ...TARGET_GROUP_DEFAULTS, ...targetGroup };
    },
    fix: ({ physicalId }, { actual, difference }) => {
      if (!actual || !difference) return undefined;
      const name = difference.path.slice(1);
      return ['elbv2 modify-target-group', { TargetGroupArn: physicalId, [name]: difference.expected }];
    },
  },

  'AWS::WAFv2::WebACLAssociation': {
    expects: EXISTENCE_ONLY,
    // Not GetWebACLForResource: AWS's ReadOnlyAccess, which the nightly drift has, lacks a right that it needs
    // (elasticloadbalancing:GetLoadBalancerWebACL).
    read: async ({ environment, properties: { ResourceArn, WebACLArn } }) => {
      const { ResourceArns = [] } = await environment.client(WAFV2).listResourcesForWebACL({
        WebACLArn,
        ResourceType: 'APPLICATION_LOAD_BALANCER',
      });
      return ResourceArns.includes(ResourceArn) ? { ResourceArn } : undefined;
    },
    // A load balancer has one web ACL: the command also replaces another one.
    fix: ({ properties: { ResourceArn, WebACLArn } }) => ['wafv2 associate-web-acl', { WebACLArn, ResourceArn }],
  },
};

/** The defaults but for the names that the template sets, which CloudFormation compares. */
function withoutSet(defaults: Properties, properties: Properties): Properties {
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => !(name in properties)));
}

/** Reads the rules of a listener that the template does not have: readable texts, and their ARNs in the same order. */
async function readAddedRules({ environment, physicalId, stackResources }: ComparedResource): Promise<Properties> {
  const client = environment.client(ElasticLoadBalancingV2);
  const rules = await readAll(client.paginateDescribeRules({ ListenerArn: physicalId }), 'Rules');
  const arnsInStack = new Set(stackResources.map((resource) => resource.physicalId));
  const added = rules.filter(({ IsDefault, RuleArn = '' }) => !IsDefault && !arnsInStack.has(RuleArn));
  return { Rules: added.map(ruleText), RuleArns: added.map(({ RuleArn }) => RuleArn) };
}

/** A rule as a person reads it. */
function ruleText({ Priority = '', Conditions = [], Actions = [] }: Rule): string {
  const conditions = Conditions.map(({ Field = '', Values = [] }) => ({ field: Field, values: Values }));
  const actions = Actions.map(({ Type = '', FixedResponseConfig }) => {
    return `${Type} ${FixedResponseConfig?.StatusCode ?? ''}`.trim();
  });
  return words.changedByHand.listenerRule({ priority: Priority, conditions, actions });
}
