import { type Pair } from './pair';

export const STACK: readonly Pair[] = [
  [
    'termination protection off',
    'risk',
    'termination protection',
    (s) => (s.properties['terminationProtection'] = false),
  ],
  [
    'another region',
    'risk',
    'moves to another account or region',
    (s) => (s.environment = 'aws://unknown-account/us-east-1'),
  ],
  ['another name', 'risk', 'environment removed', (s) => (s.properties['stackName'] = 'Other')],
  [
    'an administrator deploys',
    'weaker',
    'Another role deploys',
    (s) => (s.properties['cloudFormationExecutionRoleArn'] = 'arn:aws:iam::123456789012:role/Admin'),
  ],
  [
    'another role deploys',
    'weaker',
    'Another role deploys',
    (s) => (s.properties['assumeRoleArn'] = 'arn:aws:iam::999999999999:role/x'),
  ],
  [
    "the stack's tags, which reach Batch",
    'risk',
    'AWS Batch replaces',
    (s) => (s.properties['tags'] = { Environment: 'prod', Project: 'X' }),
  ],
  [
    'another bucket for the template',
    'look',
    'stackTemplateAssetObjectUrl',
    (s) => (s.properties['stackTemplateAssetObjectUrl'] = `s3://x/${'a'.repeat(64)}.json`),
  ],
  ['a macro', 'weaker', 'Transform', (s) => (s.template.Transform = 'Evil')],
  ['no rule on the bootstrap', 'weaker', 'Rule', (s) => (s.template.Rules = {})],
];
