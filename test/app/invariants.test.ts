import { stackId } from '../../lib/config/names';
import { manifest, template } from '../support/assembly';
import { everyEnvironment, type TestStack } from '../support/environments';
import { dataIsKept, everywhere, type Invariant } from '../support/invariants';
import { pathOf, type Template } from '../support/template';

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

const anywhere = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp' };
const retained = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

/** A template that breaks each rule, and each part of it once; the logical ids say how. */
const broken: Template = {
  Resources: {
    DatabasePortToAll: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { SecurityGroupIngress: [{ ...anywhere, FromPort: 5432, ToPort: 5432 }] },
    },
    AllPortsOfLoadBalancerToAll: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { SecurityGroupIngress: [{ ...anywhere, FromPort: 0, ToPort: 65535 }] },
      Metadata: { 'aws:cdk:path': 'ProoflinkProd/SecurityGroups/Alb/Resource' },
    },
    RuleToAllOfIpv6: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { CidrIpv6: '::/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
    },
    SilentDatabase: { Type: 'AWS::RDS::DBInstance' },
    BucketWithOneOfFourBlocks: {
      Type: 'AWS::S3::Bucket',
      Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
      ...retained,
    },
    SubnetWithPublicAddresses: { Type: 'AWS::EC2::Subnet', Properties: { MapPublicIpOnLaunch: true } },
    BucketPolicyForAll: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Principal: { AWS: '*' }, Resource: 'b' }],
        },
      },
    },
    SecretInVariable: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Environment: [{ Name: 'NEXTAUTH_SECRET', Value: 'hunter2' }] }] },
    },
    UrlWithPasswordInCommand: {
      Type: 'AWS::Batch::JobDefinition',
      Properties: { Command: ['psql', 'postgresql://postgres:hunter2@host/db'] },
    },
    SecretInTemplate: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { SecretString: 'hunter2' },
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    },
    FunctionWithKeyAndWithoutLogGroup: {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { ID: `AKIA${'A'.repeat(16)}` } } },
    },
    FunctionThatLogsElsewhere: {
      Type: 'AWS::Lambda::Function',
      Properties: { LoggingConfig: { LogGroup: { Ref: 'Elsewhere' } } },
    },
    EndlessLogGroup: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Retain' },
    EmptiedRepository: { Type: 'AWS::ECR::Repository', Properties: { EmptyOnDelete: true }, ...retained },
    EmptiedBucket: { Type: 'Custom::S3AutoDeleteObjects' },
  },
};

test('the rules find each mistake of a template, and nothing else in it', () => {
  const rules: readonly Invariant[] = [...Object.values(everywhere), dataIsKept];
  expect(rules.map((rule) => rule(broken))).toMatchInlineSnapshot(`
   [
     [
       "DatabasePortToAll: open to the internet: {"CidrIp":"0.0.0.0/0","IpProtocol":"tcp","FromPort":5432,"ToPort":5432}",
       "SecurityGroups/Alb: open to the internet: {"CidrIp":"0.0.0.0/0","IpProtocol":"tcp","FromPort":0,"ToPort":65535}",
       "RuleToAllOfIpv6: open to the internet: {"CidrIpv6":"::/0","IpProtocol":"tcp","FromPort":443,"ToPort":443}",
       "SilentDatabase: the database may have a public address",
       "BucketWithOneOfFourBlocks: public access is not blocked",
       "SubnetWithPublicAddresses: everything in the subnet gets a public address",
       "BucketPolicyForAll: anybody may use it",
     ],
     [
       "SecretInVariable: NEXTAUTH_SECRET: a secret",
       "UrlWithPasswordInCommand: Command: a URL with a password",
       "SecretInTemplate: SecretString: a secret",
       "FunctionWithKeyAndWithoutLogGroup: Environment: a key",
       "FunctionWithKeyAndWithoutLogGroup: Variables: a key",
       "FunctionWithKeyAndWithoutLogGroup: ID: a key",
     ],
     [
       "EndlessLogGroup: logs are kept for ever",
       "FunctionWithKeyAndWithoutLogGroup: the function makes a log group of its own, without an end",
       "FunctionThatLogsElsewhere: the function makes a log group of its own, without an end",
     ],
     [
       "SilentDatabase: deleted with the stack (no policy, no policy)",
       "SecretInTemplate: deleted with the stack (Delete, Delete)",
       "EndlessLogGroup: deleted with the stack (Retain, no policy)",
       "SilentDatabase: RDS would delete the database",
       "SilentDatabase: its automated backups are deleted with the database",
       "EmptiedRepository: images are deleted with the repository",
       "EmptiedBucket: files are deleted with the bucket",
     ],
   ]
  `);
});
