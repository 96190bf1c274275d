import { Template } from 'aws-cdk-lib/assertions';
import { ImageTags, type ImageTagsProps } from '../../lib/image-tags';
import { newStack } from '../support/construct';

function build(props: ImageTagsProps) {
  const stack = newStack();
  const tags = new ImageTags(stack, props);
  return { stack, tags, template: Template.fromStack(stack) };
}

const { stack, tags, template } = build({ migrates: false, importsUsers: true });

function patternOf(parameter: string): RegExp {
  const { AllowedPattern } = template.findParameters(parameter)[parameter] as { AllowedPattern: string };
  return new RegExp(AllowedPattern);
}

test('by default there is no web image, and the latest import', () => {
  // The very first deploy meets empty registries.
  template.hasParameter('AppImageTag', { Default: '' });
  template.hasParameter('BatchImageTag', { Default: 'latest' });
});

test('without a web image the reference names latest', () => {
  // ECS may refuse a reference that ends in a colon.
  expect(stack.resolve(tags.app)).toEqual({ 'Fn::If': ['HasAppImage', { Ref: 'AppImageTag' }, 'latest'] });
});

test('without a web image no task runs', () => {
  expect(stack.resolve(tags.zeroWithoutImage(2))).toEqual({ 'Fn::If': ['HasAppImage', 2, 0] });
});

test('a web image is there once its tag is not empty', () => {
  template.hasCondition('HasAppImage', { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AppImageTag' }, ''] }] });
});

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

test('an environment without a user import has no tag for it', () => {
  const withoutImport = build({ migrates: false, importsUsers: false });
  expect(withoutImport.tags.batch).toBeUndefined();
  expect(withoutImport.template.findParameters('*')).not.toHaveProperty('BatchImageTag');
});

describe('a migration', () => {
  const migrating = build({ migrates: true, importsUsers: false });

  test('has a tag of its own, latest until a release sets it', () => {
    // The image that serves stays while the next one is migrated.
    const { migration = '' } = migrating.tags;
    expect(migrating.stack.resolve(migration)).toEqual({
      'Fn::If': ['HasMigrationImage', { Ref: 'MigrationImageTag' }, 'latest'],
    });
  });

  test('is recorded in an output once it has succeeded', () => {
    migrating.template.hasOutput('Migrated', { Value: { Ref: 'MigratedImageTag' } });
  });

  test('has no parameter where none is configured', () => {
    expect(tags.migration).toBeUndefined();
    expect(template.findParameters('*')).not.toHaveProperty('MigrationImageTag');
  });
});
