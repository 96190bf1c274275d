import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type AppProps } from 'aws-cdk-lib/core';
import type { DeliveryConfig } from '../../lib/config/delivery';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { stackId } from '../../lib/config/names';
import { createStacks } from '../../lib/create-stacks';
import { runFolder } from './run-folder';

const cdkJson = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

/** An app with the feature flags of cdk.json: without them tests would see other templates than a deploy. */
export function newApp({ outdir, ...props }: AppProps = {}): App {
  return new App({
    // It takes two seconds to start in every process; packages/proofs/test/lint runs it.
    builtinCloudFormationValidation: false,
    ...props,
    // Without a folder an app takes one of the system's, which remains.
    outdir: outdir ?? mkdtempSync(join(runFolder, 'app-')),
    context: {
      ...cdkJson.context,
      // As the CLI writes it: tests and readers know constructs by their paths, not by logical ids.
      'aws:cdk:enable-path-metadata': true,
      // A fifth of the time of a synth, since Jest maps each trace to its source.
      'aws:cdk:disable-creation-stack-traces': true,
    },
  });
}

/** Synthesizes environments, and a delivery, which may be of others; returns the folder. */
export function synthesize(
  environments: Readonly<Record<string, EnvironmentConfig>>,
  delivery?: DeliveryConfig,
  outdir?: string,
  delivered?: Readonly<Record<string, EnvironmentConfig>>,
): string {
  const app = newApp({ outdir });
  if (delivered) {
    createStacks(app, delivered, delivery);
    keepDeliveryOnly(app);
  }
  createStacks(app, environments, delivered ? undefined : delivery);
  removeEmptyStacks(app);
  return app.synth().directory;
}

/** Removes every stack but those of the delivery, a team's further ones included. */
export function keepDeliveryOnly(app: App): void {
  const others = app.node.children.filter(({ node }) => !node.id.startsWith(stackId('delivery')));
  for (const { node } of others) app.node.tryRemoveChild(node.id);
}

/** Removes a further stack that is still empty: CloudFormation takes no template without resources. */
function removeEmptyStacks(app: App): void {
  const empty = app.node.children.filter(({ node }) => node.children.length === 0);
  for (const { node } of empty) app.node.tryRemoveChild(node.id);
}
