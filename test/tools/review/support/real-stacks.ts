import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../../../../lib/config/environment';
import { createStacks } from '../../../../lib/create-stacks';
import { newDirectory } from '@infra/change-review/testing';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../../../cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

/** Synthesizes ProofLink's own stacks, as a pull request with another config would. */
export function synthesize(environments: Readonly<Record<string, EnvironmentConfig>>): string {
  const outdir = newDirectory();
  // As the CDK CLI does: reviewers know constructs, not logical ids.
  const withPaths = {
    ...context,
    'aws:cdk:enable-path-metadata': true,
    // A fifth of the time of a synth, since Jest maps each trace to its source.
    'aws:cdk:disable-creation-stack-traces': true,
  };
  // The validation of templates has its own tests, and takes longer than all of these.
  const app = new App({ outdir, context: withPaths, builtinCloudFormationValidation: false });
  createStacks(app, environments);
  app.synth();
  return outdir;
}
