import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { dev } from '@infra/testing/configs';
import type { FixedConfig } from '@infra/commands/app';
import { synthesize } from '@infra/testing/synth';
import { scratch } from './support/apps';
import { Life } from './support/life';
import { live } from './support/live';
import { upgradesDatabase } from './support/runbook';
import { deploy, FIRST } from './support/steps';

const life = new Life('dev');

/** A deploy of dev with another engine version of the database. */
const devWith = (engineVersion: FixedConfig['database']['engineVersion']) => () => {
  const database = { ...dev.database, engineVersion };
  const assembly = synthesize({ dev: { ...dev, database } }, undefined, mkdtempSync(join(scratch, 'upgrade-')));
  return deploy('', '', '--app', assembly);
};

live(life, [
  {
    name: 'a dev with a database of PostgreSQL 15',
    calls: [() => life.startPrepared({ run: false }), devWith('15')],
    ...FIRST,
  },
  ...upgradesDatabase(life, devWith('16')),
]);
