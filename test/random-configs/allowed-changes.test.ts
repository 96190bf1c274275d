import { CopyOfApp } from '../support/copy-of-app';
import { EDITS } from './support/allowed-changes';
import { npmTest, runIn } from './support/npm-test';

const DEVIATIONS = 'test/guide/deviations.ts';

const app = new CopyOfApp();
afterAll(() => {
  app.remove();
});

function edit(path: string, from: string | RegExp, to: string): void {
  const text = app.read(path);
  if (text.split(from).length !== 2) throw new Error(`${path} has ${String(from)} not once`);
  app.write(
    path,
    text.replace(from, () => to),
  );
}

test('other values and parts in dev and prod, and staging beside them: renewed, with a line for each deviation, npm test is green', () => {
  app.addEverything();
  app.addEnvironment('teststaging');
  for (const [name, changes] of Object.entries(EDITS)) {
    for (const [from, to] of changes) edit(`lib/config/${name}.ts`, from, to);
  }
  const renewed = runIn(app, 'npm run --silent renew');
  expect(renewed.status === 0 ? '' : renewed.stderr).toBe('');
  const { stderr } = runIn(app, 'npx jest test/guide/deviations --ci');
  const lines = new Set([...stderr.matchAll(/'(?:dev|prod): [\w.]+': '<why>',/g)].map(([line]) => line));
  expect(lines.size).toBeGreaterThan(6);
  edit(DEVIATIONS, '= {}', `= {\n  ${[...lines].join('\n  ')}\n}`);

  const { failed, passed } = npmTest(app);
  expect(failed).toEqual([]);
  expect(passed.length).toBeGreaterThan(1500);
  for (const what of ['no secret stands in clear text', 'every output says what it is for']) {
    expect(passed).toContain(`lib/teststaging ${what}`);
  }
}, 900_000);
