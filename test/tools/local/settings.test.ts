import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { readLocalSettings } from '../../../tools/local/settings';
import { dev } from '../../support/configs';

const folder = temporaryFolder('settings-');
const file = join(folder, '.env.local');
const settings = { variables: {}, secrets: ['SMTP_PASSWORD', 'TOKEN'] };
const config = { ...dev, webService: { ...dev.webService, settings } };
const read = (content: string | Buffer) => {
  writeFileSync(file, content);
  return readLocalSettings('dev', file, config);
};

it('come from a file as dotenv has it; its other keys are ignored', () => {
  expect(read('# mail\nSMTP_PASSWORD="p#1 word"\nexport TOKEN=\'a\nb\'\nOTHER=x\n')).toEqual({
    values: { SMTP_PASSWORD: 'p#1 word', TOKEN: 'a\nb' },
    notices: [],
  });
});

it('that are missing or empty get placeholders, and are listed as by the command settings', () => {
  const { values, notices } = read('TOKEN=\nSMTP_PASSWORD=x');
  expect(values).toEqual({ SMTP_PASSWORD: 'x', TOKEN: 'placeholder of deploy:local for TOKEN' });
  expect(notices.slice(0, 3)).toEqual([
    'set      SMTP_PASSWORD  web task',
    'MISSING  TOKEN          web task',
    expect.stringMatching(/^A container that wants a missing one does not start: placeholders /) as string,
  ]);
  expect(notices.join()).toContain('--settings <file>');
  expect(Object.keys(readLocalSettings('dev', undefined, config).values)).toEqual(['SMTP_PASSWORD', 'TOKEN']);
});

it('are refused before anything starts where there is no such file, or no text', () => {
  expect(() => readLocalSettings('dev', '/no-such', config)).toThrow('--settings /no-such: there is no such file.');
  expect(() => read(Buffer.from([0x83, 0x70]))).toThrow('it is no file of lines NAME=value in UTF-8');
});

it('that no container wants need no values', () => {
  expect(readLocalSettings('dev', undefined, dev)).toEqual({ values: {}, notices: [] });
  writeFileSync(file, 'TOKEN=x');
  expect(readLocalSettings('dev', file, dev).notices).toEqual(['dev wants no secret settings (lib/config/dev.ts).']);
});
