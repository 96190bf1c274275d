import { reviewResource, reviewStack } from './support/assemblies';

const BLOCK = { Block: {} };
const COUNT = { Count: {} };
const AS_GROUP = { None: {} };

/** A web ACL that lets through what no rule matches. */
const webAcl = (...rules: readonly object[]) => ({
  Type: 'AWS::WAFv2::WebACL',
  Properties: { Name: 'firewall', Scope: 'REGIONAL', DefaultAction: { Allow: {} }, Rules: rules },
});

/** A group of AWS's rules, of which these only count. */
const commonRules = (overrideAction: object, ...counting: readonly string[]) => ({
  Name: 'Common',
  Priority: 1,
  OverrideAction: overrideAction,
  Statement: {
    ManagedRuleGroupStatement: {
      Name: 'AWSManagedRulesCommonRuleSet',
      VendorName: 'AWS',
      RuleActionOverrides: counting.map((rule) => ({ Name: rule, ActionToUse: COUNT })),
    },
  },
});

/** A limit of the requests of an address. */
const rate = (limit: number, action: object) => ({
  Name: 'Rate',
  Priority: 0,
  Action: action,
  Statement: { RateBasedStatement: { Limit: limit, AggregateKeyType: 'IP' } },
});

const LETS_THROUGH = 'The firewall no longer blocks the requests that match';

test.each([
  {
    title: 'a rule group counts instead of blocking',
    before: webAcl(commonRules(AS_GROUP)),
    after: webAcl(commonRules(COUNT)),
    says: `${LETS_THROUGH} (\`Rules[Common].OverrideAction.None\`).`,
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

test.each([
  {
    title: 'a rule group blocks instead of counting',
    before: webAcl(commonRules(COUNT)),
    after: webAcl(commonRules(AS_GROUP)),
  },
  { title: 'a rate falls', before: webAcl(rate(200, BLOCK)), after: webAcl(rate(100, BLOCK)) },
  {
    title: 'one rule of a group blocks again',
    before: webAcl(commonRules(AS_GROUP, 'SizeRestrictions_BODY', 'NoUserAgent_HEADER')),
    after: webAcl(commonRules(AS_GROUP, 'SizeRestrictions_BODY')),
  },
])('$title: to check, since it may lock users out', ({ before, after }) => {
  const { stdout } = reviewResource(before, after);
  expect(stdout).toContain('1 to check');
  expect(stdout).toContain('The firewall blocks more requests');
});

test('a firewall that is added is looked at: it may block requests of users', () => {
  const association = {
    Type: 'AWS::WAFv2::WebACLAssociation',
    Properties: { ResourceArn: 'arn', WebACLArn: { 'Fn::GetAtt': ['Firewall', 'Arn'] } },
  };
  const resources = { Firewall: webAcl(rate(100, BLOCK)), Association: association };
  const { stdout } = reviewStack({}, { resources });
  expect(stdout).toContain('Requests pass a firewall from now on, which may block some.');
  expect(stdout).not.toContain('⚠️');
});
