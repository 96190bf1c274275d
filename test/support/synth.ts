import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type AppProps } from 'aws-cdk-lib/core';
import type { DeliveryConfig } from '../../lib/config/delivery';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { createStacks } from '../../lib/create-stacks';

const cdkJson = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

/** An app with the feature flags of cdk.json: without them tests would see other templates than a deploy. */
export function newApp(props: AppProps = {}): App {
  // The built-in validation takes two seconds to start in every process; test/validation.test.ts runs it.
  return new App({
    builtinCloudFormationValidation: false,
    ...props,
    // With path metadata, as the CLI has it: tests and readers know constructs by their paths, not by logical ids.
    context: { ...cdkJson.context, 'aws:cdk:enable-path-metadata': true },
  });
}

/** Synthesizes environments, and the delivery where one is given, into the folder `outdir`. */
export function synthesize(
  environments: Readonly<Record<string, EnvironmentConfig>>,
  outdir?: string,
  delivery?: DeliveryConfig,
): string {
  const app = newApp({ outdir });
  createStacks(app, environments, delivery);
  return app.synth().directory;
}
