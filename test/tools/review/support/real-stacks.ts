import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../../../../lib/config/environment';
import { createStacks } from '../../../../lib/create-stacks';
import type { ProoflinkStack } from '../../../../lib/prooflink-stack';
import type { Template } from '@infra/common/template';
import { newDirectory } from '@infra/change-review/testing';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../../../cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

/** Synthesizes ProofLink's own stacks, as a pull request with another config or another construct would. */
export function synthesize(
  environments: Readonly<Record<string, EnvironmentConfig>>,
  change?: (stack: ProoflinkStack) => void,
): string {
  const outdir = newDirectory();
  // As the CDK CLI does: reviewers know constructs, not logical ids.
  const withPaths = { ...context, 'aws:cdk:enable-path-metadata': true };
  // The validation of templates has its own tests, and takes longer than all of these.
  const app = new App({ outdir, context: withPaths, builtinCloudFormationValidation: false });
  const stacks = createStacks(app, environments);
  if (change) stacks.forEach(change);
  app.synth();
  return outdir;
}

/** Takes resources of a type, and what only serves them, out of a synthesized template. */
export function withoutResources(assembly: string, stack: string, path: string): void {
  const file = join(assembly, `${stack}.template.json`);
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  const kept = Object.entries(template.Resources).filter(
    ([, { Metadata }]) => !String(Metadata?.['aws:cdk:path']).startsWith(`${stack}/${path}/`),
  );
  writeFileSync(file, JSON.stringify({ ...template, Resources: Object.fromEntries(kept) }));
}
