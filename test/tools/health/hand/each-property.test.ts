import { isRecord } from '@infra/common/values';
import { TABLE } from '../../../../tools/health/hand';
import { differences } from '../../../../tools/health/hand/compare';
import { COMPARED_BY_CLOUDFORMATION, driftOf } from '../../../../tools/health/hand/drift';
import { type Asked, expectedBy, type Finding } from '../../../../tools/health/hand/row';
import { template } from '../../../support/assembly';
import { everyEnvironment, type TestStack } from '../../../support/environments';
import { whileAwsAnswers } from '../../support/answer-commands';
import { standing } from '../aws-answers';
import { leaves, partOf } from './not-changed';

/** Each copy of a value in which one part is another one or gone, with the path of that part. */
function changed(value: unknown, path = ''): (readonly [path: string, copy: unknown])[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => [
      [`${path}/${index}`, value.toSpliced(index, 1)] as const,
      ...changed(item, `${path}/${index}`).map(([at, copy]) => [at, value.with(index, copy)] as const),
    ]);
  }
  if (!isRecord(value)) return [[path, `not ${String(value)}`]];
  return Object.entries(value).flatMap(([key, item]) => [
    ...(JSON.stringify(item) === '[]' ? [] : [[`${path}/${key}`, { ...value, [key]: undefined }] as const]),
    ...changed(item, `${path}/${key}`).map(([at, copy]) => [at, { ...value, [key]: copy }] as const),
  ]);
}

const stacks = (Object.keys(everyEnvironment) as TestStack[]).flatMap((stack) =>
  Object.entries(template(stack).Resources).map(([logicalId, { Type: type, Properties = {} }]) => {
    return { name: `${stack} ${logicalId}`, type, properties: Properties };
  }),
);

test.each(Object.entries(TABLE))('%s: each property that is compared is missed when it changes', (type, row) => {
  const found = stacks.filter((each) => each.type === type);
  expect(found).not.toEqual([]);
  const unseen = found.flatMap(({ name, properties }) => {
    const expected = expectedBy(row, { properties, id: 'x:1', all: [] } as unknown as Asked);
    expect(differences(expected, expected)).toEqual([]);
    return changed(expected)
      .filter(([, actual]) => differences(expected, actual).length === 0)
      .map(([path]) => `${name} ${path}`);
  });
  expect(unseen).toEqual([]);
});

test.each([...COMPARED_BY_CLOUDFORMATION])('%s: each property that no API changes here is named, too', async (type) => {
  for (const { name, properties } of stacks.filter((each) => each.type === type)) {
    const paths = leaves(properties).filter((path) => partOf(type, path) !== undefined && path !== '/DesiredCount');
    const drift = {
      ...{ ResourceType: type, StackResourceDriftStatus: 'MODIFIED', ExpectedProperties: JSON.stringify(properties) },
      PropertyDifferences: paths.map((PropertyPath) => ({ PropertyPath, ExpectedValue: 'one', ActualValue: 'other' })),
    };
    const resource = { logicalId: name, physicalId: name, type, properties };
    const { it } = standing()();
    const changes: Finding[] = await whileAwsAnswers({ DetectStackResourceDrift: { StackResourceDrift: drift } }, () =>
      driftOf(it, resource),
    );
    expect(changes.map(({ fix }) => fix)).toEqual(paths.map(() => expect.stringMatching(/--revert-drift$/) as string));
    expect(changes.filter(({ what }) => what === '')).toEqual([]);
  }
});
