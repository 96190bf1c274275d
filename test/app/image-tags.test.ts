import { template } from '../support/assembly';

/** Pattern of the tags that a parameter takes. */
const patternOf = (parameter: 'AppImageTag' | 'BatchImageTag') =>
  new RegExp(template('prod').Parameters?.[parameter]?.AllowedPattern ?? '');

test('no tag is taken for the web image, and refused for the import', () => {
  // Without a web image no task runs; an import needs one in any case.
  expect('').toMatch(patternOf('AppImageTag'));
  expect('').not.toMatch(patternOf('BatchImageTag'));
});

test.each(['AppImageTag', 'BatchImageTag'] as const)('%s takes what ECR has, and nothing else', (parameter) => {
  const tags = ['2026-01-23.4_a', 'a'.repeat(128), 'a b', ':latest', '.hidden', 'a'.repeat(129)];
  expect(tags.filter((tag) => patternOf(parameter).test(tag))).toEqual(tags.slice(0, 2));
});
