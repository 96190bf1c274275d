import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { delivery } from '@infra/commands/app';
import { ROOT } from '@infra/testing/workflow';

const CODEOWNERS = readFileSync(join(ROOT, '.github/CODEOWNERS'), 'utf8');

/** The patterns of a CODEOWNERS file with their owners. */
function ownersIn(text: string): { pattern: string; owners: string[] }[] {
  const lines = text.split('\n').map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return lines.filter(Boolean).map((line) => {
    const [pattern = '', ...owners] = line.split(/\s+/);
    return { pattern, owners };
  });
}

/** The last pattern that matches a file counts, even if it names no owner. */
function everyFileHasAnOwner(text: string): boolean {
  const lines = ownersIn(text);
  return lines[0]?.pattern === '*' && lines.every(({ owners }) => owners.length > 0);
}

test('every file has an owner: without a review by one, nothing is merged that a deployment uses', () => {
  expect(everyFileHasAnOwner(CODEOWNERS)).toBe(true);
});

test.each([
  { title: 'a line without an owner', text: '* @a/b\nnpm-shrinkwrap.json\n' },
  { title: 'a comment in the place of one', text: '* @a/b\n/docs/ # @a/b\n' },
  { title: 'folders alone', text: '/lib/ @a/b\n/packages/ @a/b\n' },
])('$title leaves files without an owner', ({ text }) => {
  expect(everyFileHasAnOwner(text)).toBe(false);
});

/** Teams of another organization than the repository's. */
function foreignTeams(text: string, repository = ''): string[] {
  const [organization = ''] = repository.toLowerCase().split(/[@/]/);
  const teams = ownersIn(text).flatMap(({ owners }) => owners.filter((owner) => owner.includes('/')));
  return teams.filter((team) => organization !== '' && !team.toLowerCase().startsWith(`@${organization}/`));
}

test('once a repository is named, its teams are its organization’s: GitHub ignores others without a word', () => {
  expect(foreignTeams(CODEOWNERS, delivery.repository)).toEqual([]);
});

test('a team of another organization is found', () => {
  const owners = '* @before/infrastructure @person\n';
  expect(foreignTeams(owners, 'Before@1234/app@5678')).toEqual([]);
  expect(foreignTeams(owners, 'team/app')).toEqual(['@before/infrastructure']);
});
