import { stopReasonOf } from '../../src/deployed/stop-reason';
import { besideOthers } from '../support/containers';

jest.mock('@infra/common/language', () => ({
  language: 'ja',
  wordsOf: <Words>({ ja }: { readonly ja: Words }): Words => ja,
}));

test("an exit code that AWS's English reason names is not added in Japanese, and another one is", () => {
  const containers = besideOthers({ exitCode: 1 });
  const named = 'Essential container in task exited (exit code 1)';
  expect(stopReasonOf({ stoppedReason: named, containers })).toBe(named);
  const unnamed = 'Essential container in task exited';
  expect(stopReasonOf({ stoppedReason: unnamed, containers })).toBe(`${unnamed}, 終了コード 1`);
});
