import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { readLocalSettings } from '../../../tools/local/settings';
import { dev } from '../../support/configs';

const folder = temporaryFolder('settings-');
const file = join(folder, 'settings.env');
const settings = { variables: { LOCALE: 'ja' }, secrets: ['SMTP_PASSWORD', 'TOKEN'] };
const config = { ...dev, webService: { ...dev.webService, settings } };

/** Reads a file with this content. */
function read(content: string | Buffer, environmentConfig: EnvironmentConfig = config) {
  writeFileSync(file, content);
  return readLocalSettings('dev', { settings: file }, environmentConfig);
}

describe('values of secret settings', () => {
  it('come from a file as dotenv has it', () => {
    expect(read('# mail\r\nSMTP_PASSWORD="p#1 word" # quoted\r\n\r\nexport TOKEN=\'a\nb=\n# c\'\n')).toEqual({
      values: { SMTP_PASSWORD: 'p#1 word', TOKEN: 'a\nb=\n# c' },
      notices: [],
    });
  });

  it('that are missing or empty are placeholders, and are listed as by the command settings', () => {
    const { values, notices } = read('TOKEN=\nSMTP_PASSWORD=x');
    expect(values).toEqual({ SMTP_PASSWORD: 'x', TOKEN: 'placeholder of deploy:local for TOKEN' });
    expect(notices).toEqual([
      'set      SMTP_PASSWORD  web task',
      'MISSING  TOKEN          web task',
      expect.stringMatching(/^On AWS, a container does not start while /) as string,
      '  --settings <file>, with lines such as TOKEN=<value>',
    ]);
    expect(Object.keys(readLocalSettings('dev', {}, config).values)).toEqual(['SMTP_PASSWORD', 'TOKEN']);
  });

  it('are not needed where no setting is configured', () => {
    expect(readLocalSettings('dev', {}, dev)).toEqual({ values: {}, notices: [] });
    const { notices } = read('TOKEN=x', dev);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^No secret setting is configured for dev, so the values of --settings /);
    expect(notices[0]).toContain(' are not used.');
  });
});

describe('a setting that is here and would be missing on AWS', () => {
  const complete = 'SMTP_PASSWORD=x\nTOKEN=y\n';

  it('is listed if the file has its name and the config does not', () => {
    const { notices } = read(`${complete}SENTRY_DSN=x\nLOCALE=ja\nDATABASE_URL=x\nAWS_REGION=x\nMAIL_FROM=x`);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^Not configured for dev, so .*: MAIL_FROM, SENTRY_DSN\. /);
    expect(notices[0]).toMatch(/ lib\/config\/dev\.ts\.$/);
  });

  it('is warned of if the file is in the folder of the application, which reads the file itself', () => {
    const app = join(folder, 'app');
    mkdirSync(app);
    const fileInApp = join(app, '.env.local');
    writeFileSync(fileInApp, complete);
    const { notices } = readLocalSettings('dev', { settings: fileInApp, app }, config);
    expect(notices).toEqual([
      expect.stringContaining(`is in the application's folder ${app}. Next.js reads .env files`),
    ]);
    writeFileSync(file, complete);
    expect(readLocalSettings('dev', { settings: file, app }, config).notices).toEqual([]);
  });
});

describe('a file is refused before anything starts', () => {
  it('if it does not exist', () => {
    const readMissing = () => readLocalSettings('dev', { settings: '/no-such' }, config);
    expect(readMissing).toThrow('--settings /no-such: there is no such file.');
  });

  it('if it is no text', () => {
    expect(() => read(Buffer.from([0x83, 0x70]))).toThrow('it is no file of lines NAME=value in UTF-8');
  });

  it.each([
    {
      title: 'a key in several lines without quotation marks',
      content: 'A=1\nTOKEN=-----BEGIN KEY-----\nMII/x\nMII/y\n-----END KEY-----',
      problem: 'line 3 is neither NAME=value nor a comment, and so are 2 lines below\n',
    },
    {
      title: 'a line that is no setting, below a value of two lines',
      content: 'TOKEN="a\nb"\nSMTP_PASSWORD',
      problem: 'line 3 is neither NAME=value nor a comment\n',
    },
    { title: 'a value with #', content: 'TOKEN=s3#cret', problem: 'line 1: the value of TOKEN would end before its #' },
    {
      title: 'a text behind a quotation',
      content: 'TOKEN="s3" cret',
      problem: 'line 1: the value of TOKEN opens a quotation mark, which is not closed at the end of a line',
    },
    {
      title: 'a quotation that the next one closes',
      content: 'TOKEN="s3\nSMTP_PASSWORD="cret"',
      problem: 'line 1: the value of TOKEN opens a quotation mark, which is not closed at the end of a line',
    },
  ])('if Node would cut or skip: $title', ({ content, problem }) => {
    expect(() => read(content)).toThrow(problem);
    expect(() => read(content)).not.toThrow(/s3|cret|MII/);
  });
});
