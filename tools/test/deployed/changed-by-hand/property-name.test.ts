import { readableName } from '../../../deployed/changed-by-hand/property-name';

jest.mock('../../../../lib/language', () => ({ language: 'ja', wordsOf: <Words>({ ja }: { ja: Words }): Words => ja }));

describe('a Japanese sentence has the names of the template, which English words would hide', () => {
  test.each([
    { title: 'a property', path: '/HealthCheckPath', name: 'HealthCheckPath' },
    { title: 'a property of a property', path: '/HealthCheck/Path', name: 'HealthCheck.Path' },
    {
      title: 'an item of a list by its name, without its "Value"',
      path: '/Environment/0/Value',
      name: 'Environment.SMTP_HOST',
    },
  ])('$title', ({ path, name }) => {
    expect(readableName(path, { Environment: [{ Name: 'SMTP_HOST', Value: 'a' }] })).toBe(name);
  });
});
