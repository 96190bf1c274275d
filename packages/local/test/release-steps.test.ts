import { RELEASE_STEP } from '../src/session';
import { en } from '@infra/operate/release/words';
import { ja } from '@infra/operate/release/ja';

/** Number that the session reads of a line of a release's progress. */
function stepOf(line: string): string | undefined {
  const [, step] = RELEASE_STEP.exec(line) ?? [];
  return step;
}

describe.each([
  { language: 'English', words: en },
  { language: 'Japanese', words: ja },
])('the session reads the number of each step of a release in $language', ({ words }) => {
  const { check, noMigration, migrate, deploy, wait } = words.steps;

  it.each([
    { title: 'the check', line: check({ environmentName: 'dev' }), step: '1' },
    { title: 'no migration', line: noMigration({ reason: 'none' }), step: '2' },
    { title: 'the migration', line: migrate({ imageTag: 'v1' }), step: '2' },
    { title: 'the deployment', line: deploy({ stackName: 'ProoflinkDev' }), step: '3' },
    { title: 'the wait', line: wait(), step: '4' },
    { title: 'another line', line: words.updatedAlready, step: undefined },
  ])('$title', ({ line, step }) => {
    expect(stepOf(line)).toBe(step);
  });
});
