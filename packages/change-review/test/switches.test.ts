import { resource, reviewResource } from './support/assemblies';

interface Attribute {
  readonly Key: string;
  readonly Value: string;
}

function loadBalancer(...attributes: readonly Attribute[]) {
  const other: Attribute = { Key: 'idle_timeout.timeout_seconds', Value: '60' };
  return resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { LoadBalancerAttributes: [other, ...attributes] });
}

const WITHOUT_ATTRIBUTES = resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Name: 'web' });

const LOAD_BALANCER_SWITCHES = [
  { title: 'deletion protection', key: 'deletion_protection.enabled', off: 'Deletion protection is turned off.' },
  { title: 'access logs', key: 'access_logs.s3.enabled', off: 'The current logs are no longer written' },
  {
    title: 'malformed headers',
    key: 'routing.http.drop_invalid_header_fields.enabled',
    off: 'Invalid headers of requests are no longer removed, and reach the targets.',
  },
];

describe.each(LOAD_BALANCER_SWITCHES)('a switch of a load balancer: $title', ({ key, off }) => {
  const on: Attribute = { Key: key, Value: 'true' };
  const setOff: Attribute = { Key: key, Value: 'false' };

  it.each([
    {
      title: 'is added to the list, on',
      before: loadBalancer(),
      after: loadBalancer(on),
    },
    {
      title: 'is written out, off as by default',
      before: loadBalancer(),
      after: loadBalancer(setOff),
    },
  ])('$title: nothing is weakened', ({ before, after }) => {
    const { stdout } = reviewResource(before, after);
    expect(stdout).not.toContain('⚠️');
  });

  it.each([
    {
      title: 'turns off',
      before: loadBalancer(on),
      after: loadBalancer(setOff),
    },
    {
      title: 'is removed with the list',
      before: loadBalancer(on),
      after: WITHOUT_ATTRIBUTES,
    },
  ])('$title: weakened', ({ before, after }) => {
    const { stdout } = reviewResource(before, after);
    expect(stdout).toContain('⚠️');
    expect(stdout).toContain(off);
  });
});

it('a switch that only AWS knows may turn off', () => {
  const unknown = { Key: 'access_logs.s3.enabled', Value: { Ref: 'AWS::AccountId' } as unknown as string };
  expect(reviewResource(loadBalancer(unknown), loadBalancer()).stdout).toContain('⚠️');
});

it('a list item is not judged by the key that identifies it', () => {
  const bucket = (...names: readonly string[]) =>
    resource('AWS::S3::Bucket', { Tags: names.map((name) => ({ Key: name, Value: 'x' })) });
  expect(reviewResource(bucket('A'), bucket('A', 'B')).stdout).toContain('nothing is opened or weakened');
});

it('the timeout of a function that had the default one is raised', () => {
  const lambda = (properties: object) => resource('AWS::Lambda::Function', { Role: 'r', ...properties });
  expect(reviewResource(lambda({}), lambda({ Timeout: 900 })).stdout).not.toContain('The code is stopped after');
  expect(reviewResource(lambda({}), lambda({ Timeout: 1 })).stdout).toContain(
    'The code is stopped after `1` seconds at most.',
  );
});

const COUNT = { Count: {} };
const AS_GROUP = { None: {} };

/** A web ACL that lets through what no rule matches. */
const webAcl = (...rules: readonly object[]) =>
  resource('AWS::WAFv2::WebACL', { DefaultAction: { Allow: {} }, Rules: rules });

/** A group of AWS's rules, of which these only count. */
const commonRules = (overrideAction: object, ...counting: readonly string[]) => ({
  Name: 'Common',
  OverrideAction: overrideAction,
  Statement: {
    ManagedRuleGroupStatement: {
      Name: 'AWSManagedRulesCommonRuleSet',
      RuleActionOverrides: counting.map((rule) => ({ Name: rule, ActionToUse: COUNT })),
    },
  },
});

const LETS_THROUGH = 'It no longer blocks the requests that match';

test.each([
  {
    title: 'a rule group counts instead of blocking',
    before: webAcl(commonRules(AS_GROUP)),
    after: webAcl(commonRules(COUNT)),
    says: `${LETS_THROUGH} (\`Rules[Common].OverrideAction.None\`)`,
  },
  {
    title: 'one more rule of a group only counts',
    before: webAcl(commonRules(AS_GROUP, 'SizeRestrictions_BODY')),
    after: webAcl(commonRules(AS_GROUP, 'SizeRestrictions_BODY', 'NoUserAgent_HEADER')),
    says: LETS_THROUGH,
  },
])('$title: opened or weakened', ({ before, after, says }) => {
  const { stdout } = reviewResource(before, after);
  expect(stdout).toContain('1 opened or weakened');
  expect(stdout).toContain(says);
});
