import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import type { EnvironmentConfig } from '@infra/commands/app';
import { readLocalSettings } from '../src/settings';
import { dev } from '@infra/testing/configs';

const folder = temporaryFolder('settings-');
const file = join(folder, 'settings.env');

/** Dev with a variable in plain text and two secret settings. */
const configWithSecrets: EnvironmentConfig = {
  ...dev,
  webService: {
    ...dev.webService,
    settings: { variables: { LOCALE: 'ja' }, secrets: ['SMTP_PASSWORD', 'TOKEN'] },
  },
};

/** Reads the secret settings from a file with this content, as for `--settings <file>`. */
function readContent(content: string, config: EnvironmentConfig = configWithSecrets) {
  writeFileSync(file, content);
  return readLocalSettings('dev', { settings: file }, config);
}

test('values of secret settings come from a file as dotenv has it, and nothing is reported on a file with each value', () => {
  const read = readContent('# mail\nSMTP_PASSWORD="p#1 word" # quoted\nexport TOKEN=\'a\nb=\n# c\'\n');
  expect(read).toEqual({ values: { SMTP_PASSWORD: 'p#1 word', TOKEN: 'a\nb=\n# c' }, notices: [] });
});

describe('a secret setting without a value', () => {
  it('is a placeholder if its value is empty: the container starts, while ECS would not start it without the value', () => {
    const { values } = readContent('TOKEN=\nSMTP_PASSWORD=x');
    expect(values).toEqual({ SMTP_PASSWORD: 'x', TOKEN: 'placeholder of deploy:local for TOKEN' });
  });

  it('is listed as MISSING, as the command settings lists it, and with what to do', () => {
    const { notices } = readContent('TOKEN=\nSMTP_PASSWORD=x');
    expect(notices).toEqual([
      'set      SMTP_PASSWORD  web task',
      'MISSING  TOKEN          web task',
      expect.stringMatching(/^On AWS, a container does not start while /) as string,
      '  --settings <file>, with lines such as TOKEN=<value>',
    ]);
  });
});

test('an environment without secret settings needs no file, and says which values of one are not used', () => {
  expect(readLocalSettings('dev', {}, dev)).toEqual({ values: {}, notices: [] });
  expect(readContent('TOKEN=x', dev)).toEqual({
    values: {},
    notices: [expect.stringMatching(/^Not configured for dev, .*: TOKEN\. /)],
  });
});

/** A file with a value for each secret setting. */
const COMPLETE = 'SMTP_PASSWORD=x\nTOKEN=y\n';

describe('a setting that the application has here, and would lack on AWS', () => {
  it('is listed if the file has its name and the config does not', () => {
    const { notices } = readContent(`${COMPLETE}SENTRY_DSN=x\nMAIL_FROM=x`);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^Not configured for dev, so .*: MAIL_FROM, SENTRY_DSN\. /);
    expect(notices[0]).toMatch(/ lib\/config\/dev\.ts\.$/);
  });

  it.each([
    { title: 'a variable of the config', name: 'LOCALE' },
    { title: 'a variable that the stack sets', name: 'DATABASE_URL' },
    { title: 'a variable that AWS sets', name: 'AWS_REGION' },
  ])('is not listed if the container gets it on AWS, too: $title', ({ name }) => {
    expect(readContent(`${COMPLETE}${name}=x`).notices).toEqual([]);
  });
});

describe('Next.js itself reads the .env files of the application’s folder: what they set is missing on AWS', () => {
  /** Notices on an application in whose folder, or below it, a file has this content. */
  function noticesWith(envFile: string, content: string, appCommand?: string): readonly string[] {
    const app = mkdtempSync(join(folder, 'app-'));
    const path = join(app, envFile);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    const { notices } = readLocalSettings('dev', { app, appCommand }, dev);
    return notices.map((notice) => notice.replace(`${app}/`, ''));
  }

  it.each(['.env.local', '.next/standalone/.env.production'])(
    '%s is named, with the names that the config lacks',
    (envFile) => {
      expect(noticesWith(envFile, 'SENTRY_DSN=x\nDATABASE_URL=y')).toEqual([
        expect.stringContaining(`${envFile} gives the application what it lacks on AWS: SENTRY_DSN. `),
      ]);
    },
  );

  it('a file for development is named if the application runs for development', () => {
    const envFile = '.env.development';
    expect(noticesWith(envFile, 'SENTRY_DSN=x')).toEqual([]);
    expect(noticesWith(envFile, 'SENTRY_DSN=x', 'NODE_ENV=development npx next dev')).toHaveLength(1);
  });

  it('a file of a package is not', () => {
    expect(noticesWith('node_modules/some-package/.env', 'SENTRY_DSN=x')).toEqual([]);
  });
});

test.each([
  { title: 'a file that does not exist', settings: '/no-such' },
  { title: 'a folder', settings: folder },
])('$title is refused before anything starts', ({ settings }) => {
  const read = () => readLocalSettings('dev', { settings }, configWithSecrets);
  expect(read).toThrow(`--settings ${settings}: there is no such file. Name one with lines NAME=value.`);
});
