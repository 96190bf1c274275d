import { CopyOfApp } from '../support/copy-of-app';
import { type Edits, FIRST, SECOND } from './support/allowed-changes';
import { npmTest, runIn } from './support/npm-test';

const DEVIATIONS = 'test/guide/deviations.ts';

const app = new CopyOfApp();
app.addEverything();
const untouched = ['dev', 'prod'].map((name) => [`lib/config/${name}.ts`, app.read(`lib/config/${name}.ts`)]);
const noDeviations = app.read(DEVIATIONS);
afterAll(() => {
  app.remove();
});

test.each<[string, Edits]>([
  ['values of a team’s own', FIRST],
  ['parts that an environment lacks, or has beside the guide’s', SECOND],
])(
  'whoever gives dev and prod %s finds npm test green, once it was renewed and each deviation has its line',
  (_, edits) => {
    for (const [file = '', text = ''] of untouched) app.write(file, text);
    for (const [file, changes] of Object.entries(edits)) {
      for (const [from, to] of changes) {
        const text = app.read(`lib/config/${file}.ts`);
        if (text.split(from).length !== 2) throw new Error(`${file} has ${String(from)} not once`);
        app.write(
          `lib/config/${file}.ts`,
          text.replace(from, () => to),
        );
      }
    }
    const renewed = runIn(app, 'npm run --silent renew');
    expect(renewed.status === 0 ? '' : renewed.stderr).toBe('');
    app.write(DEVIATIONS, noDeviations);
    const { stderr } = runIn(app, 'npx jest test/guide/deviations --ci');
    const lines = [...stderr.matchAll(/'(?:dev|prod): [\w.]+': '<why>',/g)].map(([line]) => line);
    expect(lines.length).toBeGreaterThan(3);
    const unique = [...new Set(lines)].join('\n  ');
    app.write(
      DEVIATIONS,
      noDeviations.replace('= {}', () => `= {\n  ${unique}\n}`),
    );

    const { failed, passed } = npmTest(app);
    expect(failed).toEqual([]);
    expect(passed.length).toBeGreaterThan(1500);
  },
  900_000,
);
