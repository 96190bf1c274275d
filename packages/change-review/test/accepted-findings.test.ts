import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allow, newDirectory, resource, review, roleWith, writeAssembly } from './support/assemblies';

const database = (properties: object) => resource('AWS::RDS::DBInstance', properties);
const assembly = (properties: object) =>
  writeAssembly({ stacks: { Prod: { resources: { Data: database(properties) } } } });
const base = assembly({ DeletionProtection: true, MultiAZ: true });
const unprotected = assembly({ DeletionProtection: false, MultiAZ: true });

const ENTRY = {
  stack: 'Prod',
  subject: 'Data',
  digest: digestOf('Data', base, unprotected),
  until: '2999-12-31',
  why: 'it moves on Sunday, #12',
};

/** The digest of the open finding on a resource, as `--json` writes it. */
function digestOf(subject: string, before: string, after: string): string {
  const { stacks } = JSON.parse(review(before, after, { json: true }).stdout) as {
    stacks: { findings: { level: string; subject: string; digest: string }[] }[];
  };
  const findings = stacks.flatMap((stack) => stack.findings);
  const open = findings.find((finding) => finding.level !== 'other' && finding.subject === subject);
  return open?.digest ?? '';
}

function listOf(content: unknown): string {
  const file = join(newDirectory(), 'accepted.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** Reviews a change with the entry that accepts the finding on the resource in another change. */
function reviewWithAcceptanceOf({ subject, read }: { subject: string; read: string }, before: string, after: string) {
  const entry = { ...ENTRY, subject, digest: digestOf(subject, before, read) };
  return review(before, after, { acceptedFindings: [listOf([entry])] });
}

it('an accepted finding does not count, and is shown with its reason', () => {
  expect(review(base, unprotected).exitCode).toBe(1);
  const options = { acceptedFindings: [listOf([ENTRY])], markdown: true };
  const { exitCode, stdout } = review(base, unprotected, options);
  expect(stdout).toContain('**No finding is left but 1 accepted one.**');
  expect(stdout).toContain(
    '**Accepted**\n\n- ☑️ **`Data` (`AWS::RDS::DBInstance`)**: Deletion protection is turned off.',
  );
  expect(stdout).toContain('Accepted until `2999-12-31`: `it moves on Sunday, #12`');
  expect(exitCode).toBe(0);
});

// An entry accepts the finding that was read, and no other one.
it.each([
  {
    title: 'with a further sentence',
    entry: ENTRY,
    head: assembly({ DeletionProtection: false, MultiAZ: false }),
  },
  {
    title: 'of another stack',
    entry: { ...ENTRY, stack: 'Dev' },
    head: unprotected,
  },
  {
    title: 'of another resource',
    entry: { ...ENTRY, subject: 'Other' },
    head: unprotected,
  },
])('a finding $title is not accepted', ({ entry, head }) => {
  expect(review(base, head, { acceptedFindings: [listOf([entry])] }).exitCode).toBe(1);
});

const table = (TableName: string) =>
  writeAssembly({
    stacks: { Prod: { resources: { Data: resource('AWS::DynamoDB::Table', { TableName }) } } },
  });
// The sentences are the same; what is lost is another thing.
it.each([
  {
    title: 'another name',
    subject: 'Data',
    before: table('one'),
    read: table('two'),
    after: table('three'),
  },
  {
    title: 'an end of a value that is not shown',
    subject: 'Data',
    before: table('one'),
    read: table(`${'x'.repeat(400)}two`),
    after: table(`${'x'.repeat(400)}three`),
  },
])('a finding that differs by $title from the one that was read is not accepted', ({ before, after, ...accepted }) => {
  expect(reviewWithAcceptanceOf(accepted, before, accepted.read).exitCode).toBe(0);
  expect(reviewWithAcceptanceOf(accepted, before, after).exitCode).toBe(1);
});

const role = (action: string) =>
  writeAssembly({ stacks: { Prod: { resources: { Role: roleWith([allow(action)]) } } } });

// "May" is one rule for every right.
it('a right to read, once accepted, does not accept the right to pass every role', () => {
  const digests = ['s3:GetObject', 'iam:PassRole'].map((action) => {
    const { stdout } = review(role('sqs:SendMessage'), role(action), { json: true });
    const { stacks } = JSON.parse(stdout) as { stacks: { findings: { rules: string[]; digest: string }[] }[] };
    return stacks.flatMap(({ findings }) => findings).find(({ rules }) => rules.includes('may'))?.digest;
  });
  expect(digests[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(digests[0]).not.toBe(digests[1]);
});

it.each([
  {
    title: 'that no finding has',
    entry: ENTRY,
    head: base,
    says: 'has one on Data in Prod that this change does not have',
  },
  {
    title: 'that has ended',
    entry: { ...ENTRY, until: '2020-02-29' },
    head: base,
    says: 'ended on 2020-02-29',
  },
])('an entry $title fails: the next finding like it would be accepted unread', ({ entry, head, says }) => {
  const { stdout, exitCode } = review(base, head, { acceptedFindings: [listOf([entry])] });
  expect(stdout).toMatch(/^The list of accepted findings is out of date/);
  expect(stdout.replace(/\s+/g, ' ')).toContain(says);
  expect(exitCode).toBe(2);
});

it('an entry that has ended accepts nothing', () => {
  const options = { acceptedFindings: [listOf([{ ...ENTRY, until: '2020-02-29' }])] };
  expect(review(base, unprotected, options).exitCode).toBe(1);
});

// A deployment that is run again has nothing left to accept.
it('the review of one stack uses the list, and does not judge it', () => {
  const options = { acceptedFindings: [listOf([ENTRY])], stack: 'Prod' };
  expect(review(base, base, options).exitCode).toBe(0);
});

// A pull request neither adds entries for its own findings nor fails by those that it removes.
it('an entry counts if every list has it', () => {
  const lists = [listOf([ENTRY]), listOf([])];
  expect(review(base, unprotected, { acceptedFindings: lists }).exitCode).toBe(1);
  expect(review(base, base, { acceptedFindings: lists }).exitCode).toBe(0);
});

it.each([
  { title: 'no JSON', content: '[', message: 'The accepted findings cannot be read: ' },
  {
    title: 'no list',
    content: {},
    message: 'accepted.json is not a list of the form [{ "stack"',
  },
  {
    title: 'an entry without a reason',
    content: [ENTRY, { ...ENTRY, why: '' }],
    message: 'accepted.json: entry 2 does not',
  },
  {
    title: 'an entry without a digest',
    content: [{ ...ENTRY, digest: undefined }],
    message: 'entry 1 does not',
  },
  {
    title: 'a day that no month has',
    content: [{ ...ENTRY, until: '2026-02-30' }],
    message: 'entry 1 does not',
  },
])('$title is refused', ({ content, message }) => {
  const { exitCode, stderr } = review(base, unprotected, { acceptedFindings: [listOf(content)] });
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
});
