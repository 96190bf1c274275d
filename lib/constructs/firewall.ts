import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { ArnFormat, Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FirewallConfig } from '../config/sections/load-balancer';
import type { ResourceNames } from '../config/names';
import { SIGN_IN_PATH } from '../contract';

export interface FirewallProps extends FirewallConfig {
  readonly names: ResourceNames;
  readonly loadBalancer: IApplicationLoadBalancer;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** The time over which AWS WAF counts the requests of an address. */
const EVALUATION_WINDOW = Duration.minutes(5);

/**
 * Rules of the common rule set that match what users of this application send. They only count in `block`, too, and stay in
 * the log. docs/firewall.md has the sources, and says how to let one block.
 */
const RULES_THAT_ONLY_COUNT = [
  // Bodies above 8 KB, which is all that AWS WAF sees of one behind a load balancer: each upload and each import.
  'SizeRestrictions_BODY',
  // Markup in a body: an uploaded file, or a text that users format.
  'CrossSiteScripting_BODY',
  // URLs in a body: NextAuth posts `callbackUrl` with each sign-in.
  'GenericRFI_BODY',
  // URLs in a query string: the scopes that Google adds when it sends users back from its sign-in.
  'GenericRFI_QUERYARGUMENTS',
  // Query strings above 2,048 bytes: long codes and states of sign-ins, and Japanese, with nine bytes a character.
  'SizeRestrictions_QUERYSTRING',
  // URLs with localhost in a query string: NextAuth's `callbackUrl` of a developer's machine.
  'EC2MetaDataSSRF_QUERYARGUMENTS',
  // The same in a cookie: NextAuth keeps `callbackUrl` in one, which the browser then sends with each request.
  'EC2MetaDataSSRF_COOKIE',
] as const;

/**
 * AWS WAF on the load balancer: AWS's managed rules, and a rate for each address. The guide has none. Capacity is 953 units of
 * the 1,500 that the price of a request includes.
 */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const { names, mode } = props;

    const webAcl = new CfnWebACL(this, 'WebAcl', {
      name: names.firewall,
      description: `Firewall of ${names.loadBalancer}`,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(names.firewall),
      // AWS WAF evaluates them in this order, and stops at the first one that blocks.
      rules: [
        managedRules(0, mode, 'AWSManagedRulesAmazonIpReputationList'),
        rateRule(1, mode, 'RequestsPerAddress', ratePerAddress(props.requestsPerAddress)),
        rateRule(2, mode, 'SignInsPerAddress', {
          ...ratePerAddress(props.signInsPerAddress),
          scopeDownStatement: isSignIn(),
        }),
        managedRules(3, mode, 'AWSManagedRulesKnownBadInputsRuleSet'),
        managedRules(4, mode, 'AWSManagedRulesCommonRuleSet', RULES_THAT_ONLY_COUNT),
      ],
    });
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: props.loadBalancer.loadBalancerArn,
      webAclArn: webAcl.attrArn,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: names.logGroups.firewall,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: webAcl.attrArn,
      logDestinationConfigs: [arnOf(logGroup)],
      // Requests that match no rule are most of the volume, and show nothing of the rules.
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } })),
          },
        ],
      },
      // A session, and the codes and tokens in the links of a sign-in, are as good as a password.
      redactedFields: [
        { singleHeader: { Name: 'cookie' } },
        { singleHeader: { Name: 'authorization' } },
        { queryString: {} },
      ],
    });
  }
}

/** A group of AWS's rules; in `count`, the group's decision to block a request is only logged. */
function managedRules(
  priority: number,
  mode: FirewallConfig['mode'],
  name: string,
  onlyCount: readonly string[] = [],
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: mode === 'block' ? { none: {} } : { count: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        // In `count`, too: the first rule that blocks ends its group, and would hide in the log those behind it.
        ruleActionOverrides:
          onlyCount.length > 0 ? onlyCount.map((rule) => ({ name: rule, actionToUse: { count: {} } })) : undefined,
      },
    },
    visibilityConfig: visibility(name),
  };
}

function rateRule(
  priority: number,
  mode: FirewallConfig['mode'],
  name: string,
  rateBasedStatement: CfnWebACL.RateBasedStatementProperty,
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    action: mode === 'block' ? { block: {} } : { count: {} },
    statement: { rateBasedStatement },
    visibilityConfig: visibility(name),
  };
}

/** Clients reach the load balancer directly, so that the address of the connection is the client's. */
function ratePerAddress(limit: number): CfnWebACL.RateBasedStatementProperty {
  return { limit, aggregateKeyType: 'IP', evaluationWindowSec: EVALUATION_WINDOW.toSeconds() };
}

/** Attempts to sign in. Each open page asks NextAuth for its session with GET, which is none. */
function isSignIn(): CfnWebACL.StatementProperty {
  return {
    andStatement: {
      statements: [
        {
          byteMatchStatement: {
            fieldToMatch: { method: {} },
            positionalConstraint: 'EXACTLY',
            searchString: 'POST',
            textTransformations: [{ priority: 0, type: 'NONE' }],
          },
        },
        {
          byteMatchStatement: {
            fieldToMatch: { uriPath: {} },
            positionalConstraint: 'STARTS_WITH',
            searchString: SIGN_IN_PATH,
            // Other spellings of the path reach the application, too.
            textTransformations: [
              { priority: 0, type: 'URL_DECODE' },
              { priority: 1, type: 'NORMALIZE_PATH' },
            ],
          },
        },
      ],
    },
  };
}

/** No sampled requests: they show in the console what the log redacts. */
function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}

/** ARN of a log group as AWS WAF documents it; the group's own attribute ends in `:*`. */
function arnOf(logGroup: LogGroup): string {
  return Stack.of(logGroup).formatArn({
    service: 'logs',
    resource: 'log-group',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    resourceName: logGroup.logGroupName,
  });
}
