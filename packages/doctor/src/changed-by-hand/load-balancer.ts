import { ElasticLoadBalancingV2, type Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { WAFV2 } from '@aws-sdk/client-wafv2';
import { readAll } from '@infra/operate/deployed/pages';
import type { Addition, ComparedResource, Comparison } from './comparison';

/** Comparison of the association of a web ACL with the load balancer. */
export const WEB_ACL_ASSOCIATION: Comparison = {
  expects: () => ({}),
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
};

/** Reads the rules of a listener that the template does not have. */
export async function readAddedListenerRules(compared: ComparedResource): Promise<Addition[]> {
  const { environment, physicalId, stackResources } = compared;
  const client = environment.client(ElasticLoadBalancingV2);
  const rules = await readAll(client.paginateDescribeRules({ ListenerArn: physicalId }), 'Rules');
  const arnsInStack = new Set(stackResources.map((resource) => resource.physicalId));
  const added = rules.filter(({ IsDefault, RuleArn = '' }) => !IsDefault && !arnsInStack.has(RuleArn));
  return added.map((rule) => ({
    property: 'Rules',
    text: ruleText(rule),
    fix: ['elbv2 delete-rule', { RuleArn: rule.RuleArn }],
  }));
}

/** A rule in short: `7: path-pattern /* → fixed-response 503`. */
function ruleText({ Priority = '', Conditions = [], Actions = [] }: Rule): string {
  const conditions = Conditions.map(({ Field = '', Values = [] }) => `${Field} ${Values.join(', ')}`);
  const actions = Actions.map(({ Type = '', FixedResponseConfig }) => {
    return `${Type} ${FixedResponseConfig?.StatusCode ?? ''}`.trim();
  });
  return `${Priority}: ${conditions.join(', ')} → ${actions.join(', ')}`;
}

/** Port of a health check about which the template is silent: that of the target. */
const PORT_OF_TARGET = 'traffic-port';

/** Reads the port that a target group's health check asks, if the template does not set one, and somebody did. */
export async function readAddedHealthCheckPort(compared: ComparedResource): Promise<Addition[]> {
  const { environment, physicalId, properties } = compared;
  const client = environment.client(ElasticLoadBalancingV2);
  const pages = client.paginateDescribeTargetGroups({ TargetGroupArns: [physicalId] });
  const [{ HealthCheckPort = PORT_OF_TARGET } = {}] = await readAll(pages, 'TargetGroups');
  if ('HealthCheckPort' in properties || HealthCheckPort === PORT_OF_TARGET) return [];
  return [
    {
      property: 'HealthCheckPort',
      text: HealthCheckPort,
      fix: ['elbv2 modify-target-group', { TargetGroupArn: physicalId, HealthCheckPort: PORT_OF_TARGET }],
    },
  ];
}
