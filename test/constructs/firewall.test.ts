import { Match, Template } from 'aws-cdk-lib/assertions';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Firewall } from '../../lib/constructs/firewall';
import { ACCOUNT, importSecurityGroup, importVpc, names, newStack, REGION } from '../support/construct';

const WEB_ACL = 'AWS::WAFv2::WebACL';
const LOGGING = 'AWS::WAFv2::LoggingConfiguration';

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
  readonly Action?: object;
  readonly OverrideAction?: object;
  readonly Statement: {
    readonly ManagedRuleGroupStatement?: {
      readonly VendorName: string;
      readonly Name: string;
      readonly RuleActionOverrides?: readonly object[];
    };
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
  blocking.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
    ResourceArn: { Ref: loadBalancer },
    WebACLArn: { 'Fn::GetAtt': [webAcl, 'Arn'] },
  });
});

test('a request that no rule matches reaches the application', () => {
  // The other default would lock every user out.
  blocking.hasResourceProperties(WEB_ACL, { Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
});

/** Each rule with its order and action, and the group of AWS's rules that it is. */
function actionsOf(template: Template): string[] {
  return rulesOf(template).map(({ Name, Priority, Action, OverrideAction, Statement }) => {
    const { VendorName = '', Name: group = '' } = Statement.ManagedRuleGroupStatement ?? {};
    return [Priority, Name, ...Object.keys({ ...Action, ...OverrideAction }), VendorName, group].join(' ').trim();
  });
}

test('in the mode block each rule blocks, in this order', () => {
  // They take 953 capacity units (25 + 2 + 26 + 200 + 700): above 1,500 AWS WAF charges more for each request.
  expect(actionsOf(blocking)).toEqual([
    '0 AWSManagedRulesAmazonIpReputationList None AWS AWSManagedRulesAmazonIpReputationList',
    '1 RequestsPerAddress Block',
    '2 SignInsPerAddress Block',
    '3 AWSManagedRulesKnownBadInputsRuleSet None AWS AWSManagedRulesKnownBadInputsRuleSet',
    '4 AWSManagedRulesCommonRuleSet None AWS AWSManagedRulesCommonRuleSet',
  ]);
});

test('in the mode count each rule counts, and is the same otherwise', () => {
  // The log of count shows what block would block.
  expect(actionsOf(counting)).toEqual(actionsOf(blocking).map((rule) => rule.replace(/ (None|Block)/, ' Count')));
  expect(rulesOf(counting).map(({ Statement }) => Statement)).toEqual(
    rulesOf(blocking).map(({ Statement }) => Statement),
  );
});

test.each([
  { name: 'RequestsPerAddress', limit: 2_000 },
  { name: 'SignInsPerAddress', limit: 100 },
])('$name counts the requests of an address in five minutes', ({ name, limit }) => {
  const rate = Match.objectLike({ Limit: limit, AggregateKeyType: 'IP', EvaluationWindowSec: 300 });
  blocking.hasResourceProperties(WEB_ACL, withRule({ Name: name, Statement: { RateBasedStatement: rate } }));
});

test('rules of AWS that would lock out ProofLink’s own users only count, and every other rule blocks', () => {
  const overrides = rulesOf(blocking).flatMap(
    ({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? [],
  );
  const counted = [
    'SizeRestrictions_BODY', // Uploads and imports, whose bodies are above 8 KB.
    'CrossSiteScripting_BODY', // Uploads of files with markup.
    'GenericRFI_BODY', // Sign-ins, which post a callbackUrl.
    'GenericRFI_QUERYARGUMENTS', // Users whom Google sends back with scopes that are URLs.
    'SizeRestrictions_QUERYSTRING', // Sign-ins with a long code, and searches in Japanese.
    'EC2MetaDataSSRF_QUERYARGUMENTS', // Developers, whose callbackUrl is on localhost.
    'EC2MetaDataSSRF_COOKIE', // Everyone with NextAuth’s cookie of a callbackUrl.
  ];
  expect(overrides).toEqual(counted.map((rule) => ({ Name: rule, ActionToUse: { Count: {} } })));
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

test('each rule, and the web ACL as a whole, has a metric, and shows no sampled request in the console', () => {
  // `status` and `doctor` count by it the requests that the firewall blocks. AWS WAF would show a request with its cookies.
  const [webAcl] = Object.values(blocking.findResources(WEB_ACL));
  for (const { VisibilityConfig } of [webAcl?.['Properties'] as WebAclRule, ...rulesOf(blocking)]) {
    expect(VisibilityConfig).toMatchObject({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: false });
  }
});
