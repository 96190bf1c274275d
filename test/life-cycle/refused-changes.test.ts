import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Size } from 'aws-cdk-lib/core';
import { dev, prod } from '../../lib/config';
import type { FixedConfig } from '../../lib/config/environment';
import { createStacks } from '../../lib/create-stacks';
import { prepare } from '../../tools/deploy-local/prooflink';
import { bootstrap } from '@infra/local-aws';
import { newApp } from '../support/synth';
import { scratch } from './support/apps';
import { holdings, leaveData } from './support/holdings';
import { Life } from './support/life';
import { upgradesDatabase } from './support/runbook';
import { expectFirstDeploy } from './support/steps';

const PAGE = readFileSync(join(__dirname, '../../docs/first-deploy.md'), 'utf8');

const life = new Life('dev');
afterAll(() => life.end());

/** Dev with a standby, and with what a test changes of it. */
function devWith(database: Partial<FixedConfig['database']>, network: Partial<FixedConfig['network']> = {}): string {
  const app = newApp({ outdir: mkdtempSync(join(scratch, 'changed-')) });
  const changed: FixedConfig = {
    ...dev,
    database: { ...dev.database, multiAz: prod.database.multiAz, ...database },
    network: { ...dev.network, ...network },
  };
  createStacks(app, { dev: changed });
  return app.synth().directory;
}

test('whoever forgot the preparation reads so in the first deploy, in the words that docs/first-deploy.md quotes', async () => {
  await life.start({ run: false });
  await bootstrap({ ...life.cdk(), app: undefined });
  const refusal = await life.deploy(devWith({})).then(String, String);
  const quoted = [...PAGE.matchAll(/"((?:Unable|Missing|Verify) [^"]*)"/g)].map(([, words = '']) =>
    words.replace(/\s+/g, ' '),
  );
  expect(quoted.filter((words) => refusal.includes(words))).not.toEqual([]);
  expect((await life.describe())?.StackStatus).toBe('ROLLBACK_COMPLETE');
});

test('and, having prepared the account and waited, deploys again: the CLI deletes what was left', async () => {
  await prepare(life.aws);
  life.aws.wait(5 * 60);
  await life.deploy(devWith({}));
  await expectFirstDeploy(life);
  await leaveData(life.names);
});

test.each([
  [
    'zones that are swapped',
    () => devWith({}, { availabilityZones: [...dev.network.availabilityZones].reverse() }),
    'conflicts with another subnet',
  ],
  [
    'a standby that is given up',
    () => devWith({ multiAz: dev.database.multiAz }),
    'cannot update a stack when a custom-named resource requires replacing',
  ],
])('%s cannot be deployed, and the database stays as it was', async (_, app, reason) => {
  const held = await holdings(life.names);
  await expect(life.deploy(app())).rejects.toThrow(reason);
  expect((await life.describe())?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await holdings(life.names)).toEqual(held);
});

test('nor can storage that is made smaller', async () => {
  await life.deploy(devWith({ allocatedStorage: Size.gibibytes(30) }));
  await expect(life.deploy(devWith({}))).rejects.toThrow('InvalidParameterCombination');
  expect((await life.describe())?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
});

upgradesDatabase(life, () => devWith({ allocatedStorage: Size.gibibytes(30), engineVersion: '16' }));
