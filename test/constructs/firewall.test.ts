import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';
import { withField } from '../support/config';
import { testEnvironments } from '../support/environments';
import { synthesizeOther } from '../support/other-environment';

/** A rule of a web ACL in a template, as far as the tests read it. */
interface WebAclRule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: object;
  readonly OverrideAction?: object;
  readonly Statement: {
    readonly ManagedRuleGroupStatement?: { readonly Name: string; readonly RuleActionOverrides?: readonly unknown[] };
    readonly RateBasedStatement?: { readonly Limit: number; readonly ScopeDownStatement?: Statement };
  };
  readonly VisibilityConfig: { readonly SampledRequestsEnabled: boolean };
}

interface ByteMatch {
  readonly TextTransformations: readonly { readonly Type: string }[];
}

interface Statement {
  readonly AndStatement: { readonly Statements: readonly { readonly ByteMatchStatement: ByteMatch }[] };
}

/** Testlean blocks. */
const blocking = deployed('testlean');
const { deployed: counting } = synthesizeOther(
  withField(testEnvironments.testlean, 'loadBalancer.firewall.mode', 'count'),
);

/** The rules of the web ACL. */
function rulesOf(stack: typeof blocking): readonly WebAclRule[] {
  return stack.partAt(Part.firewall, 'Rules') as unknown as readonly WebAclRule[];
}

/** The rule with a name. */
function ruleOf(stack: typeof blocking, name: string): WebAclRule {
  const rule = rulesOf(stack).find(({ Name }) => Name === name);
  if (!rule) throw new Error(`no rule ${name}`);
  return rule;
}

const FIREWALL_PARTS = [Part.firewall, Part.firewallAssociation, Part.firewallLogGroup, Part.firewallLogging];

test.each(['dev', 'prod'] as const)('%s has none of it: the guide has no firewall', (environment) => {
  expect(FIREWALL_PARTS.filter((part) => deployed(environment).hasPart(part))).toEqual([]);
});

test('the web ACL is on the load balancer: on its own it looks at nothing', () => {
  const { properties } = blocking.part(Part.firewallAssociation);
  expect(properties).toEqual({ ResourceArn: 'prooflink-testlean-alb', WebACLArn: 'prooflink-testlean-firewall' });
  expect(blocking.partAt(Part.firewall, 'Scope')).toBe('REGIONAL');
});

test('a request that no rule matches reaches the application', () => {
  expect(blocking.partAt(Part.firewall, 'DefaultAction')).toEqual({ Allow: {} });
});

test.each([
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesCommonRuleSet' },
])('$name blocks in block, and only counts in count', ({ name }) => {
  expect(ruleOf(blocking, name)).toMatchObject({
    OverrideAction: { None: {} },
    Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: name } },
  });
  expect(ruleOf(counting, name)).toMatchObject({ OverrideAction: { Count: {} } });
});

test.each([
  { name: 'RequestsPerAddress', limit: 2_000 },
  { name: 'SignInsPerAddress', limit: 100 },
])('$name limits each address in five minutes: it blocks in block, and only counts in count', ({ name, limit }) => {
  expect(ruleOf(blocking, name)).toMatchObject({
    Action: { Block: {} },
    Statement: { RateBasedStatement: { Limit: limit, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } },
  });
  expect(ruleOf(counting, name)).toMatchObject({ Action: { Count: {} } });
});

test('the modes differ in nothing but what a rule does: the log of count shows what block would do', () => {
  const withoutActions = (stack: typeof blocking) =>
    rulesOf(stack).map(({ Name, Priority, Statement }) => ({ Name, Priority, Statement }));
  expect(withoutActions(counting)).toEqual(withoutActions(blocking));
});

test.each([
  { rule: 'SizeRestrictions_BODY', locksOut: 'uploads and imports, whose bodies are above 8 KB' },
  { rule: 'CrossSiteScripting_BODY', locksOut: 'uploads of files with markup' },
  { rule: 'GenericRFI_BODY', locksOut: 'sign-ins, which post a callbackUrl' },
  { rule: 'GenericRFI_QUERYARGUMENTS', locksOut: 'users whom Google sends back with scopes that are URLs' },
  { rule: 'SizeRestrictions_QUERYSTRING', locksOut: 'sign-ins with a long code, and searches in Japanese' },
  { rule: 'EC2MetaDataSSRF_QUERYARGUMENTS', locksOut: 'developers, whose callbackUrl is on localhost' },
  { rule: 'EC2MetaDataSSRF_COOKIE', locksOut: 'everyone with NextAuth’s cookie of a callbackUrl' },
])('$rule only counts in block, too: it would lock out $locksOut', ({ rule }) => {
  const { RuleActionOverrides = [] } =
    ruleOf(blocking, 'AWSManagedRulesCommonRuleSet').Statement.ManagedRuleGroupStatement ?? {};
  expect(RuleActionOverrides).toContainEqual({ Name: rule, ActionToUse: { Count: {} } });
});

test('no other rule of AWS is kept from blocking', () => {
  const overrides = rulesOf(blocking).flatMap(
    ({ Statement: { ManagedRuleGroupStatement } }) => ManagedRuleGroupStatement?.RuleActionOverrides ?? [],
  );
  expect(overrides).toHaveLength(7);
});

test('a sign-in is a POST below /api/auth/: open pages ask for their session with GET, again and again', () => {
  const { ScopeDownStatement } = ruleOf(blocking, 'SignInsPerAddress').Statement.RateBasedStatement ?? {};
  expect(ScopeDownStatement?.AndStatement.Statements).toEqual([
    expect.objectContaining({
      ByteMatchStatement: expect.objectContaining({
        FieldToMatch: { Method: {} },
        PositionalConstraint: 'EXACTLY',
        SearchString: 'POST',
      }) as object,
    }),
    {
      ByteMatchStatement: {
        FieldToMatch: { UriPath: {} },
        PositionalConstraint: 'STARTS_WITH',
        SearchString: '/api/auth/',
        TextTransformations: [
          { Priority: 0, Type: 'URL_DECODE' },
          { Priority: 1, Type: 'NORMALIZE_PATH' },
        ],
      },
    },
  ]);
});

/** Capacity units of AWS's groups, as their pages name them. */
const UNITS_OF_GROUPS: Readonly<Record<string, number>> = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesCommonRuleSet: 700,
};
const UNITS_OF_RATE = 2;
const UNITS_OF_BYTE_MATCH = 2;
const UNITS_OF_TRANSFORMATION = 10;

/** Capacity units of a rule. */
function unitsOf({ Statement: { ManagedRuleGroupStatement, RateBasedStatement } }: WebAclRule): number {
  if (ManagedRuleGroupStatement) return UNITS_OF_GROUPS[ManagedRuleGroupStatement.Name] ?? Infinity;
  const matches = RateBasedStatement?.ScopeDownStatement?.AndStatement.Statements ?? [];
  return matches.reduce((units, { ByteMatchStatement: { TextTransformations } }) => {
    const transformations = TextTransformations.filter(({ Type }) => Type !== 'NONE').length;
    return units + UNITS_OF_BYTE_MATCH + UNITS_OF_TRANSFORMATION * transformations;
  }, UNITS_OF_RATE);
}

test('its capacity is within the 1,500 units that the price of a request includes', () => {
  const units = rulesOf(blocking).reduce((sum, rule) => sum + unitsOf(rule), 0);
  expect(units).toBe(953);
});

describe('the log', () => {
  test('has a name by which AWS WAF finds it, and ends as the other logs do', () => {
    expect(blocking.part(Part.firewallLogGroup).properties).toMatchObject({
      LogGroupName: 'aws-waf-logs-prooflink-testlean',
      RetentionInDays: 3,
    });
  });

  test('is named by an ARN without the `:*` of its attribute', () => {
    const [destination] = blocking.partAt(Part.firewallLogging, 'LogDestinationConfigs') as string[];
    expect(destination).toMatch(/:log-group:aws-waf-logs-prooflink-testlean$/);
    expect(blocking.partAt(Part.firewallLogging, 'ResourceArn')).toBe('prooflink-testlean-firewall');
  });

  test('has no session, no password and no link of a sign-in in it, and neither has the console', () => {
    expect(blocking.partAt(Part.firewallLogging, 'RedactedFields')).toEqual([
      { SingleHeader: { Name: 'cookie' } },
      { SingleHeader: { Name: 'authorization' } },
      { QueryString: {} },
    ]);
    const sampled = rulesOf(blocking).filter(({ VisibilityConfig }) => VisibilityConfig.SampledRequestsEnabled);
    expect(sampled).toEqual([]);
    expect(blocking.partAt(Part.firewall, 'VisibilityConfig.SampledRequestsEnabled')).toBe(false);
  });

  test('has requests that a rule matched, and no others', () => {
    const filter = blocking.partAt(Part.firewallLogging, 'LoggingFilter');
    expect(filter).toMatchObject({ DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP' }] });
    const actions = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'];
    expect(filter).toMatchObject({
      Filters: [{ Conditions: actions.map((Action) => ({ ActionCondition: { Action } })) }],
    });
  });
});
