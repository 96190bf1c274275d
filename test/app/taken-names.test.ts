import { brokenRules } from '../../lib/config/validate';
import { template } from '../support/assembly';
import { withField } from '../support/config';
import { dev } from '../support/configs/dev';

test('no name that the stack sets can be taken: the container would get one of the two', () => {
  const written = JSON.stringify(template('prod').Resources);
  const set = [...written.matchAll(/"Name":"([A-Z][A-Z_]+)","Value(?:From)?":/g)].map(([, name = '']) => name);
  expect(set).toEqual(expect.arrayContaining(['DATABASE_URL', 'NODE_ENV', 'BATCH_JOB_QUEUE']));
  for (const name of [...set, 'IMPORT_FILE_KEY']) {
    expect(
      brokenRules('dev', withField(dev, 'webService.settings', { variables: {}, secrets: [name] })),
    ).toContainEqual(expect.stringContaining(`${name} is set by the stack`));
  }
});
