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

/** Secrets that a container reads. */
export interface ContainerSecrets {
  /** Holds the database's URL, as DATABASE_URL. */
  readonly databaseUrl: ISecret;
  /** Further name of the variable with the database's URL; `undefined`: DATABASE_URL alone. */
  readonly databaseVariable: string | undefined;
  /** Signs sessions, as NEXTAUTH_SECRET; `undefined`: the container does not read it. */
  readonly sessionSecret: ISecret | undefined;
  readonly settings: SettingsConfig | undefined;
  /** Holds the secret settings; `undefined` where there are none. */
  readonly settingsSecret: ISecret | undefined;
}

/** A container's secrets by their variables; `read` makes one of a secret, or of a key in it. */
export function containerSecrets<T>(
  props: ContainerSecrets,
  read: (secret: ISecret, key?: string) => T,
): Record<string, T> {
  const { databaseUrl, databaseVariable, sessionSecret, settings, settingsSecret } = props;
  const secrets: Record<string, T> = { [Variable.databaseUrl]: read(databaseUrl) };
  if (databaseVariable !== undefined) secrets[databaseVariable] = read(databaseUrl);
  if (sessionSecret) secrets['NEXTAUTH_SECRET'] = read(sessionSecret);
  if (settingsSecret) {
    for (const key of settings?.secrets ?? []) secrets[key] = read(settingsSecret, key);
  }
  return secrets;
}
