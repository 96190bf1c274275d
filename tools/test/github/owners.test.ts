import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { delivery } from '../../../lib/config/delivery';
import { ROOT } from './workflow';

interface Line {
  readonly number: number;
  readonly pattern: string;
  readonly owners: readonly string[];
}

/** The lines of a CODEOWNERS file that are neither empty nor a comment. */
function parseOwners(text: string): Line[] {
  return text
    .split('\n')
    .map((line, index) => ({
      number: index + 1,
      words: line
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .split(/\s+/),
    }))
    .filter(({ words: [pattern = ''] }) => pattern !== '')
    .map(({ number, words: [pattern = '', ...owners] }) => ({ number, pattern, owners }));
}

/**
 * Ways in which a file may have no owner. Of the lines that match a file the last one counts, even if it names no owner:
 * where the first one matches everything and each one names somebody, every file has an owner.
 */
function gapsIn(text: string): string[] {
  const lines = parseOwners(text);
  return [
    ...(lines[0]?.pattern === '*'
      ? []
      : ['The first line is not "*": a file that no later line matches has no owner.']),
    ...lines
      .filter(({ owners }) => owners.length === 0)
      .map(({ number, pattern }) => `Line ${number}: ${pattern} has no owner.`),
  ];
}

const CODEOWNERS = readFileSync(join(ROOT, '.github/CODEOWNERS'), 'utf8');

test('every file has an owner: without a review by one, nothing is merged that a deployment uses', () => {
  expect(gapsIn(CODEOWNERS)).toEqual([]);
});

test.each([
  { title: 'a line without an owner', added: 'npm-shrinkwrap.json', gap: 'Line 4: npm-shrinkwrap.json has no owner.' },
  { title: 'a comment in the place of one', added: '/docs/ # @a/b', gap: 'Line 4: /docs/ has no owner.' },
])('$title is a gap', ({ added, gap }) => {
  expect(gapsIn(`${CODEOWNERS}${added}\n`)).toEqual([gap]);
});

test('folders alone leave the files beside them, and those of tomorrow, without an owner', () => {
  expect(gapsIn('/lib/ @a/b\n/tools/ @a/b\n')).toEqual([expect.stringMatching(/^The first line is not "\*"/)]);
});

/** Teams of another organization than the repository's, each with what to write. */
function foreignTeams(text: string, repository: string | undefined): string[] {
  if (repository === undefined) return [];
  const [organization = ''] = repository.split(/[@/]/);
  const prefix = `@${organization}/`;
  return parseOwners(text).flatMap(({ number, owners }) =>
    owners
      .filter((owner) => owner.includes('/') && !owner.toLowerCase().startsWith(prefix.toLowerCase()))
      .map((owner) => `.github/CODEOWNERS:${number}: ${owner} is no team of ${organization}; write ${prefix}<team>`),
  );
}

test('once a repository is named, its owners are its organization’s: GitHub ignores others without a word', () => {
  expect(foreignTeams(CODEOWNERS, delivery.repository)).toEqual([]);
});

test('a team of another organization is reported by line, with what to write', () => {
  const owners = '# Who reviews.\n* @before/infrastructure @person\n';
  expect(foreignTeams(owners, 'Before@1234/app@5678')).toEqual([]);
  expect(foreignTeams(owners, 'team/app')).toEqual([
    '.github/CODEOWNERS:2: @before/infrastructure is no team of team; write @team/<team>',
  ]);
});
