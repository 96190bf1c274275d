import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { Route53 } from '@aws-sdk/client-route-53';
import { ACM } from '@aws-sdk/client-acm';
import { prod as config } from '@infra/testing/configs';
import { Part, type StackPart } from '@infra/commands/app';
import { allPhysicalIds, physicalIdOf, readStack } from '@infra/operate/deployed/deployed-stack';
import { ask } from './breaking';
import { batch, ec2, ecs, s3, secrets, sns, waf } from '../health/clients';
import { runFix } from '../health/run-fix';
import { handCases } from './hand-cases';
import { SETTING, startProd } from './running-prod';

let prod: Awaited<ReturnType<typeof startProd>>;

beforeAll(async () => {
  prod = await startProd();
  await setSetting('{"SMTP_PASSWORD":"a password"}');
}, 240_000);

afterAll(async () => {
  await prod.stop();
});

const doctor = () => ask('doctor', {}, 'prod');
const idOf = async (part: StackPart) => physicalIdOf(await readStack('prod'), part);

async function setSetting(SecretString: string): Promise<void> {
  await secrets.putSecretValue({ SecretId: await idOf(Part.settingsSecret), SecretString });
}

const route53 = new Route53({});
const { hostedZoneId: HostedZoneId = '', domainName = '' } = config.loadBalancer.domain ?? {};

/** Deletes a record of the zone by hand. */
async function deleteRecord(recordName: string, recordType: 'A' | 'CNAME'): Promise<void> {
  const { ResourceRecordSets = [] } = await route53.listResourceRecordSets({ HostedZoneId });
  const record = ResourceRecordSets.find(({ Name, Type }) => Name === recordName && Type === recordType);
  if (!record) throw new Error(`There is no record ${recordName}`);
  await route53.changeResourceRecordSets({
    HostedZoneId,
    ChangeBatch: { Changes: [{ Action: 'DELETE', ResourceRecordSet: record }] },
  });
}

async function deleteValidationRecord(): Promise<void> {
  const { Certificate } = await new ACM({}).describeCertificate({ CertificateArn: await idOf(Part.certificate) });
  await deleteRecord(Certificate?.DomainValidationOptions?.[0]?.ResourceRecord?.Name ?? '', 'CNAME');
}

async function denyAnswers(): Promise<void> {
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({
    Filters: [{ Name: 'vpc-id', Values: [await idOf(Part.vpc)] }],
  });
  await ec2.createNetworkAclEntry({
    NetworkAclId: NetworkAcls[0]?.NetworkAclId,
    RuleNumber: 50,
    Egress: false,
    Protocol: '6',
    PortRange: { From: 1024, To: 65535 },
    RuleAction: 'deny',
    CidrBlock: '0.0.0.0/0',
  });
}

/** Gives the first public subnet a network ACL that somebody has just created. */
async function giveNetworkAcl(): Promise<void> {
  const VpcId = await idOf(Part.vpc);
  const [range] = config.network.publicSubnets;
  const ofVpc = [{ Name: 'vpc-id', Values: [VpcId] }];
  const { Subnets = [] } = await ec2.describeSubnets({ Filters: ofVpc });
  const SubnetId = Subnets.find(({ CidrBlock }) => CidrBlock === range?.cidr)?.SubnetId;
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({ Filters: ofVpc });
  const associations = NetworkAcls.flatMap(({ Associations = [] }) => Associations);
  const ofSubnet = associations.find((association) => association.SubnetId === SubnetId);
  const { NetworkAcl } = await ec2.createNetworkAcl({ VpcId });
  await ec2.replaceNetworkAclAssociation({
    AssociationId: ofSubnet?.NetworkAclAssociationId,
    NetworkAclId: NetworkAcl?.NetworkAclId,
  });
}

async function deleteQueue(): Promise<void> {
  const jobQueue = await idOf(Part.jobQueue);
  await batch.updateJobQueue({ jobQueue, state: 'DISABLED' });
  await batch.deleteJobQueue({ jobQueue });
}

/** Schedules a rotation of the master secret by hand, by any function. */
async function rotateByHand(): Promise<void> {
  const functions = allPhysicalIds(await readStack('prod'), 'AWS::Lambda::Function');
  await secrets.rotateSecret({
    SecretId: await idOf(Part.masterSecret),
    RotationLambdaARN: `arn:aws:lambda:ap-northeast-1:123456789012:function:${functions.at(-1) ?? ''}`,
    RotationRules: { AutomaticallyAfterDays: 30 },
    RotateImmediately: false,
  });
}

async function deleteToolkit(): Promise<void> {
  const cloudFormation = new CloudFormation({});
  const StackName = 'CDKToolkit';
  await cloudFormation.deleteStack({ StackName });
  await cloudFormation.waitUntilStackDeleteComplete({ StackName }, { maxWaitTime: 60, minDelay: 1 });
}

/** A fault of prod, with the question that names the fault. */
interface ProdFault {
  readonly title: string;
  readonly breakIt: () => Promise<unknown>;
  readonly id: string;
  readonly says: RegExp;
  readonly fix: RegExp;
}

const FAULTS: readonly ProdFault[] = [
  {
    title: 'the record of the domain was deleted',
    breakIt: () => deleteRecord(`${domainName}.`, 'A'),
    id: 'alias',
    says: /^There is no A record prooflink\.example\.com, and the load balancer is /,
    fix: /^aws route53 change-resource-record-sets /,
  },
  {
    title: 'the record of ACM was deleted',
    breakIt: deleteValidationRecord,
    id: 'certificate-renewal',
    says: /^The record _.+ is not as ACM needs it: ACM will not renew the certificate\.$/,
    fix: /^aws route53 change-resource-record-sets /,
  },
  {
    title: 'the firewall is taken off the load balancer',
    breakIt: async () => waf.disassociateWebACL({ ResourceArn: await idOf(Part.loadBalancer) }),
    id: 'by-hand-data',
    says: /\(AWS::WAFv2::WebACLAssociation\): deleted by hand\.$/,
    fix: /^aws wafv2 associate-web-acl .+$/,
  },
  {
    title: 'fewer web tasks are wanted than the minimum',
    breakIt: async () => {
      const [, cluster, service] = (await idOf(Part.webService)).split('/');
      return ecs.updateService({ cluster, service, desiredCount: 1 });
    },
    id: 'wanted',
    says: /^prooflink-prod-service wants 1 web task, and not 2 as lib\/config says\.$/,
    fix: /^aws ecs update-service .* --desired-count 2$/,
  },
  {
    title: 'termination protection is off',
    breakIt: () =>
      new CloudFormation({}).updateTerminationProtection({
        StackName: 'ProoflinkProd',
        EnableTerminationProtection: false,
      }),
    id: 'termination-protection',
    says: /^Termination protection of the stack ProoflinkProd is off: /,
    fix: /^aws cloudformation update-termination-protection /,
  },
  {
    // The answers to what the tasks ask, such as ECR and the database, come in on these ports.
    title: 'a network ACL denies answers',
    breakIt: denyAnswers,
    id: 'network-acl',
    says: /^The network ACL acl-\w+ lets nothing in: rule 50 denies port 32768 of TCP\.$/,
    fix: /^aws ec2 delete-network-acl-entry .* --ingress --rule-number 50$/,
  },
  {
    title: 'a subnet has a network ACL of its own, without rules',
    breakIt: giveNetworkAcl,
    id: 'network-acl',
    says: /lets nothing in: no rule allows all traffic\.\n.*lets nothing out: no rule allows all traffic\.$/,
    fix: /^(aws ec2 create-network-acl-entry .*\n?){2}$/,
  },
  {
    title: 'the internet gateway was detached',
    breakIt: async () =>
      ec2.detachInternetGateway({ InternetGatewayId: await idOf(Part.internetGateway), VpcId: await idOf(Part.vpc) }),
    id: 'route-app',
    says: / is detached, and .*: “An internet gateway that is detached” in docs\/runbook\.md\.$/,
    fix: /^aws ec2 attach-internet-gateway .+$/,
  },
  {
    title: 'the job queue was deleted',
    breakIt: deleteQueue,
    id: 'queue',
    says: /the queue is gone/,
    fix: /^aws batch create-job-queue .+$/,
  },
  {
    title: 'the job definition was deregistered',
    breakIt: async () => batch.deregisterJobDefinition({ jobDefinition: await idOf(Part.jobDefinition) }),
    id: 'image-batch',
    says: /^It is not there: .*prooflink-prod-user-import/,
    fix: /^aws batch register-job-definition .+$/,
  },
  {
    title: 'versioning of the bucket is suspended',
    breakIt: async () =>
      s3.putBucketVersioning({
        Bucket: await idOf(Part.bucket),
        VersioningConfiguration: { Status: 'Suspended' },
      }),
    id: 'by-hand-data',
    says: /VersioningConfiguration\.Status `Enabled` → `Suspended`/,
    fix: /^npm run prooflink -- revert-drift prod$/,
  },
  {
    title: 'the alarm topic was deleted',
    breakIt: async () => sns.deleteTopic({ TopicArn: await idOf(Part.alarmTopic) }),
    id: 'alarm-subscription',
    says: /^Nobody gets the alarms|^It is not there/,
    fix: /^npm run prooflink -- revert-drift prod/,
  },
  {
    title: 'the mail address of the alarms is gone',
    breakIt: async () => {
      const { Subscriptions = [] } = await sns.listSubscriptionsByTopic({ TopicArn: await idOf(Part.alarmTopic) });
      await sns.unsubscribe({ SubscriptionArn: Subscriptions[0]?.SubscriptionArn });
    },
    id: 'alarm-subscription',
    says: /^Nobody gets the alarms/,
    fix: /^aws sns subscribe .+$/,
  },
  {
    // DATABASE_URL would keep the password of before.
    title: 'a rotation of the master secret was scheduled',
    breakIt: rotateByHand,
    id: 'password',
    says: / has a rotation schedule by hand: /,
    fix: /^aws secretsmanager cancel-rotate-secret .* --secret-id \S+$/,
  },
  {
    title: 'CDKToolkit was deleted',
    breakIt: deleteToolkit,
    id: 'bootstrap',
    says: /^The stack CDKToolkit of cdk bootstrap is not there: /,
    fix: /\nnpm run prooflink -- prepare$/,
  },
  {
    title: 'the secret with the settings is no JSON any more',
    breakIt: () => setSetting('{"SMTP_PASSWORD":"a pass'),
    id: 'secrets-batch',
    says: new RegExp(`^The secret .* of which the import jobs want ${SETTING}, is no JSON object\\.$`),
    fix: /^aws secretsmanager update-secret-version-stage /,
  },
];

test('a healthy prod has no fault: a local ACM renews its certificate, too', async () => {
  expect(await doctor()).toMatchObject({ cause: null });
});

test.each(FAULTS)(
  '$title: that is seen, and the printed fix heals',
  async ({ breakIt, id, says, fix }) => {
    await breakIt();
    const broken = (await doctor()).answers.find((answer) => answer.id === id);
    expect(broken).toMatchObject({
      result: 'wrong',
      says: expect.stringMatching(says) as string,
      fix: expect.stringMatching(fix) as string,
    });
    await runFix(prod, broken?.fix ?? '');
    expect(await doctor()).toMatchObject({ cause: null });
  },
  120_000,
);

handCases(() => prod);

test('a rule for a range with the subnets admits the tasks to the database', async () => {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
  const group = SecurityGroups.find(({ GroupName }) => GroupName === 'prooflink-prod-rds-sg');
  await ec2.revokeSecurityGroupIngress({ GroupId: group?.GroupId, IpPermissions: group?.IpPermissions });
  await ec2.authorizeSecurityGroupIngress({
    GroupId: group?.GroupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
  });
  const { answers } = await doctor();
  const ways = answers.filter(({ id }) => id.startsWith('way-to-database'));
  expect(ways.map(({ result }) => result)).toEqual(['well', 'well']);
});
