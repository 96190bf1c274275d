import { reviewStack } from './support/assemblies';

const topic = (name: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName: name } });
const nested = (file: string) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL: `https://example.com/${file}.json` },
});

describe('a nested stack is not looked into, and the rest is reviewed', () => {
  it.each([
    {
      title: 'where it stays',
      before: { Nested: nested('a') },
      after: { Nested: nested('a') },
      says: undefined,
      exitCode: 0,
    },
    {
      title: 'where its template changes',
      before: { Nested: nested('a') },
      after: { Nested: nested('b') },
      says: 'A different template is used, which is not part of this review (`TemplateURL`).',
      exitCode: 0,
    },
    {
      title: 'where it is added',
      before: {},
      after: { Nested: nested('a') },
      says: 'A nested stack: its template is not part of this review.',
      exitCode: 0,
    },
    {
      title: 'where it is removed',
      before: { Nested: nested('a') },
      after: {},
      says: 'Removed. It is deleted with its resources, which are not part of this review and may hold data.',
      exitCode: 1,
    },
    {
      title: 'where it is removed, and kept outside the stack',
      before: { Nested: { ...nested('a'), DeletionPolicy: 'Retain' } },
      after: {},
      says: 'protect or delete it.\n  - Do: Revert',
      exitCode: 4,
    },
  ])('$title', ({ before, after, says, exitCode }) => {
    const base = { resources: { ...before, Topic: topic('one') } };
    const head = { resources: { ...after, Topic: topic('two') } };
    const { exitCode: actualExitCode, stdout } = reviewStack(base, head);
    expect(actualExitCode).toBe(exitCode);
    expect(stdout).toContain('`DisplayName`: `one` → `two`');
    if (says !== undefined) expect(stdout).toContain(says);
    else expect(stdout).not.toContain('Nested');
  });
});
