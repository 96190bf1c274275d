import { Template } from 'aws-cdk-lib/assertions';
import { ImageTags } from '../../lib/image-tags';
import { newStack } from '../support/construct';

const stack = newStack();
const { migration = '' } = new ImageTags(stack, { migrates: true, importsUsers: true });
const template = Template.fromStack(stack);

function patternOf(parameter: string): RegExp {
  const { AllowedPattern } = template.findParameters(parameter)[parameter] as { AllowedPattern: string };
  return new RegExp(AllowedPattern);
}

test('an image tag is taken', () => {
  expect('2026-01-23.4_a').toMatch(patternOf('AppImageTag'));
  expect('2026-01-23.4_a').toMatch(patternOf('BatchImageTag'));
});

test('no tag is taken for the web image, and refused for the import', () => {
  // Without a web image no task runs; an import needs one in any case.
  expect('').toMatch(patternOf('AppImageTag'));
  expect('').not.toMatch(patternOf('BatchImageTag'));
});

test.each([
  { title: 'a space', tag: 'a b' },
  { title: 'a colon', tag: ':latest' },
  { title: 'a dot at its beginning', tag: '.hidden' },
  { title: '129 characters', tag: 'a'.repeat(129) },
])('a tag with $title is refused: ECR has none', ({ tag }) => {
  expect(tag).not.toMatch(patternOf('AppImageTag'));
  expect(tag).not.toMatch(patternOf('BatchImageTag'));
});

test('a migration has a tag of its own, latest until a release sets it', () => {
  // The image that serves stays while the next one is migrated.
  expect(stack.resolve(migration)).toEqual({
    'Fn::If': ['HasMigrationImage', { Ref: 'MigrationImageTag' }, 'latest'],
  });
});

test('a migration is recorded in an output once it has succeeded', () => {
  template.hasOutput('Migrated', { Value: { Ref: 'MigratedImageTag' } });
});
