import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory, review, writeAssembly } from './support/assemblies';

const database = (properties: object) => ({ Type: 'AWS::RDS::DBInstance', Properties: properties });
const assembly = (properties: object) =>
  writeAssembly({ stacks: { Prod: { resources: { Data: database(properties) } } } });
const base = assembly({ DeletionProtection: true, MultiAZ: true });
const unprotected = assembly({ DeletionProtection: false, MultiAZ: true });

const ENTRY = { stack: 'Prod', subject: 'Data', rules: ['deletionProtectionOff'], why: 'it moves on Sunday, #12' };

function listOf(content: unknown): string {
  const file = join(newDirectory(), 'accepted.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

it('an accepted finding does not count, and is shown with its reason', () => {
  expect(review(base, unprotected).exitCode).toBe(1);
  const { exitCode, stdout } = review(base, unprotected, { acceptedFindings: listOf([ENTRY]), markdown: true });
  expect(stdout).toContain('**No finding is left but 1 accepted one.**');
  expect(stdout).toContain(
    '**Accepted**\n\n- ☑️ **`Data` (`AWS::RDS::DBInstance`)**: Deletion protection is turned off.',
  );
  expect(stdout).toContain('Accepted: `it moves on Sunday, #12`');
  expect(exitCode).toBe(0);
});

// An entry accepts the finding that was read, and no other one.
it.each([
  { title: 'of a further rule', entry: ENTRY, head: assembly({ DeletionProtection: false, MultiAZ: false }) },
  { title: 'of another stack', entry: { ...ENTRY, stack: 'Dev' }, head: unprotected },
  { title: 'of another resource', entry: { ...ENTRY, subject: 'Other' }, head: unprotected },
])('a finding $title is not accepted', ({ entry, head }) => {
  expect(review(base, head, { acceptedFindings: listOf([entry]) }).exitCode).toBe(1);
});

it('an entry that no finding has is named: the next finding like it would be accepted unread', () => {
  const { stdout } = review(base, base, { acceptedFindings: listOf([ENTRY]) });
  expect(stdout.replace(/\s+/g, ' ')).toContain('has one on Data in Prod that this change does not have');
});

it.each([
  { title: 'no JSON', content: '[', message: 'The accepted findings cannot be read: ' },
  { title: 'no list', content: {}, message: 'accepted.json is not a list of the form [{ "stack"' },
  {
    title: 'an entry without a reason',
    content: [ENTRY, { ...ENTRY, why: '' }],
    message: 'accepted.json: entry 2 does not',
  },
  { title: 'an entry without rules', content: [{ ...ENTRY, rules: undefined }], message: 'entry 1 does not' },
])('$title is refused', ({ content, message }) => {
  const { exitCode, stderr } = review(base, unprotected, { acceptedFindings: listOf(content) });
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
});
