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
  readonly VisibilityConfig: { readonly SampledRequestsEnabled: boolean; readonly CloudWatchMetricsEnabled: boolean };
}

interface ByteMatch {
  readonly TextTransformations: readonly { readonly Type: string }[];
}

interface Statement {
  readonly AndStatement: { readonly Statements: readonly { readonly ByteMatchStatement: ByteMatch }[] };
}

/** Testlean, the environment of the tests with a firewall, which blocks. */
const blocking = deployed('testlean');
/** Testlean with a firewall that only counts. */
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

test.each(['dev', 'prod'] as const)(
  '%s has no part of a firewall, which would cost 10 dollars a month: the guide has none',
  (environment) => {
    expect(FIREWALL_PARTS.filter((part) => deployed(environment).hasPart(part))).toEqual([]);
  },
);

test('the web ACL is associated with the load balancer: on its own it inspects no request', () => {
  // In a deployed stack of the tests, a resource's ARN is its name.
  const { properties } = blocking.part(Part.firewallAssociation);
  expect(properties).toEqual({ ResourceArn: 'prooflink-testlean-alb', WebACLArn: 'prooflink-testlean-firewall' });
  expect(blocking.partAt(Part.firewall, 'Scope')).toBe('REGIONAL');
});

test('a request that no rule matches reaches the application: the other default would lock every user out', () => {
  expect(blocking.partAt(Part.firewall, 'DefaultAction')).toEqual({ Allow: {} });
});

test.each([
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesCommonRuleSet' },
])('$name blocks in the mode block, and only counts in the mode count', ({ name }) => {
  expect(ruleOf(blocking, name)).toMatchObject({
    OverrideAction: { None: {} },
    Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: name } },
  });
  expect(ruleOf(counting, name)).toMatchObject({ OverrideAction: { Count: {} } });
});

test.each([
  { name: 'RequestsPerAddress', limit: 2_000 },
  { name: 'SignInsPerAddress', limit: 100 },
])(
  '$name is $limit of an address in five minutes: above it the mode block blocks, and count counts',
  ({ name, limit }) => {
    expect(ruleOf(blocking, name)).toMatchObject({
      Action: { Block: {} },
      Statement: { RateBasedStatement: { Limit: limit, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } },
    });
    expect(ruleOf(counting, name)).toMatchObject({ Action: { Count: {} } });
  },
);

test('the modes differ only in the actions of rules: the log of count shows what block would block', () => {
  const withoutActions = (stack: typeof blocking) =>
    rulesOf(stack).map(({ Name, Priority, Statement }) => ({ Name, Priority, Statement }));
  expect(withoutActions(counting)).toEqual(withoutActions(blocking));
});

/** Rules of AWS that would block ProofLink's own users. */
const COUNTED_RULES = [
  { rule: 'SizeRestrictions_BODY', locksOut: 'uploads and imports, whose bodies are above 8 KB' },
  { rule: 'CrossSiteScripting_BODY', locksOut: 'uploads of files with markup' },
  { rule: 'GenericRFI_BODY', locksOut: 'sign-ins, which post a callbackUrl' },
  { rule: 'GenericRFI_QUERYARGUMENTS', locksOut: 'users whom Google sends back with scopes that are URLs' },
  { rule: 'SizeRestrictions_QUERYSTRING', locksOut: 'sign-ins with a long code, and searches in Japanese' },
  { rule: 'EC2MetaDataSSRF_QUERYARGUMENTS', locksOut: 'developers, whose callbackUrl is on localhost' },
  { rule: 'EC2MetaDataSSRF_COOKIE', locksOut: 'everyone with NextAuth’s cookie of a callbackUrl' },
];

test.each(COUNTED_RULES)('$rule only counts in the mode block, too: it would lock out $locksOut', ({ rule }) => {
  const { ManagedRuleGroupStatement } = ruleOf(blocking, 'AWSManagedRulesCommonRuleSet').Statement;
  const override = { Name: rule, ActionToUse: { Count: {} } };
  expect(ManagedRuleGroupStatement?.RuleActionOverrides).toContainEqual(override);
});

test('every other rule of AWS blocks: one that only counts lets its attacks through', () => {
  const overrides = rulesOf(blocking).flatMap(
    ({ Statement: { ManagedRuleGroupStatement } }) => ManagedRuleGroupStatement?.RuleActionOverrides ?? [],
  );
  expect(overrides).toHaveLength(COUNTED_RULES.length);
});

test('only a POST below /api/auth/ counts as a sign-in: open pages GET their session there, again and again', () => {
  const { ScopeDownStatement } = ruleOf(blocking, 'SignInsPerAddress').Statement.RateBasedStatement ?? {};
  expect(ScopeDownStatement?.AndStatement.Statements).toEqual([
    expect.objectContaining({
      ByteMatchStatement: expect.objectContaining({
        FieldToMatch: { Method: {} },
        PositionalConstraint: 'EXACTLY',
        SearchString: 'POST',
        // AWS WAF refuses a match without one.
        TextTransformations: [{ Priority: 0, Type: 'NONE' }],
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

/** Web ACL capacity units (WCU) of AWS's rule groups, as the WAF Developer Guide lists them. */
const UNITS_OF_GROUPS: Readonly<Record<string, number>> = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesCommonRuleSet: 700,
};
/** WCU of a rate-based rule, of a string match in it, and of each text transformation of the match. */
const UNITS_OF_RATE = 2;
const UNITS_OF_BYTE_MATCH = 2;
const UNITS_OF_TRANSFORMATION = 10;

/** WCU of a rule. */
function unitsOf({ Statement: { ManagedRuleGroupStatement, RateBasedStatement } }: WebAclRule): number {
  if (ManagedRuleGroupStatement) return UNITS_OF_GROUPS[ManagedRuleGroupStatement.Name] ?? Infinity;
  const matches = RateBasedStatement?.ScopeDownStatement?.AndStatement.Statements ?? [];
  return matches.reduce((units, { ByteMatchStatement: { TextTransformations } }) => {
    const transformations = TextTransformations.filter(({ Type }) => Type !== 'NONE').length;
    return units + UNITS_OF_BYTE_MATCH + UNITS_OF_TRANSFORMATION * transformations;
  }, UNITS_OF_RATE);
}

test('the web ACL takes 953 capacity units: above 1,500 AWS WAF charges more for each request', () => {
  const units = rulesOf(blocking).reduce((sum, rule) => sum + unitsOf(rule), 0);
  expect(units).toBe(953);
});

describe('the log', () => {
  test('has a name that begins with aws-waf-logs-: AWS WAF refuses another log group', () => {
    expect(blocking.partAt(Part.firewallLogGroup, 'LogGroupName')).toBe('aws-waf-logs-prooflink-testlean');
  });

  test('is kept as long as the environment’s other logs', () => {
    const { logRetention } = testEnvironments.testlean;
    expect(blocking.partAt(Part.firewallLogGroup, 'RetentionInDays')).toBe(logRetention);
  });

  test('is named by an ARN as AWS WAF documents it: the attribute of the log group ends in `:*`', () => {
    const [destination] = blocking.partAt(Part.firewallLogging, 'LogDestinationConfigs') as string[];
    expect(destination).toMatch(/:log-group:aws-waf-logs-prooflink-testlean$/);
  });

  test('is that of the environment’s web ACL', () => {
    expect(blocking.partAt(Part.firewallLogging, 'ResourceArn')).toBe('prooflink-testlean-firewall');
  });

  test('has no session, no password and no link of a sign-in in it: who reads it could sign in as another user', () => {
    expect(blocking.partAt(Part.firewallLogging, 'RedactedFields')).toEqual([
      { SingleHeader: { Name: 'cookie' } },
      { SingleHeader: { Name: 'authorization' } },
      { QueryString: {} },
    ]);
  });

  test('has requests that a rule blocked or counted, and no others: they are most of the volume, which costs', () => {
    const filter = blocking.partAt(Part.firewallLogging, 'LoggingFilter');
    // EXCLUDED_AS_COUNT: a rule of a group that counts in place of the group's own action.
    const keptActions = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'];
    const Conditions = keptActions.map((Action) => ({ ActionCondition: { Action } }));
    expect(filter).toMatchObject({ DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Conditions }] });
  });
});

test('each rule has a metric: `status` and `doctor` count the requests that the firewall blocks by it', () => {
  const unmeasured = rulesOf(blocking).filter(({ VisibilityConfig }) => !VisibilityConfig.CloudWatchMetricsEnabled);
  expect(unmeasured).toEqual([]);
  expect(blocking.partAt(Part.firewall, 'VisibilityConfig.CloudWatchMetricsEnabled')).toBe(true);
});

describe('the console shows no sampled request, which AWS WAF would show with its cookies', () => {
  test('of a rule', () => {
    const sampled = rulesOf(blocking).filter(({ VisibilityConfig }) => VisibilityConfig.SampledRequestsEnabled);
    expect(sampled).toEqual([]);
  });

  test('of the default action', () => {
    expect(blocking.partAt(Part.firewall, 'VisibilityConfig.SampledRequestsEnabled')).toBe(false);
  });
});
