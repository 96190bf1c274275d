import { Match, Template } from 'aws-cdk-lib/assertions';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Firewall } from '../../lib/constructs/firewall';
import { ACCOUNT, importSecurityGroup, importVpc, names, newStack, REGION } from '../support/construct';

const WEB_ACL = 'AWS::WAFv2::WebACL';
const LOGGING = 'AWS::WAFv2::LoggingConfiguration';
const COMMON_RULES = 'AWSManagedRulesCommonRuleSet';

function build(mode: 'block' | 'count'): Template {
  const stack = newStack();
  const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', {
    vpc: importVpc(stack),
    securityGroup: importSecurityGroup(stack),
  });
  new Firewall(stack, 'Firewall', {
    mode,
    requestsPerAddress: 2_000,
    signInsPerAddress: 100,
    names,
    loadBalancer,
    logRetention: RetentionDays.TWO_WEEKS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return Template.fromStack(stack);
}

const blocking = build('block');
const counting = build('count');

/** A rule of the web ACL, as far as the tests read it. */
interface WebAclRule {
  readonly Name: string;
  readonly Priority: number;
  readonly Statement: {
    readonly ManagedRuleGroupStatement?: { readonly RuleActionOverrides?: readonly object[] };
  };
  readonly VisibilityConfig: object;
}

function rulesOf(template: Template): readonly WebAclRule[] {
  const [webAcl] = Object.values(template.findResources(WEB_ACL));
  return (webAcl?.['Properties'] as { Rules: readonly WebAclRule[] }).Rules;
}

/** Properties of a web ACL that has a rule. */
function withRule(rule: Record<string, unknown>) {
  return { Rules: Match.arrayWith([Match.objectLike(rule)]) };
}

test('the web ACL is associated with the load balancer', () => {
  // On its own it inspects no request.
  const [loadBalancer] = Object.keys(blocking.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
  const [webAcl = ''] = Object.keys(blocking.findResources(WEB_ACL));
  blocking.hasResourceProperties(WEB_ACL, { Scope: 'REGIONAL' });
  blocking.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
    ResourceArn: { Ref: loadBalancer },
    WebACLArn: { 'Fn::GetAtt': [webAcl, 'Arn'] },
  });
});

test('a request that no rule matches reaches the application', () => {
  // The other default would lock every user out.
  blocking.hasResourceProperties(WEB_ACL, { DefaultAction: { Allow: {} } });
});

test.each(['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesKnownBadInputsRuleSet', COMMON_RULES])(
  '%s blocks in the mode block, and only counts in the mode count',
  (name) => {
    const Statement = Match.objectLike({
      ManagedRuleGroupStatement: Match.objectLike({ VendorName: 'AWS', Name: name }),
    });
    blocking.hasResourceProperties(WEB_ACL, withRule({ OverrideAction: { None: {} }, Statement }));
    counting.hasResourceProperties(WEB_ACL, withRule({ OverrideAction: { Count: {} }, Statement }));
  },
);

test.each([
  { name: 'RequestsPerAddress', limit: 2_000 },
  { name: 'SignInsPerAddress', limit: 100 },
])('$name blocks an address above its limit in five minutes, or counts', ({ name, limit }) => {
  const rate = Match.objectLike({ Limit: limit, AggregateKeyType: 'IP', EvaluationWindowSec: 300 });
  const rule = { Name: name, Statement: { RateBasedStatement: rate } };
  blocking.hasResourceProperties(WEB_ACL, withRule({ ...rule, Action: { Block: {} } }));
  counting.hasResourceProperties(WEB_ACL, withRule({ ...rule, Action: { Count: {} } }));
});

test('the modes differ only in the actions of rules', () => {
  // The log of count shows what block would block.
  const withoutActions = (template: Template) =>
    rulesOf(template).map(({ Name, Priority, Statement }) => ({ Name, Priority, Statement }));
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

/** Actions of AWS's rules that are other than the group's own. */
function overridesOf(template: Template) {
  return rulesOf(template).flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []);
}

test.each(COUNTED_RULES)('$rule only counts: it would lock out $locksOut', ({ rule }) => {
  // In the mode block, too.
  expect(overridesOf(blocking)).toContainEqual({ Name: rule, ActionToUse: { Count: {} } });
});

test('every other rule of AWS blocks', () => {
  // One that only counts lets its attacks through.
  expect(overridesOf(blocking)).toHaveLength(COUNTED_RULES.length);
});

test('only a POST below /api/auth/ counts as a sign-in, however its path is spelled', () => {
  // Open pages GET their session there, again and again.
  const method = Match.objectLike({
    FieldToMatch: { Method: {} },
    PositionalConstraint: 'EXACTLY',
    SearchString: 'POST',
    // AWS WAF refuses a match without one.
    TextTransformations: [{ Priority: 0, Type: 'NONE' }],
  });
  const path = Match.objectLike({
    FieldToMatch: { UriPath: {} },
    PositionalConstraint: 'STARTS_WITH',
    SearchString: '/api/auth/',
    TextTransformations: [
      { Priority: 0, Type: 'URL_DECODE' },
      { Priority: 1, Type: 'NORMALIZE_PATH' },
    ],
  });
  const isSignIn = { AndStatement: { Statements: [{ ByteMatchStatement: method }, { ByteMatchStatement: path }] } };
  const Statement = { RateBasedStatement: Match.objectLike({ ScopeDownStatement: isSignIn }) };
  blocking.hasResourceProperties(WEB_ACL, withRule({ Name: 'SignInsPerAddress', Statement }));
});

test('the web ACL has these rules alone, in this order', () => {
  // They take 953 capacity units (25 + 2 + 26 + 200 + 700): above 1,500 AWS WAF charges more for each request.
  expect(rulesOf(blocking).map(({ Name, Priority }) => `${Priority} ${Name}`)).toEqual([
    '0 AWSManagedRulesAmazonIpReputationList',
    '1 RequestsPerAddress',
    '2 SignInsPerAddress',
    '3 AWSManagedRulesKnownBadInputsRuleSet',
    '4 AWSManagedRulesCommonRuleSet',
  ]);
});

describe('the log', () => {
  test('has a name that begins with aws-waf-logs-, and an end', () => {
    // AWS WAF refuses another log group.
    blocking.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: 'aws-waf-logs-prooflink-test',
      RetentionInDays: 14,
    });
  });

  test('is that of the web ACL, and named by an ARN without `:*` at its end', () => {
    // AWS WAF documents it so; the log group's own attribute ends in `:*`.
    const [webAcl = ''] = Object.keys(blocking.findResources(WEB_ACL));
    const [logGroup] = Object.keys(blocking.findResources('AWS::Logs::LogGroup'));
    blocking.hasResourceProperties(LOGGING, {
      ResourceArn: { 'Fn::GetAtt': [webAcl, 'Arn'] },
      LogDestinationConfigs: [
        { 'Fn::Join': ['', [`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:`, { Ref: logGroup }]] },
      ],
    });
  });

  test('has no session, no password and no link of a sign-in in it', () => {
    // A reader of the log could sign in as another user.
    blocking.hasResourceProperties(LOGGING, {
      RedactedFields: [
        { SingleHeader: { Name: 'cookie' } },
        { SingleHeader: { Name: 'authorization' } },
        { QueryString: {} },
      ],
    });
  });

  test('has requests that a rule blocked or counted, and no others', () => {
    // The others are most of the volume, which costs. EXCLUDED_AS_COUNT: a rule of a group that only counts.
    const Conditions = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } }));
    blocking.hasResourceProperties(LOGGING, {
      LoggingFilter: { DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Conditions, Requirement: 'MEETS_ANY' }] },
    });
  });
});

describe('each rule, and the web ACL as a whole,', () => {
  const [webAcl] = Object.values(blocking.findResources(WEB_ACL));
  const visibilities = [webAcl?.['Properties'] as WebAclRule, ...rulesOf(blocking)].map((one) => one.VisibilityConfig);

  test('has a metric', () => {
    // `status` and `doctor` count by it the requests that the firewall blocks.
    for (const visibility of visibilities) expect(visibility).toHaveProperty('CloudWatchMetricsEnabled', true);
  });

  test('shows no sampled request in the console', () => {
    // AWS WAF would show it with its cookies.
    for (const visibility of visibilities) expect(visibility).toHaveProperty('SampledRequestsEnabled', false);
  });
});
