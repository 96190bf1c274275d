import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { Route53 } from '@aws-sdk/client-route-53';
import { ACM } from '@aws-sdk/client-acm';
import { prod as config } from '@infra/testing/configs';
import { Part, type StackPart } from '@infra/commands/app';
import { physicalIdOf, readStack } from '@infra/operate/deployed/deployed-stack';
import { ask } from './breaking';
import { ec2, ecs, secrets, waf } from '../health/clients';
import { runFix } from '../health/run-fix';
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
