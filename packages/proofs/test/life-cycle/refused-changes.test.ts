import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Size, type Stack, Tags } from 'aws-cdk-lib/core';
import { bootstrap } from '@infra/local-aws';
import { dev, prod } from '../../../../test/support/configs';
import { createStacks, type FixedConfig } from '@infra/commands/app';
import { REPLACED_FOR_TAGS } from '../../../../test/support/replaced-for-tags';
import { newApp } from '../../../../test/support/synth';
import { scratch } from './support/apps';
import { holdings, leaveData } from './support/holdings';
import { Life } from './support/life';
import { live } from './support/live';
import { readPage } from './support/pages';
import { upgradesDatabase } from './support/runbook';
import { deploy, FIRST } from './support/steps';

const life = new Life('dev');
const unchanged = () => holdings(life.names);

/** A deploy of dev with a standby, and with what a step changes of it. */
const devWith =
  (database: Partial<FixedConfig['database']> = {}, network: Partial<FixedConfig['network']> = {}) =>
  () => {
    const app = newApp({ outdir: mkdtempSync(join(scratch, 'changed-')) });
    const changed: FixedConfig = {
      ...dev,
      database: { ...dev.database, multiAz: prod.database.multiAz, ...database },
      network: { ...dev.network, ...network },
    };
    createStacks(app, { dev: changed });
    return deploy('', '', '--app', app.synth().directory);
  };

/** A deploy of dev as `devWith` does it, with tags that a step adds to the stack. */
const devTagged = (addTags: (stack: Stack) => void) => () => {
  const app = newApp({ outdir: mkdtempSync(join(scratch, 'tagged-')) });
  const multiAz = { ...dev, database: { ...dev.database, multiAz: prod.database.multiAz } };
  for (const stack of createStacks(app, { dev: multiAz })) addTags(stack);
  return deploy('', '', '--app', app.synth().directory);
};

live(life, [
  {
    name: 'without the preparation the first deploy fails and says so, in the words that docs/first-deploy.md quotes',
    calls: [() => life.start({ run: false }), () => bootstrap({ aws: life.aws }), devWith()],
    failsWith: /./,
    status: 'ROLLBACK_COMPLETE',
    check: (refusal) => {
      const page = readPage('docs/first-deploy.md');
      const quoted = [...page.matchAll(/"((?:Unable|Missing|Verify) [^"]*)"/g)].map(([, words = '']) =>
        words.replace(/\s+/g, ' '),
      );
      expect(quoted.filter((words) => refusal.includes(words))).not.toEqual([]);
    },
  },
  {
    name: 'and, having prepared the account and waited, deploys again: the CLI deletes what was left',
    calls: [
      ['prooflink', 'prepare'],
      () => {
        life.aws.wait(5 * 60);
      },
      devWith(),
      () => leaveData(life.names),
    ],
    ...FIRST,
  },
  {
    name: 'a further tag of the stack cannot be deployed: AWS Batch would replace its named compute environment',
    calls: [
      devTagged((stack) => {
        stack.tags.setTag('CostCenter', 'web');
      }),
    ],
    failsWith: /ComputeEnvironment.+cannot update a stack when a custom-named resource requires replacing/is,
    status: 'UPDATE_ROLLBACK_COMPLETE',
    unchanged,
  },
  {
    name: 'a further tag that leaves out what it would replace is deployed in place',
    calls: [
      devTagged((stack) => {
        Tags.of(stack).add('CostCenter', 'web', { excludeResourceTypes: [...REPLACED_FOR_TAGS] });
      }),
    ],
    status: 'UPDATE_COMPLETE',
    unchanged,
  },
  ...upgradesDatabase(life, devWith({ allocatedStorage: Size.gibibytes(30), engineVersion: '16' })),
]);
