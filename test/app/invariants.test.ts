import { stackId } from '../../lib/config/names';
import { manifest, template } from '../support/assembly';
import { everyEnvironment } from '../support/environments';
import { dataIsKept, everywhere } from '../support/invariants';
import type { Json, Resource } from '../support/template';

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

const open = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp' };
const resource = (Type: string, Properties: Record<string, Json>): Resource => ({ Type: `AWS::${Type}`, Properties });

/** A template in which each rule finds what it refuses. */
const WRONG: Readonly<Record<string, Resource>> = {
  OpenGroup: resource('EC2::SecurityGroup', { SecurityGroupIngress: [{ ...open, FromPort: 5432, ToPort: 5432 }] }),
  LoadBalancersGroup: {
    ...resource('EC2::SecurityGroup', { SecurityGroupIngress: [{ ...open, FromPort: 0, ToPort: 65535 }] }),
    Metadata: { 'aws:cdk:path': 'ProoflinkProd/SecurityGroups/Alb/Resource' },
  },
  OpenRule: resource('EC2::SecurityGroupIngress', { CidrIpv6: '::/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }),
  Database: resource('RDS::DBInstance', {}),
  HalfBlocked: resource('S3::Bucket', { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
  Subnet: resource('EC2::Subnet', { MapPublicIpOnLaunch: true }),
  Anybody: resource('S3::BucketPolicy', {
    PolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Principal: { AWS: '*' }, Resource: 'b' }],
    },
  }),
  Task: resource('ECS::TaskDefinition', {
    ContainerDefinitions: [{ Environment: [{ Name: 'NEXTAUTH_SECRET', Value: 'hunter2' }] }],
  }),
  Job: resource('Batch::JobDefinition', { Command: ['psql', 'postgresql://postgres:hunter2@host/db'] }),
  Secret: resource('SecretsManager::Secret', { SecretString: 'hunter2' }),
  Function: resource('Lambda::Function', { Environment: { Variables: { ID: `AKIA${'A'.repeat(16)}` } } }),
  ElsewhereLogged: resource('Lambda::Function', { LoggingConfig: { LogGroup: { Ref: 'Elsewhere' } } }),
  Logs: { ...resource('Logs::LogGroup', {}), DeletionPolicy: 'Retain' },
  Images: {
    ...resource('ECR::Repository', { EmptyOnDelete: true }),
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  },
  Emptier: { Type: 'Custom::S3AutoDeleteObjects' },
};

test('each rule finds what it refuses', () => {
  const rules = Object.entries({ ...everywhere, 'data are kept': dataIsKept });
  const found = rules.map(([name, rule]) => [name, rule({ Resources: WRONG }).map((each) => each.split(': ')[0])]);
  expect(Object.fromEntries(found)).toEqual({
    'nothing is public but the load balancer’s ports': [
      ...['OpenGroup', 'SecurityGroups/Alb', 'OpenRule', 'Database', 'HalfBlocked', 'Subnet', 'Anybody'],
    ],
    'no secret is in clear text': ['Task', 'Job', 'Secret', ...Array<string>(3).fill('Function')],
    'logs end': ['Logs', 'Function', 'ElsewhereLogged'],
    'data are kept': [...['Database', 'HalfBlocked', 'Secret', 'Logs', 'Database', 'Database', 'Images', 'Emptier']],
  });
});
