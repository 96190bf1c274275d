import { look, type Pair, risk, undone, weaker } from './pair';

/** Manifest and sections of the template outside the resources. */
export const STACK: readonly Pair[] = [
  undone(
    risk(
      'termination protection off',
      'termination protection',
      (s) => (s.properties['terminationProtection'] = false),
    ),
  ),
  risk(
    'another region',
    'moves to another account or region',
    (s) => (s.environment = 'aws://unknown-account/us-east-1'),
  ),
  risk('another name', 'environment removed', (s) => (s.properties['stackName'] = 'Other')),
  weaker(
    'an administrator deploys',
    'Another role deploys',
    (s) => (s.properties['cloudFormationExecutionRoleArn'] = 'arn:aws:iam::123456789012:role/Admin'),
  ),
  weaker(
    'another role deploys',
    'Another role deploys',
    (s) => (s.properties['assumeRoleArn'] = 'arn:aws:iam::999999999999:role/x'),
  ),
  risk(
    "the stack's tags, which reach Batch",
    'AWS Batch replaces',
    (s) => (s.properties['tags'] = { Environment: 'prod', Project: 'X' }),
  ),
  look(
    'another bucket for the template',
    'stackTemplateAssetObjectUrl',
    (s) => (s.properties['stackTemplateAssetObjectUrl'] = `s3://x/${'a'.repeat(64)}.json`),
  ),
  weaker('a macro', 'Transform', (s) => (s.template.Transform = 'Evil')),
  weaker('no rule on the bootstrap', 'Rule', (s) => (s.template.Rules = {})),
];
