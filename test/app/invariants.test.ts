import { stackId } from '../../lib/config/names';
import { manifest, template } from '../support/assembly';
import { everyEnvironment, type TestStack } from '../support/environments';
import { dataIsKept, everywhere, type Invariant } from '../support/invariants';
import { pathOf, type Resource, type Template } from '../support/template';

type Environment = keyof typeof everyEnvironment;

const environments = Object.keys(everyEnvironment) as Environment[];
/** Environments that keep data. */
const KEEPING = ['prod', 'testopen', 'testlarge'] as const;

/** Violations of a rule, each with its environments: a red test names them all. */
function violationsIn(names: readonly TestStack[], invariant: Invariant): string[] {
  const environmentsOf = new Map<string, string[]>();
  for (const name of names) {
    for (const violation of invariant(template(name))) {
      environmentsOf.set(violation, [...(environmentsOf.get(violation) ?? []), name]);
    }
  }
  return [...environmentsOf].map(([violation, found]) => `${violation} (${found.join(', ')})`);
}

test.each(Object.entries(everywhere))('%s', (_, invariant) => {
  expect(violationsIn(environments, invariant)).toEqual([]);
});

describe('where data is kept', () => {
  test('nothing that keeps data goes with the stack', () => {
    expect(violationsIn(KEEPING, dataIsKept)).toEqual([]);
  });

  test('CloudFormation refuses to delete the stack', () => {
    const { artifacts } = manifest();
    const unprotected = KEEPING.filter((name) => !artifacts[stackId(name)]?.properties?.terminationProtection);
    expect(unprotected).toEqual([]);
  });

  test('a first deploy that fails leaves no name taken', () => {
    // docs/decisions/0006: what a rollback leaves behind blocks the next first deploy by its name. Testopen has RETAIN.
    expect(violationsIn(['prod', 'testlarge'], keptByRollback)).toEqual([]);
  });
});

/** Resources that the rollback of a failed first deploy leaves behind: it deletes those of RetainExceptOnCreate. */
function keptByRollback({ Resources }: Template): string[] {
  const kept = Object.values(Resources).filter(({ DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete');
  if (kept.length === 0) return ['nothing is kept'];
  return kept.filter(({ DeletionPolicy }) => DeletionPolicy !== 'RetainExceptOnCreate').map(pathOf);
}

test('dev keeps nothing: cdk destroy ProoflinkDev leaves no cost behind', () => {
  const resources = Object.values(template('dev').Resources);
  // Without a policy CloudFormation takes a snapshot of a database.
  const defaultPolicyOf = (type: string) => (type === 'AWS::RDS::DBInstance' ? 'Snapshot' : 'Delete');
  const kept = resources.filter(({ Type, DeletionPolicy = defaultPolicyOf(Type) }) => DeletionPolicy !== 'Delete');
  expect(kept.map(pathOf)).toEqual([]);
});

/** A resource that breaks rules, and what each of them says of it. */
interface Breach {
  readonly title: string;
  readonly resource: Resource;
  readonly breaks: Readonly<Record<string, readonly string[]>>;
}

const PUBLIC = 'nothing is public but the load balancer’s ports';
const CLEAR_TEXT = 'no secret is in clear text';
const LOGS_END = 'logs end';
const KEPT = 'data are kept';

const RULES: Readonly<Record<string, Invariant>> = { ...everywhere, [KEPT]: dataIsKept };

const POSTGRES_TO_ALL = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 };
const EVERY_PORT_TO_ALL = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 };

const BREACHES: readonly Breach[] = [
  {
    title: 'a security group that opens the database’s port to all',
    resource: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [POSTGRES_TO_ALL] } },
    breaks: { [PUBLIC]: [`Wrong: open to the internet: ${JSON.stringify(POSTGRES_TO_ALL)}`] },
  },
  {
    title: 'the load balancer’s group with all its ports open',
    resource: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { SecurityGroupIngress: [EVERY_PORT_TO_ALL] },
      Metadata: { 'aws:cdk:path': 'ProoflinkProd/SecurityGroups/Alb/Resource' },
    },
    breaks: { [PUBLIC]: [`SecurityGroups/Alb: open to the internet: ${JSON.stringify(EVERY_PORT_TO_ALL)}`] },
  },
  {
    title: 'a separate rule that opens a port to all of IPv6',
    resource: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { CidrIpv6: '::/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
    },
    breaks: {
      [PUBLIC]: ['Wrong: open to the internet: {"CidrIpv6":"::/0","IpProtocol":"tcp","FromPort":443,"ToPort":443}'],
    },
  },
  {
    title: 'a database that says nothing',
    resource: { Type: 'AWS::RDS::DBInstance' },
    breaks: {
      [PUBLIC]: ['Wrong: the database may have a public address'],
      [KEPT]: [
        'Wrong: deleted with the stack (no policy, no policy)',
        'Wrong: RDS would delete the database',
        'Wrong: its automated backups are deleted with the database',
      ],
    },
  },
  {
    title: 'a bucket that blocks one of four kinds of public access',
    resource: {
      Type: 'AWS::S3::Bucket',
      Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    },
    breaks: { [PUBLIC]: ['Wrong: public access is not blocked'] },
  },
  {
    title: 'a subnet that gives public addresses to all in it',
    resource: { Type: 'AWS::EC2::Subnet', Properties: { MapPublicIpOnLaunch: true } },
    breaks: { [PUBLIC]: ['Wrong: everything in the subnet gets a public address'] },
  },
  {
    title: 'a bucket policy for everybody',
    resource: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Principal: { AWS: '*' }, Resource: 'b' }],
        },
      },
    },
    breaks: { [PUBLIC]: ['Wrong: anybody may use it'] },
  },
  {
    title: 'a secret in a variable of a container',
    resource: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Environment: [{ Name: 'NEXTAUTH_SECRET', Value: 'hunter2' }] }] },
    },
    breaks: { [CLEAR_TEXT]: ['Wrong: NEXTAUTH_SECRET: a secret'] },
  },
  {
    title: 'a URL with its password in a command',
    resource: {
      Type: 'AWS::Batch::JobDefinition',
      Properties: { Command: ['psql', 'postgresql://postgres:hunter2@host/db'] },
    },
    breaks: { [CLEAR_TEXT]: ['Wrong: Command: a URL with a password'] },
  },
  {
    title: 'a secret whose text stands in the template, and that goes with the stack',
    resource: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { SecretString: 'hunter2' },
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    },
    breaks: {
      [CLEAR_TEXT]: ['Wrong: SecretString: a secret'],
      [KEPT]: ['Wrong: deleted with the stack (Delete, Delete)'],
    },
  },
  {
    title: 'a function with an access key, and without a log group',
    resource: {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { ID: `AKIA${'A'.repeat(16)}` } } },
    },
    breaks: {
      [CLEAR_TEXT]: ['Wrong: Environment: a key', 'Wrong: Variables: a key', 'Wrong: ID: a key'],
      [LOGS_END]: ['Wrong: the function makes a log group of its own, without an end'],
    },
  },
  {
    title: 'a function that logs to a group outside the stack',
    resource: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'Elsewhere' } } } },
    breaks: { [LOGS_END]: ['Wrong: the function makes a log group of its own, without an end'] },
  },
  {
    title: 'a log group without an end, which a replacement deletes',
    resource: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Retain' },
    breaks: {
      [LOGS_END]: ['Wrong: logs are kept for ever'],
      [KEPT]: ['Wrong: deleted with the stack (Retain, no policy)'],
    },
  },
  {
    title: 'a repository that is emptied when it is deleted',
    resource: {
      Type: 'AWS::ECR::Repository',
      Properties: { EmptyOnDelete: true },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    },
    breaks: { [KEPT]: ['Wrong: images are deleted with the repository'] },
  },
  {
    title: 'the custom resource that empties a bucket',
    resource: { Type: 'Custom::S3AutoDeleteObjects' },
    breaks: { [KEPT]: ['Wrong: files are deleted with the bucket'] },
  },
];

test('a red rule names each environment once', () => {
  const broken: Invariant = () => ['Wrong: open'];
  expect(violationsIn(['dev', 'prod'], broken)).toEqual(['Wrong: open (dev, prod)']);
});

test.each(BREACHES)('the rules find $title, and nothing else in it', ({ resource, breaks }) => {
  const violations = Object.entries(RULES).map(([name, rule]) => [name, rule({ Resources: { Wrong: resource } })]);
  const broken = violations.filter(([, messages]) => messages?.length);
  expect(Object.fromEntries(broken)).toEqual(breaks);
});
