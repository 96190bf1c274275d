import * as environments from '../../../lib/config';
import { stackId } from '../../../lib/config/names';
import { readStackIfDeployed } from '../../deployed/deployed-stack';
import { type SettingsSecret, settingsSecretOf } from '../../deployed/settings-secret';
import type { EnvironmentName } from '../../program/environment-argument';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { settingsReport, wantedBy, wantsNone } from '../../deployed/wanted-settings';

/** Concurrent writers: one succeeds at each attempt. */
const ATTEMPTS = 20;

/** Lists the keys that the containers want, and those of them that have no value yet. */
export async function listSettings(
  environmentName: EnvironmentName,
  config = environments[environmentName],
): Promise<Outcome> {
  const wanted = wantedBy(config);
  if (wanted.size === 0) return { exitCode: 0, stdout: `${wantsNone(environmentName)}\n`, stderr: '' };
  const { isComplete, lines } = settingsReport(environmentName, wanted, await keysOf(await secretOf(environmentName)));
  return { exitCode: isComplete ? 0 : 1, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

/** Sets one key and leaves the others as they are. */
export async function setSetting(
  environmentName: EnvironmentName,
  key: string,
  ask: () => Promise<string>,
  config = environments[environmentName],
): Promise<Outcome> {
  const wanted = wantedBy(config);
  if (!wanted.has(key)) {
    const there = wanted.size > 0 ? `It wants: ${[...wanted.keys()].join(', ')}.` : 'It wants none.';
    throw new CannotTellError(
      `${environmentName} wants no secret setting ${key}. ${there} Names stand in settings.secrets of lib/config/${environmentName}.ts.`,
    );
  }
  const secret = await secretOf(environmentName);
  await secret.read();
  const value = await ask();
  if (value === '') throw new CannotTellError(`No value was given; ${key} stays as it was.`);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { values, version } = await secret.read();
    if (await secret.replace(version, { ...values, [key]: value })) {
      const says = `${key} is set. Containers read it when they start: from the next release or new task on.`;
      return { exitCode: 0, stdout: `${says}\n`, stderr: '' };
    }
  }
  throw new CannotTellError(`${key} is not set: somebody else set other settings each time. Set it again.`);
}

async function secretOf(environmentName: EnvironmentName): Promise<SettingsSecret> {
  const secret = settingsSecretOf(await readStackIfDeployed(environmentName));
  if (secret) return secret;
  const stack = stackId(environmentName);
  throw new CannotTellError(
    `${stack} has no secret for settings yet. Deploy it once without a new image: npx cdk deploy ${stack}`,
  );
}

/** A value that was changed by hand is read, and labelled for readers without that right. */
async function keysOf(secret: SettingsSecret): Promise<ReadonlySet<string>> {
  const noted = await secret.keys();
  if (noted) return noted;
  const { values, version } = await secret.read();
  await secret.note(values, version);
  return new Set(Object.keys(values).filter((key) => values[key]));
}
