import { isDeepStrictEqual } from 'node:util';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { ConfigError } from '../../lib/config/validate';
import { createStacks } from '../../lib/create-stacks';
import { GUIDE_FIELDS } from '../guide/fields';
import { rowsOf, valueAt } from '../guide/rows';
import { Deployed } from '../support/deployed';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';
import { bases, within } from './support/changes';
import { changeOf } from './support/change-shows';
import { leavesOf } from './support/leaves';
import { whereFieldsShow } from './support/where-fields-show';

test('test/guide/fields.ts names each field whose change leaves the guide, and no other', () => {
  const leaves = (['dev', 'prod'] as const).flatMap((name) =>
    leavesOf(bases[name]).flatMap(([field]) => {
      const there = bases[name === 'dev' ? 'prod' : 'dev'];
      const { after } = changeOf({ field, name, here: bases[name], there }, whereFieldsShow[field] ?? {});
      return left(name, after) ? [field] : [];
    }),
  );
  // A section that an environment lacks is named by its fields.
  const missing = leaves.filter((leaf) => !GUIDE_FIELDS.some((field) => within(leaf, field) || within(field, leaf)));
  const unneeded = GUIDE_FIELDS.filter((field) => !leaves.some((leaf) => within(leaf, field)));
  expect({ missing, unneeded }).toEqual({ missing: [], unneeded: [] });
});

/** Whether a row of the guide has another value; false for a config that a rule refuses. */
function left(name: 'dev' | 'prod', config: EnvironmentConfig): boolean {
  const app = newApp({ analyticsReporting: false, treeMetadata: false });
  try {
    createStacks(app, { [name]: config });
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
  const stack = new Deployed(app.synth().stacks[0]?.template as Template, { AppImageTag: 'v1' });
  return rowsOf(name).some(({ type, called, path, expected }) => {
    try {
      return !isDeepStrictEqual(valueAt(stack, type, called, path), expected);
    } catch {
      return true;
    }
  });
}
