import { resource, reviewStack } from './support/assemblies';

const topic = (name: string) => resource('AWS::SNS::Topic', { DisplayName: name });
const nested = (file: string) =>
  resource('AWS::CloudFormation::Stack', { TemplateURL: `https://example.com/${file}.json` });
const loop = (...names: string[]) => [
  'Name',
  { Ref: names.join('And') },
  { 'Topic${Name}': { Type: 'AWS::SNS::Topic' } },
];

describe('a nested stack is not looked into, and the rest is reviewed', () => {
  it.each([
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
    expect(stdout).toContain(says);
  });
});

describe('resources of a loop whose collection only AWS knows are not looked into, and the rest is reviewed', () => {
  it.each([
    {
      title: 'where it stays',
      before: loop('a'),
      after: loop('a'),
      isNamed: false,
    },
    {
      title: 'where it changes',
      before: loop('a'),
      after: loop('a', 'b'),
      isNamed: true,
    },
  ])('$title', ({ before, after, isNamed }) => {
    const base = { resources: { 'Fn::ForEach::Topics': before, Topic: topic('one') } };
    const head = { resources: { 'Fn::ForEach::Topics': after, Topic: topic('two') } };
    const { exitCode, stdout } = reviewStack(base, head);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('`DisplayName`: `one` → `two`');
    expect(stdout.includes('The resources of a loop are not part of this review (`Fn::ForEach')).toBe(isNamed);
  });
});
