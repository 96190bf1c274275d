import type { DeployedResource } from '../../../deployed/changed-by-hand/deployed-resources';
import type { Change, NotCompared } from '../../../deployed/changed-by-hand/findings';
import { runDrift } from '../../../operate/drift/drift';
import { outsideOfSentences } from '../../../../test/support/sentences';

jest.mock(
  '../../../../lib/language',
  () => jest.requireActual<{ pseudoLanguage: object }>('../../../../test/support/sentences').pseudoLanguage,
);

const BUCKET: DeployedResource = {
  logicalId: 'Bucket',
  physicalId: 'bucket',
  type: 'AWS::S3::Bucket',
  path: 'FileStorage/Bucket',
  properties: {},
};
const changed: Change = { ...BUCKET, property: 'versioning', expected: 'on', actual: 'off', fix: 'npx cdk deploy' };
const deleted: Change = { ...changed, logicalId: 'Deleted', property: '' };
const changedByDesign = { ...BUCKET, property: 'versioning', expected: 'on', actual: 'off', why: 'x' };

function notCompared(cause: NotCompared['cause']): NotCompared {
  return { ...BUCKET, property: 'versioning', reason: 'AccessDenied', cause };
}

const EVERY_CAUSE = [notCompared('failed'), notCompared('unresolved'), notCompared('unsupported')];

/** Words of a report, without code and markup, that no language can replace. */
function ownWords(report: string): string[] {
  const text = outsideOfSentences(report).replace(/^```[^]*?^```$/gm, '');
  const withoutCode = text.replace(/`[^`\n]*`|<\/?sub>/g, '');
  return withoutCode.match(/\p{Letter}+/gu) ?? [];
}

test.each([
  {
    title: 'with every kind of finding',
    findings: { changes: [changed, deleted], byDesign: [changedByDesign], notCompared: EVERY_CAUSE },
  },
  { title: 'without a known finding', findings: { changes: [], byDesign: [], notCompared: EVERY_CAUSE } },
  { title: 'without findings', findings: { changes: [], byDesign: [], notCompared: [] } },
  {
    title: 'that is cut',
    findings: { changes: Array.from({ length: 2000 }, () => changed), byDesign: [], notCompared: [] },
  },
])('a report $title has no word of its own', async ({ findings }) => {
  const { stdout } = await runDrift('ProoflinkDev', () => Promise.resolve(findings));
  expect(stdout).toContain('⟦');
  expect(ownWords(stdout)).toEqual([]);
});

test('nor has the refusal of an unknown stack', async () => {
  const { stdout, stderr } = await runDrift('ProoflinkQa');
  expect(ownWords(stdout)).toEqual([]);
  expect(stderr).toMatch(/^⟦[^⟦⟧]+⟧\n$/);
});
