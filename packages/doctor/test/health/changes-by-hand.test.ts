import { askQuestion, environmentWith } from './aws-answers';

test('during a deployment nothing is asked, and one line says why', async () => {
  const environment = environmentWith({ description: { StackStatus: 'UPDATE_IN_PROGRESS' } });
  const { result, says } = (await askQuestion('by-hand', {}, environment)) ?? {};
  expect(result).toBe('underway');
  expect(says).toMatch(
    /^Not compared: \d+ resources \(ProoflinkProd is UPDATE_IN_PROGRESS: compare again after that\)\.$/,
  );
});
