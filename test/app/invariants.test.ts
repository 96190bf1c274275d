import { stackId } from '../../lib/config/names';
import { manifest, template } from '../support/assembly';
import { everyEnvironment } from '../support/environments';
import {
  dataIsKept,
  everywhere,
  type Invariant,
  logsEnd,
  noSecretInClearText,
  nothingPublicButTheLoadBalancer,
} from '../support/invariants';
import type { Json, Resource, Template } from '../support/template';

const all = Object.keys(everyEnvironment) as (keyof typeof everyEnvironment)[];

describe.each(all)('%s', (environment) => {
  test.each(Object.entries(everywhere))('%s', (_, invariant) => {
    expect(invariant(template(environment))).toEqual([]);
  });
});

describe.each(['prod', 'testopen', 'testlarge'] as const)('%s keeps data', (environment) => {
  test('nothing that keeps data goes with the stack', () => {
    expect(dataIsKept(template(environment))).toEqual([]);
  });

  test('CloudFormation refuses to delete the stack', () => {
    expect(manifest().artifacts[stackId(environment)]?.properties?.terminationProtection).toBe(true);
  });
});

const beyondAscii = (text: string) => text.match(/"[^"]*[^\p{ASCII}][^"]*"/gu) ?? [];

test.each([...all, 'delivery'] as const)(
  '%s is ASCII: CloudFormation gives the rest back as question marks',
  (stack) => {
    expect(beyondAscii(JSON.stringify(template(stack)))).toEqual([]);
    expect(beyondAscii('{"Description":"The app’s"}')).toEqual(['"The app’s"']);
  },
);

test('dev keeps nothing: cdk destroy ProoflinkDev leaves no cost behind', () => {
  const kept = Object.values(template('dev').Resources).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');
  expect(kept).toEqual([]);
});

type Fault = [what: string, invariant: Invariant, type: string, properties: Record<string, Json>, says: string];

const open = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp' };
const allow = (statement: Record<string, Json>) => ({
  PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] },
});

// Each rule with what it must find: prod's template and one bad resource.
const faults: Fault[] = [
  [
    'a group that opens the database to the internet',
    nothingPublicButTheLoadBalancer,
    'AWS::EC2::SecurityGroup',
    { SecurityGroupIngress: [{ ...open, FromPort: 5432, ToPort: 5432 }] },
    'open to the internet',
  ],
  [
    'a rule beside a group that opens it over IPv6',
    nothingPublicButTheLoadBalancer,
    'AWS::EC2::SecurityGroupIngress',
    { CidrIpv6: '::/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
    'open to the internet',
  ],
  ['a public database', nothingPublicButTheLoadBalancer, 'AWS::RDS::DBInstance', {}, 'may have a public address'],
  [
    'a bucket that blocks only some public access',
    nothingPublicButTheLoadBalancer,
    'AWS::S3::Bucket',
    { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
    'public access is not blocked',
  ],
  [
    'a subnet that hands out public addresses',
    nothingPublicButTheLoadBalancer,
    'AWS::EC2::Subnet',
    { MapPublicIpOnLaunch: true },
    'gets a public address',
  ],
  [
    'a bucket policy for everybody',
    nothingPublicButTheLoadBalancer,
    'AWS::S3::BucketPolicy',
    allow({ Action: 's3:GetObject', Principal: { AWS: '*' }, Resource: 'b' }),
    'anybody may use it',
  ],
  [
    'a password in a variable of a container',
    noSecretInClearText,
    'AWS::ECS::TaskDefinition',
    { ContainerDefinitions: [{ Environment: [{ Name: 'NEXTAUTH_SECRET', Value: 'hunter2' }] }] },
    'NEXTAUTH_SECRET: a secret',
  ],
  [
    'a connection string with a password',
    noSecretInClearText,
    'AWS::Batch::JobDefinition',
    { Command: ['psql', 'postgresql://postgres:hunter2@host/db'] },
    'a URL with a password',
  ],
  [
    'a secret whose text stands in the template',
    noSecretInClearText,
    'AWS::SecretsManager::Secret',
    { SecretString: 'hunter2' },
    'SecretString: a secret',
  ],
  [
    'an access key',
    noSecretInClearText,
    'AWS::Lambda::Function',
    { Environment: { Variables: { ID: `AKIA${'A'.repeat(16)}` } } },
    'a key',
  ],
  ['a log group without retention', logsEnd, 'AWS::Logs::LogGroup', {}, 'kept for ever'],
  ['a function without a log group', logsEnd, 'AWS::Lambda::Function', {}, 'a log group of its own'],
  [
    'a function that logs to a group of another stack',
    logsEnd,
    'AWS::Lambda::Function',
    { LoggingConfig: { LogGroup: { Ref: 'Elsewhere' } } },
    'a log group of its own',
  ],
  ['a bucket that goes with the stack', dataIsKept, 'AWS::S3::Bucket', {}, 'deleted with the stack'],
  ['a database without deletion protection', dataIsKept, 'AWS::RDS::DBInstance', {}, 'RDS would delete'],
  ['a database that takes its backups with it', dataIsKept, 'AWS::RDS::DBInstance', {}, 'backups are deleted with'],
  ['a repository that is emptied', dataIsKept, 'AWS::ECR::Repository', { EmptyOnDelete: true }, 'images are deleted'],
  ['a bucket that is emptied', dataIsKept, 'Custom::S3AutoDeleteObjects', {}, 'files are deleted'],
];

test.each(faults)('%s is found', (_, invariant, Type, Properties, says) => {
  const found = invariant(withBad({ Type, Properties }));
  expect(found.join('\n')).toContain(says);
  expect(found.every((violation) => violation.startsWith('Bad'))).toBe(true);
});

test('a database that is replaced, and lost, is found even where deleting it keeps it', () => {
  const found = dataIsKept(withBad({ Type: 'AWS::Logs::LogGroup', Properties: {}, DeletionPolicy: 'Retain' }));
  expect(found).toEqual(['Bad: deleted with the stack (Retain, no policy)']);
});

test('the load balancer’s own group is not a way round: any other port of it is found', () => {
  const path = { 'aws:cdk:path': 'ProoflinkProd/SecurityGroups/Alb/Resource' };
  const rules = [{ ...open, FromPort: 0, ToPort: 65535 }];
  const bad = { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: rules }, Metadata: path };
  expect(nothingPublicButTheLoadBalancer(withBad(bad))).toHaveLength(1);
});

function withBad(bad: Resource): Template {
  const { Resources } = template('prod');
  return { Resources: { ...Resources, Bad: bad } };
}
