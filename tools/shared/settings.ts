import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { stackId } from '../../lib/config/names';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import type { EnvironmentName } from './environment-argument';
import { readSettingsStack } from './settings-secret';

/** Coordinates of an environment's settings. */
export interface Place {
  readonly stack: string;
  readonly config: EnvironmentConfig;
}

export const placeOf = (environment: EnvironmentName): Place => ({
  stack: stackId(environment),
  config: environments[environment],
});

/**
 * Tells which keys would miss before a deployment with an image tag, an empty one for the image that runs: only where a task would run can
 * one miss a setting, and no value is read, so that whoever asks need not be trusted with them.
 */
export async function checkSettings(
  environment: EnvironmentName,
  tag: string,
  place = placeOf(environment),
): Promise<Outcome> {
  const wanted = wantedBy(place.config);
  if (wanted.size === 0) return wantsNone(environment);
  const deployed = await readSettingsStack(place.stack, place.config.region);
  const runs = tag !== '' || (deployed?.imageTag ?? '') !== '';
  const keys = deployed?.secret ? await deployed.secret.keys() : new Set<string>();
  if (!keys) {
    throw new CannotTellError(
      `The settings of ${environment} were changed by hand, so that nobody knows which there are without reading them. ` +
        `This reads them, and notes it: npm run prooflink -- settings ${environment}`,
    );
  }
  const listed = list(environment, wanted, keys);
  if (listed.exitCode === 0) return listed;
  if (!runs)
    return said(0, listed.stdout.trimEnd(), `No web task of ${environment} runs yet, so that none stops for it.`);
  if (deployed?.secret) return listed;
  return said(
    1,
    listed.stdout.trimEnd(),
    `${place.stack} has no secret for them yet. Deploy once with settings: { variables: {}, secrets: [] }, which makes it.`,
  );
}

export function list(
  environment: EnvironmentName,
  wanted: ReadonlyMap<string, readonly string[]>,
  keys: ReadonlySet<string>,
): Outcome {
  const lines = settingsTable(wanted, keys);
  const missing = [...wanted.keys()].filter((key) => !keys.has(key));
  if (missing.length === 0) return said(0, ...lines);
  return said(
    1,
    ...lines,
    `A container that wants a missing one does not start. Set it before the release:`,
    ...missing.map((key) => `  npm run prooflink -- settings ${environment} set ${key}`),
  );
}

/** A row for each key: whether it has a value, and which containers want it. */
export function settingsTable(wanted: ReadonlyMap<string, readonly string[]>, keys: ReadonlySet<string>): string[] {
  const width = Math.max(...[...wanted.keys()].map((key) => key.length));
  return [...wanted].map(
    ([key, containers]) => `${keys.has(key) ? 'set    ' : 'MISSING'}  ${key.padEnd(width)}  ${containers.join(', ')}`,
  );
}

/** The keys that containers want, and which containers. */
export function wantedBy({ webService, userImport }: EnvironmentConfig): Map<string, string[]> {
  const wanted = new Map<string, string[]>();
  const want = (container: string, keys: readonly string[] = []) => {
    for (const key of keys) wanted.set(key, [...(wanted.get(key) ?? []), container]);
  };
  want('web task', webService.settings?.secrets);
  want('import job', userImport?.settings?.secrets);
  return wanted;
}

export function wantsNone(environment: EnvironmentName): Outcome {
  return said(0, `${environment} wants no secret settings (lib/config/${environment}.ts).`);
}

export function said(exitCode: Outcome['exitCode'], ...lines: string[]): Outcome {
  return { exitCode, stdout: lines.map((line) => `${line}\n`).join(''), stderr: '' };
}
