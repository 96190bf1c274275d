import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = join(__dirname, '../..');

/** Sources of the commands, without their tests. */
const sources = readdirSync(PACKAGES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(?!local-aws)[\w-]+\/src\/.*\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(PACKAGES, file), 'utf8') }));

/** Calls of the AWS CLI that a source prints without a region; those of STS and IAM know none. */
const regionless = (text: string) =>
  [...text.matchAll(/[`"'(]aws (?!(?:sts|iam) )([a-z0-9-]+ [a-z]+-[a-z-]+)[^;]*?(?=;|\n\n|$)/g)]
    .filter(([command]) => !command.includes('--region'))
    .map(([, operation]) => operation);

test('a command that is printed for pasting asks AWS in the environment’s region: the reader’s own may be another', () => {
  // A local AWS has one region.
  const printing = sources.filter(({ file }) => !file.startsWith('local/'));
  expect(printing.flatMap(({ file, text }) => regionless(text).map((call) => `${file}: ${call}`))).toEqual([]);
  expect(regionless('`aws rds start-db-instance --db-instance-identifier ${id}`;')).toEqual(['rds start-db-instance']);
});
