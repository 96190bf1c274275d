import { Annotations, type App } from 'aws-cdk-lib/core';
import { AsciiTemplateSynthesizer } from './ascii-template';
import { deliveredAccounts, providerAccount } from './config/delivered-accounts';
import type { DeliveryConfig } from './config/delivery';
import type { EnvironmentConfig } from './config/environment';
import { resourceNames, stackId } from './config/names';
import { placeholders } from './config/placeholders';
import { isOn } from './config/safeguard';
import { assertValid } from './config/validate';
import { inBothLanguages } from './config/words';
import { DeliveryStack } from './delivery/delivery-stack';
import { ProoflinkStack } from './prooflink-stack';

/**
 * Adds one stack per environment to the app, `ProoflinkDev` for `dev`, and `ProoflinkDelivery` where a repository is
 * named. `bin` and every test build stacks through this.
 *
 * @throws ConfigError that lists every broken rule of every environment and of the delivery.
 */
export function createStacks(
  app: App,
  environments: Readonly<Record<string, EnvironmentConfig>>,
  delivery?: DeliveryConfig,
): ProoflinkStack[] {
  assertValid(environments, delivery);
  if (delivery) addDelivery(app, environments, delivery);
  return Object.entries(environments).map(([name, config]) => {
    const stack = new ProoflinkStack(app, stackId(name), {
      description: `ProofLink, environment ${name}`,
      env: { account: config.account, region: config.region },
      synthesizer: new AsciiTemplateSynthesizer(),
      terminationProtection: isOn(config.terminationProtection),
      // CloudFormation passes these on to every resource. No other tag, and none that changes: AWS Batch replaces its
      // compute environment on any change of tags, and a named one cannot be replaced (docs/decisions/0005).
      tags: { Project: 'ProofLink', Environment: name },
      names: resourceNames(name),
      config,
    });
    const left = placeholders(config).map(({ field, value }) => `${field} (${value})`);
    if (left.length > 0) {
      const values = { environment: name, fields: left };
      const message = inBothLanguages(({ report }) => report.placeholders(values));
      // CI and the workflow Deploy synthesize with --strict: a warning stops what GitHub would deploy.
      if (delivery?.repository !== undefined && delivery.environments[name] === true) {
        Annotations.of(stack).addWarningV2('prooflink:placeholders', message);
      } else {
        Annotations.of(stack).addInfoV2('prooflink:placeholders', message);
      }
    }
    return stack;
  });
}

/** Adds a stack `ProoflinkDelivery` per account: its name stays when an environment gets an account of its own. */
function addDelivery(
  app: App,
  environments: Readonly<Record<string, EnvironmentConfig>>,
  delivery: DeliveryConfig,
): void {
  const { repository, applicationRepository, region } = delivery;
  if (repository === undefined) return;
  const accounts = deliveredAccounts(delivery, environments);
  for (const { account, names, stackId: deliveryStackId } of accounts) {
    new DeliveryStack(app, deliveryStackId, {
      stackName: stackId('delivery'),
      description: 'ProofLink, the roles of its GitHub workflows',
      env: { account, region },
      synthesizer: new AsciiTemplateSynthesizer(),
      // No termination protection: it holds no data, and shutting GitHub out has to take one command.
      tags: { Project: 'ProofLink' },
      repository,
      applicationRepository,
      providerArn: delivery.existingProviders.find((arn) => providerAccount(arn) === account),
      environments: Object.entries(environments)
        .filter(([name]) => names.includes(name))
        .map(([name, config]) => ({ name, region: config.region, names: resourceNames(name) })),
    });
  }
}
