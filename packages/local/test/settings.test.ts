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
function readContent(content: string | Buffer, config: EnvironmentConfig = configWithSecrets) {
  writeFileSync(file, content);
  return readLocalSettings('dev', { settings: file }, config);
}

describe('values of secret settings come from a file as dotenv has it', () => {
  it('a value in quotation marks keeps its # and its space, and a comment behind it is left out', () => {
    const { values } = readContent('SMTP_PASSWORD="p#1 word" # quoted\nTOKEN=x');
    expect(values).toEqual({ SMTP_PASSWORD: 'p#1 word', TOKEN: 'x' });
  });

  it('a value in quotation marks may have several lines, as a private key has', () => {
    const { values } = readContent("SMTP_PASSWORD=x\nTOKEN='a\nb=\n# c'\n");
    expect(values).toEqual({ SMTP_PASSWORD: 'x', TOKEN: 'a\nb=\n# c' });
  });

  it('a comment, an empty line, the line ends of Windows and the word export are no part of a value', () => {
    const { values } = readContent('# mail\r\nSMTP_PASSWORD=x\r\n\r\nexport TOKEN=y\r\n');
    expect(values).toEqual({ SMTP_PASSWORD: 'x', TOKEN: 'y' });
  });

  it('nothing is reported on a file with each value', () => {
    expect(readContent('SMTP_PASSWORD=x\nTOKEN=y').notices).toEqual([]);
  });
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

  it('is a placeholder if there is no file', () => {
    expect(readLocalSettings('dev', {}, configWithSecrets).values).toEqual({
      SMTP_PASSWORD: 'placeholder of deploy:local for SMTP_PASSWORD',
      TOKEN: 'placeholder of deploy:local for TOKEN',
    });
  });
});

describe('an environment without secret settings', () => {
  it('needs no file', () => {
    expect(readLocalSettings('dev', {}, dev)).toEqual({ values: {}, notices: [] });
  });

  it('does not use the values of a file, and says so', () => {
    const { notices } = readContent('TOKEN=x', dev);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^No secret setting is configured for dev, so the values of --settings /);
    expect(notices[0]).toContain(' are not used.');
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

describe('a file is refused before anything starts', () => {
  it('if it does not exist', () => {
    const readMissing = () => readLocalSettings('dev', { settings: '/no-such' }, configWithSecrets);
    expect(readMissing).toThrow('--settings /no-such: there is no such file.');
  });

  it('if it is no text in UTF-8, but in Shift_JIS, for example', () => {
    const katakanaInShiftJis = Buffer.from([0x83, 0x70]);
    expect(() => readContent(katakanaInShiftJis)).toThrow('it is no file of lines NAME=value in UTF-8');
  });
});

/** Files from which Node would read other values than their authors mean; each has a part of a secret: s3, cret or MII. */
const MISREAD_FILES = [
  {
    title: 'a key in several lines without quotation marks',
    content: 'A=1\nTOKEN=-----BEGIN KEY-----\nMII/x\nMII/y\n-----END KEY-----',
    problem: 'line 3 is neither NAME=value nor a comment, and so are 2 lines below\n',
  },
  {
    title: 'a line that is no setting, below a value of two lines',
    content: 'TOKEN="s3\nb"\nSMTP_PASSWORD',
    problem: 'line 3 is neither NAME=value nor a comment\n',
  },
  {
    title: 'a value with # without quotation marks',
    content: 'TOKEN=s3#cret',
    problem: 'line 1: the value of TOKEN would end before its #',
  },
  {
    title: 'a text behind a value in quotation marks',
    content: 'TOKEN="s3" cret',
    problem: 'line 1: the value of TOKEN opens a quotation mark, which is not closed at the end of a line',
  },
  {
    title: 'a quotation mark that the next value closes',
    content: 'TOKEN="s3\nSMTP_PASSWORD="cret"',
    problem: 'line 1: the value of TOKEN opens a quotation mark, which is not closed at the end of a line',
  },
];

describe.each(MISREAD_FILES)('$title, from which Node would read another value', ({ content, problem }) => {
  it('is refused with its line: the application would fail far from the cause', () => {
    expect(() => readContent(content)).toThrow(problem);
  });

  it('is refused without a part of the secret, which a terminal and a log keep', () => {
    expect(() => readContent(content)).not.toThrow(/s3|cret|MII/);
  });
});
