import type { EnvironmentConfig } from '../environment';

/** Variables and secrets of the application beyond those the stack sets, such as SMTP or OAuth. */
export interface SettingsConfig {
  /**
   * Which further variables, with their values? They are readable in the template. A value that looks like a secret and
   * is none gets a reason: `SEARCH_KEY: { value: 'abc', notSecret: 'browsers get it, too' }`.
   *
   * `PORT` is '3000', `HOSTNAME` is '0.0.0.0', and `PATH` belongs into the image. All variables and secrets of the web
   * service take 56,000 bytes at most, those of the import 20,000.
   */
  readonly variables: Readonly<Record<string, string | PublicValue>>;
  /**
   * Which further variables are secret? Their names; `npm run prooflink -- settings <environment>` sets the values. A
   * container that wants one that is not set yet does not start. The names of the web service's and the import's take some
   * 1,200 characters together at most.
   */
  readonly secrets: readonly string[];
}

/** A value that looks like a secret by its name or by itself, and is none. */
export interface PublicValue {
  readonly value: string;
  /** Why may everybody read it? Six letters or more. */
  readonly notSecret: string;
}

/** The settings of all sections of a config. */
export function allSettings({ webService, userImport, jobs = [], workers = [] }: EnvironmentConfig): SettingsConfig[] {
  const sections = [webService, userImport, ...jobs, ...workers];
  return sections.flatMap((section) => section?.settings ?? []);
}

/** Settings of the web tasks, with those of a job or worker of its own. */
export function withOwnSettings(web: SettingsConfig | undefined, own: SettingsConfig | undefined): SettingsConfig {
  return {
    variables: { ...web?.variables, ...own?.variables },
    secrets: [...new Set([...(web?.secrets ?? []), ...(own?.secrets ?? [])])],
  };
}

/** The variables with their values alone. */
export function plainVariables(settings: SettingsConfig | undefined): Record<string, string> {
  const variables = Object.entries(settings?.variables ?? {});
  return Object.fromEntries(variables.map(([name, variable]) => [name, plainValue(variable)]));
}

export function plainValue(variable: string | PublicValue): string {
  return typeof variable === 'string' ? variable : variable.value;
}
