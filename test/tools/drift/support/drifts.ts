import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { runDrift } from '../../../../tools/drift/run';
import type { CdkResult } from '../../../../tools/shared/cdk';
import { writeAssembly } from '@infra/change-review/testing';

const at = (path: string) => ({ 'aws:cdk:path': `ProoflinkDev/${path}` });
const resources = {
  Service: { Type: 'AWS::ECS::Service', Metadata: at('Web/Service/Service') },
  Task: { Type: 'AWS::ECS::TaskDefinition', Metadata: at('Web/TaskDefinition/Resource') },
  Database: { Type: 'AWS::RDS::DBInstance', Metadata: at('Database/Instance/Resource') },
  Bucket: { Type: 'AWS::S3::Bucket', Metadata: at('FileStorage/Bucket/Resource') },
  Cleaner: { Type: 'Custom::S3AutoDeleteObjects', Metadata: at('FileStorage/Bucket/AutoDelete') },
  Secret: { Type: 'AWS::SecretsManager::Secret', Metadata: at('Database/MasterSecret/Resource') },
  Attached: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Metadata: at('Database/MasterSecret/Attachment') },
  Job: { Type: 'AWS::Batch::JobDefinition', Metadata: at('UserImport/JobDefinition') },
  Usage: { Type: 'AWS::CDK::Metadata', Metadata: at('CDKMetadata/Default') },
};
export const app = writeAssembly({ stacks: { ProoflinkDev: { resources } } });
const FOUND = { exitCode: 1, output: '\n1 resource has drifted from their expected configuration\n' };
export const NOTHING = { exitCode: 0, output: 'No drift detected\n' };

export type Found = Omit<Partial<StackResourceDrift>, 'LogicalResourceId'>;

/** CloudFormation's answer on a resource; in sync by default. */
export const drift = (id: keyof typeof resources, found: Found = {}): StackResourceDrift => ({
  StackId: 'arn',
  LogicalResourceId: id,
  ResourceType: resources[id].Type,
  StackResourceDriftStatus: 'IN_SYNC',
  Timestamp: undefined,
  ...found,
});

/** CloudFormation's answer on a resource with one different property. */
export const modified = (
  id: keyof typeof resources,
  path: string,
  expected: string,
  actual: string,
  found: Found = {},
) =>
  drift(id, {
    StackResourceDriftStatus: 'MODIFIED',
    PropertyDifferences: [
      { PropertyPath: path, ExpectedValue: expected, ActualValue: actual, DifferenceType: 'NOT_EQUAL' },
    ],
    ...found,
  });

/** Reports these drifts. */
export const run = (
  drifts: readonly StackResourceDrift[],
  detected: CdkResult = FOUND,
  [stack, assembly] = ['ProoflinkDev', app],
) =>
  runDrift(
    stack,
    assembly,
    () => detected,
    () => Promise.resolve([...drifts]),
  );
