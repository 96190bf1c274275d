import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Reads a JSON file below the root. */
function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Record<string, unknown>;
}

const cdkJson = readJson('cdk.json');
/** Feature flags of the CDK: cdk.json has no other context. */
const flags = cdkJson['context'] as Record<string, unknown>;

test('the CDK’s own validation fails a synth', () => {
  // Without this flag it only warns, and the deployment starts.
  expect(flags['@aws-cdk/core:validateAgainstDefaultRules']).toBe(true);
});

test('every feature flag is as `cdk init` of this version writes it', () => {
  // An old behavior changes what is deployed.
  expect(flags).toEqual(readJson('node_modules/aws-cdk-lib/recommended-feature-flags.json'));
});

test('cdk.json adds no tag to the stacks', () => {
  // AWS Batch replaces its compute environment for a tag, which fails the deploy.
  expect(cdkJson).not.toHaveProperty('tags');
});
