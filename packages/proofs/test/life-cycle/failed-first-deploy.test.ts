import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { CfnSubnet, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { prod } from '@infra/testing/configs';
import { createStacks } from '@infra/commands/app';
import { withField } from '@infra/testing/config';
import { newApp } from '@infra/testing/synth';
import { scratch } from './support/apps';
import { Life } from './support/life';
import { takeListing, typeOf } from './support/listing';
import { live } from './support/live';
import { follow } from './support/runbook';
import { deploy, FIRST } from './support/steps';

const CHAPTER = 'A first deploy of prod that failed';

/** The config's own zone, to which no name server of its parent leads, and one that answers. */
const ZONES = [
  {
    id: prod.loadBalancer.domain?.hostedZoneId ?? '',
    name: prod.loadBalancer.domain?.hostedZoneName ?? '',
    delegated: false,
  },
  { id: 'Z0ANSWERS', name: 'example.org' },
] as const;

const life = new Life('prod');

/** Prod in the zone that answers, and if wanted with something in it that is refused once database and bucket are there. */
function answering(refused = false): readonly string[] {
  const app = newApp({ outdir: mkdtempSync(join(scratch, 'answering-')) });
  const { name: hostedZoneName, id: hostedZoneId } = ZONES[1];
  const domain = {
    ...prod.loadBalancer.domain,
    domainName: `prooflink.${hostedZoneName}`,
    hostedZoneName,
    hostedZoneId,
  };
  const [stack] = createStacks(app, { prod: withField(prod, 'loadBalancer.domain', domain) });
  if (stack && refused) {
    const network = stack.node.findChild('Network');
    const vpc = network.node.findChild('Vpc') as unknown as IVpc;
    const [taken] = prod.network.publicSubnets;
    const subnet = new CfnSubnet(stack, 'Refused', { vpcId: vpc.vpcId, cidrBlock: taken?.cidr });
    subnet.node.addDependency(stack.node.findChild('Database'), stack.node.findChild('FileStorage'));
  }
  return deploy('', '', '--app', app.synth().directory);
}

/** Resources beyond those at the start, without those that stay: ACM's record in the zone, and restorable secrets. */
async function leftResources(): Promise<string[]> {
  const added = await life.addedResources();
  return added.filter((resource) => !/^AWS::Route53::RecordSet _|^AWS::SecretsManager::Secret /.test(resource));
}

const expectNothingLeft = async () => {
  expect(await leftResources()).toEqual([]);
};

live(life, [
  // The certificate of a first deploy is never issued.
  {
    name: 'the deploy fails, and its rollback leaves nothing but the empty stack',
    calls: [
      () => life.start({ run: false, zones: [...ZONES] }),
      ['prooflink', 'prepare'],
      async () => (life.baseline = await takeListing()),
      deploy(),
    ],
    failsWith: 'PENDING_VALIDATION',
    status: 'ROLLBACK_COMPLETE',
    check: async () => {
      expect(await leftResources()).toEqual([`AWS::CloudFormation::Stack ${life.stack}`]);
    },
  },
  {
    name: 'termination protection keeps the next deploy from deleting it',
    calls: [deploy()],
    failsWith: 'TerminationProtection',
  },
  {
    name: 'the runbook’s commands leave the account as it was',
    calls: [() => follow(CHAPTER, life)],
    check: expectNothingLeft,
  },

  // A first deploy fails once there is a database that nobody may delete.
  {
    name: 'its rollback cannot delete the database, its network, and the bucket with its folders',
    calls: [() => answering(true)],
    failsWith: 'conflicts with another subnet',
    status: 'ROLLBACK_FAILED',
    check: async () => {
      expect((await leftResources()).map(typeOf)).toEqual(
        expect.arrayContaining(['AWS::RDS::DBInstance', 'AWS::RDS::DBSubnetGroup', 'AWS::EC2::VPC', 'AWS::S3::Bucket']),
      );
    },
  },
  {
    name: 'the runbook’s commands delete that, and leave secrets to come back',
    calls: [() => follow(CHAPTER, life)],
    check: expectNothingLeft,
  },
  { name: 'the next deploy succeeds', calls: [() => answering()], ...FIRST },
  {
    name: 'the runbook’s commands do nothing to a deployed stack',
    unchanged: takeListing,
    calls: [
      async () => {
        await expect(follow(CHAPTER, life)).rejects.toThrow(CHAPTER);
      },
    ],
  },
]);
