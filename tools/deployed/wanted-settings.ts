import type { EnvironmentConfig } from '../../lib/config/environment';
import type { EnvironmentName } from '../program/environment-argument';

/** Keys that containers want, and which containers. */
export type Wanted = ReadonlyMap<string, readonly string[]>;

export function wantedBy({ webService, userImport }: EnvironmentConfig): Wanted {
  const wanted = new Map<string, string[]>();
  const want = (container: string, keys: readonly string[] = []) => {
    for (const key of keys) wanted.set(key, [...(wanted.get(key) ?? []), container]);
  };
  want('web task', webService.settings?.secrets);
  want('import job', userImport?.settings?.secrets);
  return wanted;
}

export const wantsNone = (environmentName: EnvironmentName): string =>
  `${environmentName} wants no secret settings (lib/config/${environmentName}.ts).`;

/** A row for each key: whether it has a value, and which containers want it; and the keys without one. */
export function settingsTable(wanted: Wanted, keys: ReadonlySet<string>) {
  const width = Math.max(...[...wanted.keys()].map((key) => key.length));
  const rows = [...wanted].map(
    ([key, containers]) => `${keys.has(key) ? 'set    ' : 'MISSING'}  ${key.padEnd(width)}  ${containers.join(', ')}`,
  );
  return { rows, missing: [...wanted.keys()].filter((key) => !keys.has(key)) };
}

/** The same, with the commands that set what is missing. */
export function settingsReport(environmentName: EnvironmentName, wanted: Wanted, keys: ReadonlySet<string>) {
  const { rows, missing } = settingsTable(wanted, keys);
  const remedy = [
    'A container that wants a missing one does not start. Set it before the release:',
    ...missing.map((key) => `  npm run prooflink -- settings ${environmentName} set ${key}`),
  ];
  return { isComplete: missing.length === 0, lines: missing.length === 0 ? rows : [...rows, ...remedy] };
}
