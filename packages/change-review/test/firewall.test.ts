import { reviewResource } from './support/assemblies';

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
