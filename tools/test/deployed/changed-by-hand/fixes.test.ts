import { sentenceOf } from '../../../deployed/changed-by-hand/changed-by-hand';
import { findingsOn, IN_SYNC } from './findings';

const REGION = '--region ap-northeast-1';

describe('a route', () => {
  const ROUTE = {
    Route: {
      Type: 'AWS::EC2::Route',
      Properties: { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' },
    },
  };
  const options = `${REGION} --route-table-id rtb-1 --destination-cidr-block 0.0.0.0/0 --gateway-id igw-1`;

  it.each([
    {
      title: 'that was deleted is created: EC2 replaces only a route that exists',
      routes: [],
      command: 'create-route',
    },
    {
      title: 'that leads elsewhere is replaced: EC2 refuses to create a second one for the same addresses',
      routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-2' }],
      command: 'replace-route',
    },
  ])('$title', async ({ routes, command }) => {
    const { changes } = await findingsOn(
      ['Route'],
      { DescribeRouteTables: { RouteTables: [{ Routes: routes }] } },
      ROUTE,
    );
    expect(changes.map(({ fix }) => fix)).toEqual([`aws ec2 ${command} ${options}`]);
  });
});

describe('a VPC endpoint', () => {
  const ENDPOINT = {
    Endpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: { VpcId: 'vpc-1', ServiceName: 's3', RouteTableIds: ['rtb-1', 'rtb-2'], PolicyDocument: {} },
    },
  };
  const endpoint = { VpcEndpointId: 'vpce-1', State: 'available', PolicyDocument: '{}' };

  test('gets back the route table that was taken from it, and loses the one that was added: swapped, S3 is cut off', async () => {
    const { changes } = await findingsOn(
      ['Endpoint'],
      { DescribeVpcEndpoints: { VpcEndpoints: [{ ...endpoint, RouteTableIds: ['rtb-1', 'rtb-3'] }] } },
      ENDPOINT,
    );
    const options = '--vpc-endpoint-id vpce-1 --add-route-table-ids rtb-2 --remove-route-table-ids rtb-3';
    expect(changes.map(({ fix }) => fix)).toEqual([expect.stringContaining(options)]);
  });

  test('that is being deleted counts as deleted: EC2 lists it for a while, and modifies it no more', async () => {
    const { changes } = await findingsOn(
      ['Endpoint'],
      {
        DescribeVpcEndpoints: {
          VpcEndpoints: [{ ...endpoint, State: 'deleting', RouteTableIds: ['rtb-1', 'rtb-2'] }],
        },
      },
      ENDPOINT,
    );
    expect(changes.map(sentenceOf)).toEqual(['deleted by hand: AWS::EC2::VPCEndpoint']);
    expect(changes[0]?.fix).toMatch(/^aws ec2 create-vpc-endpoint /);
  });
});

describe('a firewall', () => {
  const LOAD_BALANCER = 'arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/web/1';
  const WEB_ACL = 'arn:aws:wafv2:ap-northeast-1:123456789012:regional/webacl/firewall/2';
  const ASSOCIATION = {
    Firewall: { Type: 'AWS::WAFv2::WebACL' },
    Association: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: { ResourceArn: LOAD_BALANCER, WebACLArn: { 'Fn::GetAtt': ['Firewall', 'Arn'] } },
    },
  };
  const physicalIds = { Firewall: 'firewall|2|REGIONAL' };

  it.each([
    { title: 'in front of the load balancer is as deployed', ResourceArns: ['arn:other', LOAD_BALANCER], fixes: [] },
    {
      title: 'that was taken off the load balancer is associated again: it looks at no request',
      ResourceArns: ['arn:other'],
      fixes: [`aws wafv2 associate-web-acl ${REGION} --web-acl-arn ${WEB_ACL} --resource-arn ${LOAD_BALANCER}`],
    },
  ])('$title', async ({ ResourceArns, fixes }) => {
    const listResources = (request: object) => {
      expect(request).toEqual({ WebACLArn: WEB_ACL, ResourceType: 'APPLICATION_LOAD_BALANCER' });
      return { ResourceArns };
    };
    const { changes, notCompared } = await findingsOn(
      ['Association'],
      { ListResourcesForWebACL: listResources },
      ASSOCIATION,
      { physicalIds },
    );
    expect(notCompared).toEqual([]);
    expect(changes.map(({ property, fix }) => ({ property, fix }))).toEqual(
      fixes.map((fix) => ({ property: '', fix })),
    );
  });
});

test('a mail of alarms that was unsubscribed is found although another one gets them, and subscribed again', async () => {
  const subscription = { TopicArn: 'topic', Protocol: 'email', Endpoint: 'team@example.com' };
  const { changes } = await findingsOn(
    ['Mail'],
    { ListSubscriptionsByTopic: { Subscriptions: [{ ...subscription, Endpoint: 'other@example.com' }] } },
    { Mail: { Type: 'AWS::SNS::Subscription', Properties: subscription } },
  );
  expect(changes.map(({ property, fix }) => ({ property, fix }))).toEqual([
    {
      property: '',
      fix: `aws sns subscribe ${REGION} --topic-arn topic --protocol email --notification-endpoint team@example.com`,
    },
  ]);
});

test('a bucket policy that was replaced, such as by one that opens the bucket, is found and put back', async () => {
  const policyWith = (effect: string) => ({ Statement: [{ Effect: effect, Action: 's3:*' }] });
  const { changes } = await findingsOn(
    ['Policy'],
    { GetBucketPolicy: { Policy: JSON.stringify(policyWith('Allow')) } },
    { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'files', PolicyDocument: policyWith('Deny') } } },
  );
  expect(changes.map(sentenceOf)).toEqual(['changed by hand: policy document statement effect `Deny` → `Allow`']);
  const policy = JSON.stringify(policyWith('Deny'));
  expect(changes[0]?.fix).toBe(`aws s3api put-bucket-policy ${REGION} --bucket files --policy '${policy}'`);
});

test('each rule that was added to a listener is deleted by its own ARN: another one would stay, and answer users', async () => {
  const rule = (priority: string) => ({
    Priority: priority,
    RuleArn: `rule-${priority}`,
    Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    Actions: [{ Type: 'fixed-response' }],
  });
  const { changes } = await findingsOn(
    ['Listener'],
    { ...IN_SYNC, DescribeRules: { Rules: [rule('7'), rule('8')] } },
    { Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener' } },
  );
  expect(changes.map(({ actual, fix }) => ({ actual, fix }))).toEqual([
    {
      actual: 'priority 7: path-pattern /* → fixed-response',
      fix: `aws elbv2 delete-rule ${REGION} --rule-arn rule-7`,
    },
    {
      actual: 'priority 8: path-pattern /* → fixed-response',
      fix: `aws elbv2 delete-rule ${REGION} --rule-arn rule-8`,
    },
  ]);
});

test('a secret that is scheduled for deletion is restored: at the end of its days it is lost, and no task starts', async () => {
  const { changes } = await findingsOn(
    ['Secret'],
    { DescribeSecret: { Description: 'Key of sessions', DeletedDate: new Date() } },
    { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Description: 'Key of sessions' } } },
  );
  expect(changes).toMatchObject([
    { property: '', fix: `aws secretsmanager restore-secret ${REGION} --secret-id secret` },
  ]);
});

describe('a job definition', () => {
  const ContainerProperties = { Image: 'import:v1' };
  const DEFINITION = {
    Import: { Type: 'AWS::Batch::JobDefinition', Properties: { Type: 'container', ContainerProperties } },
  };
  const physicalIds = { Import: 'arn:aws:batch:ap-northeast-1:123456789012:job-definition/import:1' };
  const revision = (number: number) => ({ revision: number, containerProperties: { image: 'import:v1' } });

  test('has an equal revision beside that of the stack: it is deregistered, since jobs run the newest, which no deployment updates', async () => {
    const { changes } = await findingsOn(
      ['Import'],
      { DescribeJobDefinitions: { jobDefinitions: [revision(1), revision(2)] } },
      DEFINITION,
      { physicalIds },
    );
    expect(changes.map(({ fix }) => fix)).toEqual([
      `aws batch deregister-job-definition ${REGION} --job-definition import:2`,
    ]);
  });

  test('whose revision was deregistered is as deployed with an equal one: no command brings the number back', async () => {
    const { changes } = await findingsOn(
      ['Import'],
      { DescribeJobDefinitions: { jobDefinitions: [revision(2)] } },
      DEFINITION,
      { physicalIds },
    );
    expect(changes).toEqual([]);
  });
});

test('rules that a template declares within a security group are left to CloudFormation: a command would revoke them', async () => {
  const ports = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
  const { changes } = await findingsOn(
    ['Group'],
    {
      ...IN_SYNC,
      DescribeSecurityGroups: {
        SecurityGroups: [{ IpPermissions: [{ ...ports, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] }],
      },
    },
    {
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { SecurityGroupIngress: [{ ...ports, CidrIp: '0.0.0.0/0' }] },
      },
    },
  );
  expect(changes).toEqual([]);
});
