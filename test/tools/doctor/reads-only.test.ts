import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TOOLS = join(__dirname, '../../../tools');

/** What the doctor asks AWS with, wherever it stands. */
const SOURCES = [
  ...['doctor', 'shared/health'].flatMap((folder) =>
    readdirSync(join(TOOLS, folder)).map((file) => `${folder}/${file}`),
  ),
  ...['deployed-stack', 'schedules', 'web-service'].map((file) => `shared/${file}.ts`),
];

/** Operations of AWS that do not only read. */
function writing(source: string): string[] {
  const operations = [...source.matchAll(/\bnew (\w+)Command\(|\bpaginate(\w+)\(/g)];
  return operations
    .map(([, one, other]) => one ?? other ?? '')
    .filter((it) => !/^(Describe|Get|List|Simulate)/.test(it));
}

test('the doctor only reads: whoever may look at an environment may call it', () => {
  expect(SOURCES.length).toBeGreaterThan(20);
  expect(SOURCES.flatMap((file) => writing(readFileSync(join(TOOLS, file), 'utf8')))).toEqual([]);
  expect(writing('await ecs.send(new UpdateServiceCommand({ service }));')).toEqual(['UpdateService']);
});
