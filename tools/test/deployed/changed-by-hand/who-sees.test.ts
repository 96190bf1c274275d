import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPARISONS, NEVER_COMPARED } from '../../../deployed/changed-by-hand/changed-by-hand';
import { COMPARED_BY_CLOUDFORMATION } from '../../../deployed/changed-by-hand/cloudformation-drift';
import { template } from '../../../../test/support/assembly';
import { everyEnvironment, type TestStack } from '../../../../test/support/environments';

const DECISION_FILE = join(__dirname, '../../../../docs/decisions/0018-who-sees-a-change-by-hand.md');

/** A row of the decision's table: a type of resource, and who sees a change of it. */
const ROW = /^\| `((?:AWS|Custom)::[^`]+)` +\| ([^|]+?) +\|/gm;

const decision = readFileSync(DECISION_FILE, 'utf8');
const rows = [...decision.matchAll(ROW)].map(([, type = '', observer = '']) => ({ type, observer }));

/** Types in the rows whose second cell matches, sorted. */
function typesSeenBy(observerPattern: RegExp): string[] {
  const matchingRows = rows.filter(({ observer }) => observerPattern.test(observer));
  return matchingRows.map(({ type }) => type).sort();
}

test('each type of a template has a row, and each row a type', () => {
  const stackNames = Object.keys(everyEnvironment) as TestStack[];
  const resources = stackNames.flatMap((stackName) => Object.values(template(stackName).Resources));
  const types = new Set(resources.map(({ Type }) => Type));
  expect(rows.map(({ type }) => type).sort()).toEqual([...types].sort());
});

test('CloudFormation compares the types that the page says, and no other', () => {
  expect(typesSeenBy(/CloudFormation/)).toEqual([...COMPARED_BY_CLOUDFORMATION].sort());
});

test('our table compares the types that the page says, and no other', () => {
  expect(typesSeenBy(/our table/)).toEqual(Object.keys(COMPARISONS).sort());
});

test('a type that nothing sees is in no list', () => {
  const unseenTypes = typesSeenBy(/nothing/);
  const typesOfAws = unseenTypes.filter((type) => !type.startsWith('Custom::'));
  expect(typesOfAws).toEqual([...NEVER_COMPARED].sort());
  const comparedTypes = unseenTypes.filter((type) => type in COMPARISONS || COMPARED_BY_CLOUDFORMATION.has(type));
  expect(comparedTypes).toEqual([]);
});
