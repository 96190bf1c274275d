/* eslint-disable @typescript-eslint/no-unsafe-member-access -- a test knows the template that it changes */
import { EITHER_WAY, text } from './support/pairs/either-way';
import { type Change, levelOf, type RealStack, reviewChange } from './support/real-stack';

const DB = 'Database/Instance';
const BUCKET = 'FileStorage/Bucket';

const hasImage = (value: number) => ({ 'Fn::If': ['HasAppImage', value, 0] });

/** Changes with a direction: the other way round they are not harmless. */
const ONE_WAY: readonly (readonly [what: string, change: Change])[] = [
  ['more time for a job', (s) => s.set('UserImport/JobDefinition', { Timeout: { AttemptDurationSeconds: 9000 } })],
  ['more vCPUs for jobs', (s) => (s.of('UserImport/ComputeEnvironment').ComputeResources.MaxvCpus = 32)],
  ['logs for a year', (s) => s.set('Web/Logs', { RetentionInDays: 365 })],
  ['logs for ever', (s) => s.set('Web/Logs', { RetentionInDays: undefined })],
  [
    'more images',
    (s) =>
      text(s, 'AppRegistry/Repository', 'LifecyclePolicy', (json) =>
        json
          .replace('countNumber\\\\\\":30', 'countNumber\\\\\\":50')
          .replace('countNumber\\":30', 'countNumber\\":50'),
      ),
  ],
  [
    'untagged images for longer',
    (s) =>
      text(s, 'AppRegistry/Repository', 'LifecyclePolicy', (json) =>
        json.replace('countNumber\\":14', 'countNumber\\":30'),
      ),
  ],
  ['backups for longer', (s) => s.set(DB, { BackupRetentionPeriod: 14 })],
  ['more storage', (s) => s.set(DB, { AllocatedStorage: '200' })],
  ['more storage to grow to', (s) => s.set(DB, { MaxAllocatedStorage: 1000 })],
  [
    'earlier versions for longer',
    (s) => (s.of(BUCKET).LifecycleConfiguration.Rules[1].NoncurrentVersionExpiration.NoncurrentDays = 365),
  ],
  ['more tasks at most', (s) => s.set('Web/Service/TaskCount/Target', { MaxCapacity: hasImage(8) })],
  ['more tasks at least', (s) => s.set('Web/Service/TaskCount/Target', { MinCapacity: hasImage(3) })],
  ['a tag more', (s) => s.set(BUCKET, { Tags: [{ Key: 'Team', Value: 'x' }] })],
  [
    'one more to wait for',
    (s) =>
      (s.at('Web/Service/Service').DependsOn = [...[s.at('Web/Service/Service').DependsOn ?? []].flat(), s.id(DB)]),
  ],
  ['a map more', (s) => (s.template.Mappings = { Map: { a: { b: 'c' } } })],
  ['an alarm more', (s) => s.add('New', 'AWS::CloudWatch::Alarm', { AlarmName: 'x', Threshold: 1 })],
  ['a log group more', (s) => s.add('New', 'AWS::Logs::LogGroup', { LogGroupName: 'x' })],
  ['an output more', (s) => (s.template.Outputs = { ...s.template.Outputs, New: { Value: 'x' } })],
  [
    'a parameter more',
    (s) => (s.template.Parameters = { ...s.template.Parameters, New: { Type: 'String', Default: 'x' } }),
  ],
];

/** Harmless, and whatever the other way round is. */
const SAFER: readonly (readonly [what: string, change: Change, prepare: Change])[] = [
  [
    'deletion protection on',
    (s) => s.set(DB, { DeletionProtection: true }),
    (s) => s.set(DB, { DeletionProtection: false }),
  ],
  ['a second zone', (s) => s.set(DB, { MultiAZ: true }), (s) => s.set(DB, { MultiAZ: false })],
  [
    'termination protection on',
    (s) => (s.properties['terminationProtection'] = true),
    (s) => (s.properties['terminationProtection'] = false),
  ],
  ['what is kept', (s) => (s.at(DB).DeletionPolicy = 'Retain'), (s) => (s.at(DB).DeletionPolicy = 'Delete')],
  [
    'versions',
    (s) => s.set(BUCKET, { VersioningConfiguration: { Status: 'Enabled' } }),
    (s) => s.set(BUCKET, { VersioningConfiguration: undefined }),
  ],
  [
    'what is public blocked',
    (s) => (s.of(BUCKET).PublicAccessBlockConfiguration.BlockPublicAcls = true),
    (s) => delete s.of(BUCKET).PublicAccessBlockConfiguration.BlockPublicAcls,
  ],
  [
    'no shell',
    (s) => s.set('Web/Service/Service', { EnableExecuteCommand: false }),
    (s) => s.set('Web/Service/Service', { EnableExecuteCommand: true }),
  ],
  [
    'tags of images that stay',
    (s) => s.set('AppRegistry/Repository', { ImageTagMutability: 'IMMUTABLE' }),
    (s) => s.set('AppRegistry/Repository', { ImageTagMutability: 'MUTABLE' }),
  ],
  [
    'more to see of the cluster',
    (s) => (s.of('Web/Cluster').ClusterSettings[0].Value = 'enabled'),
    (s) => (s.of('Web/Cluster').ClusterSettings[0].Value = 'disabled'),
  ],
  [
    'images scanned',
    (s) => s.set('AppRegistry/Repository', { ImageScanningConfiguration: { ScanOnPush: true } }),
    (s) => s.set('AppRegistry/Repository', { ImageScanningConfiguration: undefined }),
  ],
];

const folds = (change: Change, prepare?: Change) => {
  const outcome = reviewChange('prod', change, prepare);
  expect(outcome.open).not.toMatch(/⛔|⚠️|👀/);
  expect(levelOf(outcome)).toBe('harmless');
  expect(outcome.stdout).toContain('No data is at risk, and nothing is opened or weakened.');
  expect(outcome.stdout).toContain('<summary>');
  expect(outcome.exitCode).toBe(0);
};

describe('harmless, folded away, and never silent', () => {
  it.each(ONE_WAY)('%s, and the other way round it is shown', (_what, change) => {
    folds(change);
    const back = reviewChange('prod', change, undefined, 'back');
    expect(levelOf(back)).not.toBe('harmless');
  });

  it.each(EITHER_WAY)('%s, either way', (_what, change) => {
    folds(change);
    expect(levelOf(reviewChange('prod', change, undefined, 'back'))).toBe('harmless');
  });

  it.each(SAFER)('%s, and the other way round it is shown', (_what, change, prepare) => {
    folds(change, prepare);
    expect(levelOf(reviewChange('prod', change, prepare, 'back'))).not.toBe('harmless');
  });

  it('the value of a tag', () => {
    const tagged = (Value: string) => (stack: RealStack) => stack.set(BUCKET, { Tags: [{ Key: 'Team', Value }] });
    folds(tagged('b'), tagged('a'));
  });
});
