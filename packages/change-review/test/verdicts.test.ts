import type { Verdict } from '../src/model/finding';
import { resource, reviewStack } from './support/assemblies';

const database = (properties: object) =>
  resource('AWS::RDS::DBInstance', { DeletionProtection: true, AllocatedStorage: 20, ...properties });
const bucket = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' };

const before = { resources: { Database: database({}), Files: bucket } };
const UNPROTECTED = { DeletionProtection: false };
const SMALLER = { AllocatedStorage: 10 };

/** A change by its verdicts: the database gets other properties, and the bucket may leave the stack. */
function changed(properties: object, { losesBucket = false } = {}) {
  return { resources: { Database: database(properties), ...(losesBucket ? {} : { Files: bucket }) } };
}

describe('each verdict has its headline and its exit code', () => {
  it.each([
    {
      title: 'data is lost or less protected',
      after: changed(UNPROTECTED),
      firstLine: '`Database` (`AWS::RDS::DBInstance`) in `ProoflinkDev`: Deletion protection is turned off.',
      heading: 'Data lost or less protected',
      exitCode: 1,
    },
    {
      title: 'the deployment would fail',
      after: changed(SMALLER),
      firstLine: '`Database` (`AWS::RDS::DBInstance`) in `ProoflinkDev`: RDS does not allow storage to shrink',
      heading: 'The deployment would fail',
      exitCode: 3,
    },
    {
      title: 'something is left behind',
      after: changed({}, { losesBucket: true }),
      firstLine: '`Files` (`AWS::S3::Bucket`) in `ProoflinkDev`: It is retained outside the stack',
      heading: 'Left behind, outside the stack',
      exitCode: 4,
    },
  ])('$title', ({ after, firstLine, heading, exitCode }) => {
    const outcome = reviewStack(before, after);
    expect(outcome.stdout.startsWith(`> [!CAUTION]\n> **${firstLine}`)).toBe(true);
    expect(outcome.stdout).toContain(`\n\n**${heading}**\n\n- ⛔ `);
    expect(outcome.exitCode).toBe(exitCode);
  });
});

// To accept that data is lost is not to accept that the deployment fails.
it.each<{ accept: Verdict[]; exitCode: number }>([
  { accept: ['lost'], exitCode: 3 },
  { accept: ['lost', 'fails'], exitCode: 4 },
  { accept: ['lost', 'fails', 'left'], exitCode: 0 },
])('a database with two verdicts and a bucket with one: $accept are accepted, $exitCode is left', (row) => {
  const after = changed({ ...UNPROTECTED, ...SMALLER }, { losesBucket: true });
  expect(reviewStack(before, after, { accept: row.accept }).exitCode).toBe(row.exitCode);
});

it('says which verdicts were accepted', () => {
  const { stdout } = reviewStack(before, changed(UNPROTECTED), { accept: ['lost'] });
  expect(stdout).toContain('> [!WARNING]\n');
  expect(stdout).toContain('In all: 1 with data lost or less protected. Accepted: Data lost or less protected.');
});

it('its caller says what follows, and names what it is about', () => {
  const { stdout } = reviewStack(before, changed(UNPROTECTED, { losesBucket: true }), {
    consequence: ({ open, names }) => [`${open.join(' and ')} of `, { code: names }, '.'],
  });
  expect(stdout).toContain(' lost and left of `Files, Database`.\n');
});
