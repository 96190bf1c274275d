import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assembly } from '../../../support/assembly';
import { prooflinkArguments, ROOT } from '../../support/prooflink';

jest.setTimeout(120_000);

/** AWS on loopback, as far as the checks of a release ask it: a stack without resources, and registries that do not answer. */
class FaultyAws {
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request, response);
  });
  /** Requests that never get an answer, by the operation. */
  silentOperation = '';
  /** Called for each operation that AWS is asked for. */
  onOperation: (operation: string) => void = () => undefined;

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request) body += String(piece);
    const target = String(request.headers['x-amz-target'] ?? '');
    const operation = target.split('.').at(-1) || (new URLSearchParams(body).get('Action') ?? '');
    this.onOperation(operation);
    if (operation === this.silentOperation) return;
    const answer = STACK_ANSWERS[operation];
    if (answer !== undefined) {
      response.setHeader('content-type', 'text/xml').end(answer());
      return;
    }
    const expired = {
      __type: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    };
    response.statusCode = 400;
    response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(expired));
  }
}

const STACK_ID = 'arn:aws:cloudformation:ap-northeast-1:123456789012:stack/ProoflinkDev/1';
const STACK =
  `<StackName>ProoflinkDev</StackName><StackId>${STACK_ID}</StackId><StackStatus>UPDATE_COMPLETE</StackStatus>` +
  '<CreationTime>2026-11-27T00:00:00Z</CreationTime>';
const xmlText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const result = (operation: string, content: string) =>
  `<${operation}Response><${operation}Result>${content}</${operation}Result></${operation}Response>`;

/** Answers of CloudFormation on a stack that has the template of the assembly, and no resource. */
const STACK_ANSWERS: Readonly<Record<string, () => string>> = {
  DescribeStacks: () => result('DescribeStacks', `<Stacks><member>${STACK}</member></Stacks>`),
  ListStackResources: () => result('ListStackResources', '<StackResourceSummaries></StackResourceSummaries>'),
  GetTemplate: () => {
    const template = readFileSync(join(assembly, 'ProoflinkDev.template.json'), 'utf8');
    return result('GetTemplate', `<TemplateBody>${xmlText(template)}</TemplateBody>`);
  },
};

/** End of a process. */
interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const aws = new FaultyAws();
beforeAll(() => aws.start());
afterAll(() => {
  aws.stop();
});
beforeEach(() => {
  aws.silentOperation = '';
  aws.onOperation = () => undefined;
});

/** Starts `release dev` as a person does. */
function start(...args: readonly string[]): ChildProcess {
  const program = prooflinkArguments('release', 'dev', '--assembly', assembly, '--examples', ...args);
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'ap-northeast-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
  };
  return spawn(process.execPath, program, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function endOf(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr?.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout, stderr };
}

interface Report {
  readonly exitCode: number;
  readonly says: readonly string[];
}

describe('a release whose checks cannot be asked', () => {
  test('for a program: exit code 2, JSON that says which, and no stack trace', async () => {
    const { exitCode, stdout, stderr } = await endOf(start('--app', 'v1', '--json'));
    expect(exitCode).toBe(2);
    const { says } = JSON.parse(stdout) as Report;
    expect(says).toContainEqual(
      expect.stringContaining(
        'It could not be checked: The registry prooflink-dev-app could not be asked: ExpiredToken',
      ),
    );
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('for a person: it was not touched, and each check has its line', async () => {
    const { exitCode, stdout } = await endOf(start('--app', 'v1', '--batch', 'v1'));
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^dev was not touched:\n\n- It could not be checked: .*prooflink-dev-app/);
    expect(stdout).toMatch(/^- It could not be checked: .*prooflink-dev-batch/m);
  });
});

test.each([
  { title: 'the web image', args: ['--app', ''], says: /^--app is empty/ },
  { title: "the import's image", args: ['--batch', ''], says: /^--batch is empty/ },
])('an empty tag of $title is refused: it would release nothing', async ({ args, says }) => {
  const { exitCode, stdout } = await endOf(start(...args, '--json'));
  expect(exitCode).toBe(2);
  expect((JSON.parse(stdout) as Report).says).toContainEqual(expect.stringMatching(says));
});

test('a wrong call prints no JSON: --help says so', async () => {
  const { exitCode, stdout, stderr } = await endOf(start('--json', '--tag', 'v1'));
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain("unknown option '--tag'");
  const help = await endOf(start('--help'));
  expect(help.stdout.replace(/\s+/g, ' ')).toContain('a wrong call ends with code 2 and prints none');
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s while AWS does not answer: JSON, exit code 2',
  async (signal) => {
    aws.silentOperation = 'DescribeStacks';
    const child = start('--app', 'v1', '--json');
    aws.onOperation = () => child.kill(signal);
    const { exitCode, stdout } = await endOf(child);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, says: [`It was interrupted (${signal}).`] });
  },
);

test('a release whose stderr was closed goes on to its end, and its summary is whole', async () => {
  const child = start('--app', 'v1', '--json');
  child.stderr?.destroy();
  const { exitCode, stdout } = await endOf(child);
  expect(exitCode).toBe(2);
  expect((JSON.parse(stdout) as Report).says).toContainEqual(expect.stringContaining('It could not be checked'));
});
