import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { SettingsConfig } from '../config/sections/settings';
import type { ResourceNames } from '../config/names';
import { Variable } from '../contract';

export interface SettingsProps {
  readonly names: ResourceNames;
  readonly removalPolicy: RemovalPolicy;
}

/** The secret with the application's own secret settings, a key each. People fill it; the stack never does. */
export class Settings extends Construct {
  public readonly secret: ISecret;

  constructor(scope: Construct, id: string, props: SettingsProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: `Settings of ${props.names.prefix}, set with npm run prooflink -- settings`,
      // Never change this: CloudFormation would overwrite what people have set. They add to a JSON object.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'unused' },
      removalPolicy: props.removalPolicy,
    });
    acknowledge(this.secret, { 'AwsSolutions-SMG4': 'Other people’s passwords: they rotate where they are issued.' });
  }
}

/** A container's secret settings, by variable; `read` makes one of a key. */
export function secretSettings<T>(settings: SettingsConfig | undefined, read: (key: string) => T): Record<string, T> {
  return Object.fromEntries((settings?.secrets ?? []).map((key) => [key, read(key)]));
}

/** The secret with the database's URL, as DATABASE_URL and under the name that the application reads, if it is another one. */
export function databaseSecrets<T>(databaseVariable: string | undefined, secret: T): Record<string, T> {
  const secrets: Record<string, T> = { [Variable.databaseUrl]: secret };
  if (databaseVariable !== undefined) secrets[databaseVariable] = secret;
  return secrets;
}
