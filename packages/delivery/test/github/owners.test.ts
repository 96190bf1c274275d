import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { delivery } from '@infra/commands/app';
import { ROOT } from '@infra/testing/workflow';

/** Lines of the file, without comments: a pattern, then its owners. */
const lines = readFileSync(join(ROOT, '.github/CODEOWNERS'), 'utf8')
  .split('\n')
  .filter((line) => /^[^#]/.test(line));

test('every file has an owner: without a review by one, nothing is merged that a deployment uses', () => {
  expect(lines[0]).toMatch(/^\* /);
  // The last pattern that matches a file counts, even if it names no owner.
  expect(lines.filter((line) => !/^\S+( [\w@./-]+)+$/.test(line))).toEqual([]);
});

test('once a repository is named, its teams are its organization’s: GitHub ignores others without a word', () => {
  const [organization = ''] = delivery.repository?.toLowerCase().split(/[@/]/) ?? [];
  const teams = lines.join('\n').match(/@\S+(?=\/)/g) ?? [];
  const foreignTeams = teams.filter((team) => organization !== '' && team.toLowerCase() !== `@${organization}`);
  expect(foreignTeams).toEqual([]);
});
