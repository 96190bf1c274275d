import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { temporaryFolder } from '@infra/common/testing';
import type { LocalAws } from '@infra/local-aws';
import { checkPrograms } from '../../local/check-programs';
import { readCurrentConfig } from '../../local/current-config';
import { deployLocal } from '../../local/deploy-local';
import { deployLocalProgram } from '../../local/deploy-local-program';
import { LocalEnvironment } from '../../local/local-environment';
import type { DeployLocalOptions } from '../../local/options';
import { runProoflink } from '../../local/prooflink-process';
import { readLocalSettings } from '../../local/settings';
import { startAgainText } from '../../local/start-again';
import { dev } from '../../../test/support/configs';
import { outsideOfSentences } from '../../../test/support/sentences';
import { answerCommands } from '../support/answer-commands';
import { call } from '../support/prooflink';

jest.mock(
  '../../../lib/language',
  () => jest.requireActual<{ pseudoLanguage: object }>('../../../test/support/sentences').pseudoLanguage,
);
jest.mock('@infra/local-aws', () => ({
  ...jest.requireActual<object>('@infra/local-aws'),
  adviceOnFilesOfKilledRuns: () => undefined,
  adoptAwsVariables: () => undefined,
  deploy: () => Promise.resolve({ AppRepositoryUri: 'registry/app', BatchRepositoryUri: 'registry/batch' }),
  startLocalAws: () => Promise.resolve(localAws),
  synth: () => Promise.resolve('/assembly'),
}));
jest.mock('../../local/images');
jest.mock('../../local/prooflink-process');

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
process.env['AWS_REGION'] = 'ap-northeast-1';
// Each call of deploy:local adds one for its exit, and ends its process in reality.
process.setMaxListeners(50);

const folder = temporaryFolder('pseudo-language-');
const settingsFile = join(folder, 'settings.env');
writeFileSync(join(folder, 'main.js'), '');

const LISTENERS = [
  { loadBalancer: 'prooflink-dev-alb', port: 80, url: 'http://localhost:1' },
  { loadBalancer: 'prooflink-prod-alb', port: 443, url: 'https://localhost:2' },
];

let localAws: Partial<LocalAws>;
let isReleased: boolean;
let printed: string;
let onPrint: (text: string) => void;

beforeEach(() => {
  printed = '';
  onPrint = () => undefined;
  isReleased = true;
  localAws = {
    directory: folder,
    endpoint: 'http://localhost:5',
    region: 'ap-northeast-1',
    env: {},
    pid: 7,
    listeners: () => LISTENERS,
    lastErrors: () => '⟦an error of the local AWS⟧',
    leaveRunningAfterExit: () => undefined,
    stop: () => Promise.resolve(),
  };
  const print = (text: unknown) => {
    printed += `${String(text)}\n`;
    onPrint(String(text));
    return true;
  };
  jest.spyOn(console, 'log').mockImplementation(print);
  jest.spyOn(console, 'error').mockImplementation(print);
  jest.spyOn(process.stdout, 'write').mockImplementation(print);
  jest.spyOn(process.stderr, 'write').mockImplementation(print);
  jest.mocked(runProoflink).mockImplementation((_aws, [command]) => {
    if (command === 'release' && !isReleased) return Promise.reject(new Error('⟦dev does not serve⟧'));
    return Promise.resolve('⟦a report⟧');
  });
  answerCommands({
    DescribeServices: {},
    DescribeTasks: { tasks: [{ lastStatus: 'STOPPED' }] },
    DescribeStacks: { Stacks: [{ StackName: 'ProoflinkDev', Parameters: [], Outputs: [] }] },
    DescribeTaskDefinition: {
      taskDefinition: {
        containerDefinitions: [{ name: 'app', secrets: [{ name: 'DATABASE_URL', valueFrom: 'arn' }] }],
      },
    },
    FilterLogEvents: {},
    GetSecretValue: { SecretString: 'postgresql://localhost' },
    GetTemplate: { TemplateBody: JSON.stringify({ Resources: {} }) },
    ListJobs: { jobSummaryList: [{ jobId: '1', jobName: 'users', statusReason: 'no image' }] },
    ListStackResources: {},
    ListTasks: { taskArns: ['arn:task/1'] },
    StopTask: {},
    UpdateService: {},
  });
});
afterEach(() => jest.restoreAllMocks());

/** A command in a text, in a line or in the title of a step, and values below a name. */
const COMMAND =
  /^\s*(?:[✔✖❯››]\s*)?(?:npm run |npx |aws |cdk synth|kill |psql |PGSSL|\. '|chromium |curl |--|https?:)/u;

/** Lines with words outside of the sentences; commands are no sentences. */
function ownWords(text: string): string[] {
  const lines = outsideOfSentences(text).split('\n');
  return lines.filter((line) => /\p{L}/u.test(line) && !COMMAND.test(line));
}

/** Presses each key once its text is printed. */
function pressKeys(...keys: readonly (readonly [text: string, key: string])[]): void {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  jest.spyOn(process, 'stdin', 'get').mockReturnValue(input as unknown as typeof process.stdin);
  const awaited = [...keys];
  onPrint = (text) => {
    const [next] = awaited;
    if (!next || !text.includes(next[0])) return;
    awaited.shift();
    input.write(next[1]);
  };
}

/** Lets the first release stop at this line of its progress, until it is ended or a text is printed. */
function holdFirstRelease(line: string, endText?: string): void {
  jest.mocked(runProoflink).mockImplementationOnce(() => Promise.resolve('⟦a report⟧'));
  jest.mocked(runProoflink).mockImplementationOnce(async (_aws, _args, { report, signal } = {}) => {
    const pressed = onPrint;
    const end = new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new Error('⟦it was ended⟧'));
      });
      onPrint = (text) => {
        if (endText !== undefined && text.includes(endText)) resolve();
        pressed(text);
      };
    });
    report?.(line);
    await end;
    return '';
  });
}

describe('nothing that a session prints is outside of the sentences', () => {
  const SERVES = 'Its database:';

  async function wordsOfSession(options: DeployLocalOptions = {}): Promise<string[]> {
    await deployLocal('dev', { ...options, app: folder, appCommand: 'node main' });
    expect(printed).toContain('⟦It starts.');
    expect(printed).toContain('⟦The import job ');
    return ownWords(printed);
  }

  it('when the application serves', async () => {
    pressKeys([SERVES, 'q']);
    expect(await wordsOfSession()).toEqual([]);
  });

  it('when it is left running', async () => {
    pressKeys([SERVES, 'q']);
    expect(await wordsOfSession({ keep: true })).toEqual([]);
    expect(printed).toContain('⟦\nTo stop everything:');
  });

  it('when it fails', async () => {
    isReleased = false;
    pressKeys(['r starts it again', 'q']);
    expect(await wordsOfSession()).toEqual([]);
  });

  it('when r ends a release that checks', async () => {
    pressKeys(['1/4', 'r'], [SERVES, 'q']);
    holdFirstRelease('1/4 ⟦a check⟧');
    expect(await wordsOfSession()).toEqual([]);
    expect(printed).toContain('⟦The release ends');
  });

  it('when r replaces the task of a release that deploys', async () => {
    pressKeys(['3/4', 'r'], [SERVES, 'q']);
    holdFirstRelease('3/4 ⟦a deployment⟧', 'CloudFormation deploys');
    expect(await wordsOfSession()).toEqual([]);
  });
});

describe('nothing that deploy:local prints is outside of the sentences', () => {
  const deployDev = (options: DeployLocalOptions = {}) => deployLocal('dev', options);

  it('when the sample application has served', async () => {
    expect(await deployDev()).toBe(0);
    expect(printed).toContain('⟦');
    expect(ownWords(printed)).toEqual([]);
  });

  it('when it is left running', async () => {
    await deployDev({ keep: true, details: true });
    expect(ownWords(printed).filter((line) => !/RepositoryUri$|^ {2}registry/.test(line))).toEqual([]);
  });

  it('when it does not serve and is left running, while a migration runs', async () => {
    isReleased = false;
    expect(await deployDev({ keep: true })).toBe(1);
    expect(ownWords(printed)).toEqual([]);
  });

  it('when the environment has a domain', async () => {
    await deployLocal('prod', { keep: true });
    expect(ownWords(printed)).toEqual([]);
  });

  it('when this machine has no database', async () => {
    localAws = { ...localAws, databasesMissing: '⟦no PostgreSQL⟧' };
    await deployDev({ keep: true });
    expect(ownWords(printed)).toEqual([]);
  });

  it('in the title of the step that sets the secret settings', () => {
    const environment = new LocalEnvironment('dev', {}, { values: { TOKEN: 'x' }, notices: [] });
    const titles = environment.deploymentSteps().map(({ title }) => title);
    expect(titles).toHaveLength(4);
    expect(ownWords(titles.join('\n'))).toEqual([]);
  });

  it('in its help, but for notations', async () => {
    jest.restoreAllMocks();
    const { stdout } = await call(deployLocalProgram(), '--help');
    const names = ownWords(stdout).map((line) => line.trim());
    expect(names).toEqual(['environment', '-h, --help']);
  });
});

/** Message of a refusal. */
function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('no refusal has a word outside of the sentences', () => {
  const packageFolder = temporaryFolder('package-');
  const brokenFolder = temporaryFolder('broken-');
  writeFileSync(join(brokenFolder, 'package.json'), 'x');
  writeFileSync(join(packageFolder, 'package.json'), JSON.stringify({ scripts: { build: 'x' } }));

  it.each<{ readonly title: string; readonly options: DeployLocalOptions }>([
    { title: 'a command without a folder', options: { appCommand: 'x', jobCommand: 'x' } },
    { title: 'a folder that does not exist', options: { app: '/no-such' } },
    { title: 'a file', options: { app: join(folder, 'main.js') } },
  ])('$title', ({ options }) => {
    const refusal = refusalOf(() => {
      checkPrograms('dev', options, { ...dev, userImport: undefined });
    });
    expect(refusal).toContain('⟦');
    expect(ownWords(refusal)).toEqual([]);
  });

  it.each<{ readonly title: string; readonly options: DeployLocalOptions }>([
    { title: 'a missing file', options: { app: folder, appCommand: 'node other.js' } },
    { title: 'no package', options: { app: folder } },
    { title: 'a missing script', options: { app: packageFolder } },
    { title: 'no JSON', options: { app: brokenFolder } },
  ])('$title', ({ options }) => {
    const refusal = refusalOf(() => {
      checkPrograms('dev', options, dev);
    });
    // The reason is a sentence in a sentence.
    expect(refusal).toMatch(/^⟦--app [^⟦]+: ⟦[^⟦⟧]+⟧[^⟦⟧]+⟧$/);
  });

  it('an import that the config does not have', () => {
    const check = () => {
      checkPrograms('dev', { job: folder }, { ...dev, userImport: undefined });
    };
    expect(ownWords(refusalOf(check))).toEqual([]);
  });

  it('an environment that the config has no longer', () => {
    expect(refusalOf(() => readCurrentConfig('staging'))).toMatch(/^⟦[^⟦⟧]+⟧$/);
  });
});

describe('nothing on a file of settings is outside of the sentences', () => {
  const settings = { variables: {}, secrets: ['TOKEN', 'KEY'] };
  const config = { ...dev, webService: { ...dev.webService, settings } };

  it.each([
    { title: 'missing values', content: 'KEY=x\n', configured: config },
    { title: 'names that are not configured', content: 'KEY=x\nTOKEN=x\nOTHER=x\n', configured: config },
    { title: 'no configured setting', content: 'KEY=x\n', configured: dev },
  ])('$title', ({ content, configured }) => {
    writeFileSync(settingsFile, content);
    const { notices } = readLocalSettings('dev', { settings: settingsFile, app: folder }, configured);
    expect(notices.length).toBeGreaterThan(1);
    expect(ownWords(notices.join('\n')).filter((line) => !/^\s*(?:KEY|TOKEN)\s*$/.test(line))).toEqual([]);
  });

  it('lines that Node would skip or cut', () => {
    writeFileSync(settingsFile, 'x\ny\nKEY=a#b\nTOKEN="a" b\n');
    const refusal = refusalOf(() => readLocalSettings('dev', { settings: settingsFile }, config));
    expect(ownWords(refusal)).toEqual([]);
  });

  it.each([
    { title: 'no file', file: '/no-such' },
    { title: 'no text', file: process.execPath },
  ])('$title', ({ file }) => {
    expect(ownWords(refusalOf(() => readLocalSettings('dev', { settings: file }, config)))).toEqual([]);
  });
});

test('the commands that start an application again are no sentences', () => {
  expect(ownWords(startAgainText('npm run x', 'shop', ['arn:task/1']))).toEqual([]);
});
