import { WAFV2 } from '@aws-sdk/client-wafv2';
import { Account, type Resources } from './support/account';
import { logGroup } from './support/log-groups';

const account = Account.shared({ usedBefore: true });
const waf = new WAFV2(account.client);

const LOG_GROUP = 'aws-waf-logs-shop';
const visibility = { CloudWatchMetricsEnabled: true, MetricName: 'firewall', SampledRequestsEnabled: false };

/** Requests of users who sign in. */
const signIn = {
  ByteMatchStatement: {
    FieldToMatch: { UriPath: {} },
    PositionalConstraint: 'STARTS_WITH',
    SearchString: '/sign-in',
    TextTransformations: [{ Priority: 0, Type: 'NONE' }],
  },
};

/** A rule that lets an address sign in a number of times in five minutes. */
const rate = {
  Name: 'Rate',
  Priority: 0,
  Action: { Block: {} },
  Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 2000, ScopeDownStatement: signIn } },
  VisibilityConfig: visibility,
};

const subnetIn = (zone: string, cidr: string) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, AvailabilityZone: `ap-northeast-1${zone}`, CidrBlock: cidr },
});

/** A load balancer in two zones. */
const loadBalancer: Resources = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  SubnetA: subnetIn('a', '10.0.0.0/24'),
  SubnetC: subnetIn('c', '10.0.1.0/24'),
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Name: 'guarded', Scheme: 'internal', Subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetC' }] },
  },
};

/** A web ACL that logs to a group. */
const firewall: Resources = {
  Firewall: {
    Type: 'AWS::WAFv2::WebACL',
    Properties: {
      Name: LOG_GROUP,
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: visibility,
      Rules: [rate],
    },
  },
  Group: logGroup(LOG_GROUP),
  Logging: {
    Type: 'AWS::WAFv2::LoggingConfiguration',
    Properties: {
      ResourceArn: { 'Fn::GetAtt': ['Firewall', 'Arn'] },
      LogDestinationConfigs: [{ 'Fn::Sub': `arn:aws:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${Group}` }],
      RedactedFields: [{ SingleHeader: { Name: 'cookie' } }, { QueryString: {} }],
    },
  },
};

/** A web ACL in front of the load balancer. */
const guarded: Resources = {
  ...loadBalancer,
  ...firewall,
  Association: {
    Type: 'AWS::WAFv2::WebACLAssociation',
    Properties: { ResourceArn: { Ref: 'Balancer' }, WebACLArn: { 'Fn::GetAtt': ['Firewall', 'Arn'] } },
  },
};

async function driftStatus(logicalId: string): Promise<string | undefined> {
  const answer = await account.cloudFormation.detectStackResourceDrift({
    StackName: 'Guarded',
    LogicalResourceId: logicalId,
  });
  return answer.StackResourceDrift?.StackResourceDriftStatus;
}

const physicalId = (logicalId: string) => account.physicalId('Guarded', logicalId);

describe('a web ACL in front of a load balancer, with a log', () => {
  it('is created with its rules, and with the parts that its log redacts', async () => {
    await account.deploy('Guarded', guarded);
    expect(await driftStatus('Firewall')).toBe('IN_SYNC');
    expect(await physicalId('Logging')).toContain(':regional/webacl/aws-waf-logs-shop/');
  });

  it('gives way to another web ACL: a load balancer has one', async () => {
    const ResourceArn = await physicalId('Balancer');
    const { Summary: other } = await waf.createWebACL({
      Name: 'other',
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: visibility,
    });
    await waf.associateWebACL({ ResourceArn, WebACLArn: other?.ARN });
    expect(await waf.listResourcesForWebACL({ WebACLArn: await physicalId('Logging') })).toMatchObject({
      ResourceArns: [],
    });
    expect(await waf.listResourcesForWebACL({ WebACLArn: other?.ARN })).toMatchObject({ ResourceArns: [ResourceArn] });
  });

  it('is removed alone, and frees its name', async () => {
    expect(await account.update('Guarded', loadBalancer)).toBe('UPDATE_COMPLETE');
    expect(await account.update('Guarded', guarded)).toBe('UPDATE_COMPLETE');
  });
});
