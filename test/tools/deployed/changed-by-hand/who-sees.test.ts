import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPARISONS, NEVER_COMPARED } from '../../../../tools/deployed/changed-by-hand/changed-by-hand';
import { COMPARED_BY_CLOUDFORMATION } from '../../../../tools/deployed/changed-by-hand/cloudformation-drift';
import { template } from '../../../support/assembly';
import { everyEnvironment, type TestStack } from '../../../support/environments';

const PAGE = readFileSync(join(__dirname, '../../../../docs/decisions/0018-who-sees-a-change-by-hand.md'), 'utf8');

/** The rows of the page: type → who sees a change. */
const rows = new Map(
  [...PAGE.matchAll(/^\| `((?:AWS|Custom)::[^`]+)` +\| ([^|]+?) +\|/gm)].map(([, type = '', who = '']) => [type, who]),
);
const typesOf = (who: RegExp) => [...rows].filter(([, said]) => who.test(said)).map(([type]) => type);

test('each type of a template has a row, and each row a type', () => {
  const types = (Object.keys(everyEnvironment) as TestStack[]).flatMap((stack) =>
    Object.values(template(stack).Resources).map(({ Type }) => Type),
  );
  expect([...rows.keys()].sort()).toEqual([...new Set(types)].sort());
});

test('the page says what the commands do', () => {
  expect(typesOf(/CloudFormation/).sort()).toEqual([...COMPARED_BY_CLOUDFORMATION].sort());
  expect(typesOf(/our table/).sort()).toEqual(Object.keys(COMPARISONS).sort());
  const never = typesOf(/nothing/);
  expect(never.filter((type) => !type.startsWith('Custom::')).sort()).toEqual([...NEVER_COMPARED].sort());
  expect(never.filter((type) => type in COMPARISONS || COMPARED_BY_CLOUDFORMATION.has(type))).toEqual([]);
});
