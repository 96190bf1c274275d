import type { SynthesizedStack } from '@infra/common/assembly';
import type { Resource } from '@infra/common/template';
import { assemblyFindings, templateFindings } from '../../../operate/rehearse/template-check';
import { template } from '../../../../test/support/assembly';
import { PLACE, stacksIn, synthesizeRehearsalOfTests } from './rehearsal-stacks';

const stacks = stacksIn(synthesizeRehearsalOfTests());
const stack = requireStack();

function requireStack(): SynthesizedStack {
  const found = stacks.get('ProoflinkRehearsal');
  if (!found) throw new Error('the assembly has no ProoflinkRehearsal');
  return found;
}

function findingsWith(resource: Resource): string[] {
  return templateFindings({ Resources: { ...stack.template.Resources, Added: resource } });
}

const KEPT_BUCKET = { Type: 'AWS::S3::Bucket' };

it('the rehearsal of the guide’s dev deletes itself without a trace', () => {
  expect(assemblyFindings(stacks, PLACE)).toEqual([]);
});

it('every name in its template is its own: none is dev’s', () => {
  expect(JSON.stringify(stack.template)).not.toMatch(/prooflink[-/]dev|ProoflinkDev/);
});

it.each([
  {
    title: 'a resource that is retained',
    resource: { ...KEPT_BUCKET, DeletionPolicy: 'Retain' },
    says: 'Added (AWS::S3::Bucket) outlives its stack: DeletionPolicy is Retain',
  },
  {
    title: 'a resource that is retained but after a failed creation',
    resource: { ...KEPT_BUCKET, DeletionPolicy: 'RetainExceptOnCreate' },
    says: 'DeletionPolicy is RetainExceptOnCreate',
  },
  {
    title: 'a resource that is retained when it is replaced',
    resource: { ...KEPT_BUCKET, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain' },
    says: 'UpdateReplacePolicy is Retain',
  },
  {
    title: 'a database that is snapshotted',
    resource: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Snapshot' },
    says: 'DeletionPolicy is Snapshot',
  },
  {
    title: 'a database without a policy, which CloudFormation snapshots',
    resource: { Type: 'AWS::RDS::DBInstance' },
    says: 'DeletionPolicy is Snapshot',
  },
  {
    title: 'a database with deletion protection',
    resource: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete', Properties: { DeletionProtection: true } },
    says: 'Added (AWS::RDS::DBInstance) has deletion protection',
  },
  {
    title: 'a deletion protection whose value only AWS knows',
    resource: { Type: 'AWS::DynamoDB::Table', Properties: { DeletionProtectionEnabled: { Ref: 'Protected' } } },
    says: 'Added (AWS::DynamoDB::Table) has deletion protection',
  },
  {
    title: 'a load balancer with deletion protection, which is an attribute',
    resource: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] },
    },
    says: 'Added (AWS::ElasticLoadBalancingV2::LoadBalancer) has deletion protection',
  },
  {
    title: 'a name in a zone',
    resource: { Type: 'AWS::Route53::RecordSet' },
    says: 'Added is an AWS::Route53::RecordSet',
  },
  {
    title: 'a certificate',
    resource: { Type: 'AWS::CertificateManager::Certificate' },
    says: 'Added is an AWS::CertificateManager::Certificate',
  },
])('$title is refused', ({ resource, says }) => {
  expect(findingsWith(resource)).toEqual([expect.stringContaining(says)]);
});

it('prod would be refused for each of them at once', () => {
  const types = templateFindings(template('prod')).map(
    (finding) => /is an? AWS::\w+|outlives|deletion protection/.exec(finding)?.[0],
  );
  expect(new Set(types)).toEqual(
    new Set(['outlives', 'deletion protection', 'is an AWS::CertificateManager', 'is an AWS::Route53']),
  );
});

it.each([
  {
    title: 'another stack beside it',
    assembly: new Map([...stacks, ['ProoflinkDev', stack]]),
    says: 'The assembly has ProoflinkRehearsal, ProoflinkDev',
  },
  {
    title: 'another stack alone',
    assembly: new Map([['ProoflinkDev', stack]]),
    says: 'The assembly has ProoflinkDev, and a rehearsal deploys ProoflinkRehearsal alone',
  },
  {
    title: 'another account',
    assembly: new Map([['ProoflinkRehearsal', { ...stack, environment: 'aws://210987654321/ap-northeast-1' }]]),
    says: 'The assembly is for aws://210987654321/ap-northeast-1',
  },
  {
    title: 'no account, with which the CLI deploys into any',
    assembly: new Map([['ProoflinkRehearsal', { ...stack, environment: 'aws://unknown-account/ap-northeast-1' }]]),
    says: 'not for aws://123456789012/ap-northeast-1',
  },
  {
    title: 'termination protection',
    assembly: new Map([['ProoflinkRehearsal', { ...stack, terminationProtection: true }]]),
    says: 'ProoflinkRehearsal has termination protection',
  },
])('an assembly with $title is refused', ({ assembly, says }) => {
  expect(assemblyFindings(assembly, PLACE)).toEqual([expect.stringContaining(says)]);
});
