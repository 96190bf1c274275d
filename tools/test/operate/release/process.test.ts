import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assembly } from '../../../../test/support/assembly';
import { type Ended, prooflinkArguments, ROOT } from '../../support/prooflink';

jest.setTimeout(120_000);

/**
 * AWS on loopback, whose credentials expire during the checks of a release: CloudFormation has answered already, with a
 * stack that is deployed, and every other service says that the token is expired.
 */
class ExpiringAws {
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request, response);
  });
  /** Operation whose requests never get an answer. */
  silentOperation = '';
  /** Called on each request with its operation, before the answer. */
  onRequest: (operation: string) => void = () => undefined;

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
    const operation = await operationOf(request);
    this.onRequest(operation);
    if (operation === this.silentOperation) return;
    const answerOfStack = STACK_ANSWERS[operation];
    if (answerOfStack === undefined) {
      response.statusCode = 400;
      response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(EXPIRED_TOKEN));
    } else {
      response.setHeader('content-type', 'text/xml').end(answerOfStack());
    }
  }
}

/** Operation of a request: services with JSON have it in a header, those of the query protocol in the body. */
async function operationOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  const target = String(request.headers['x-amz-target'] ?? '');
  return target.split('.').at(-1) || (new URLSearchParams(body).get('Action') ?? '');
}

const EXPIRED_TOKEN = {
  __type: 'ExpiredTokenException',
  message: 'The security token included in the request is expired',
};

const STACK_ID = 'arn:aws:cloudformation:ap-northeast-1:123456789012:stack/ProoflinkDev/1';
const DESCRIBED_STACK =
  `<StackName>ProoflinkDev</StackName><StackId>${STACK_ID}</StackId><StackStatus>UPDATE_COMPLETE</StackStatus>` +
  '<CreationTime>2026-11-27T00:00:00Z</CreationTime>';

/** Answers of CloudFormation on a stack that has the template of the assembly, and no resource. */
const STACK_ANSWERS: Readonly<Record<string, () => string>> = {
  DescribeStacks: () => queryAnswer('DescribeStacks', `<Stacks><member>${DESCRIBED_STACK}</member></Stacks>`),
  ListStackResources: () => queryAnswer('ListStackResources', '<StackResourceSummaries></StackResourceSummaries>'),
  GetTemplate: () => {
    const template = readFileSync(join(assembly, 'ProoflinkDev.template.json'), 'utf8');
    return queryAnswer('GetTemplate', `<TemplateBody>${escapeXml(template)}</TemplateBody>`);
  },
};

/** Answer to an operation of the query protocol. */
function queryAnswer(operation: string, content: string): string {
  return `<${operation}Response><${operation}Result>${content}</${operation}Result></${operation}Response>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const aws = new ExpiringAws();
beforeAll(() => aws.start());
afterAll(() => {
  aws.stop();
});
beforeEach(() => {
  aws.silentOperation = '';
  aws.onRequest = () => undefined;
});

/** Starts `npm run prooflink -- release dev` as a process. */
function startRelease(...options: readonly string[]): ChildProcess {
  const program = prooflinkArguments('release', 'dev', ...options);
  const env = {
    PATH: process.env['PATH'],
    // No file of this machine's user says which credentials or endpoint to use.
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

/** Waits until a process has ended; returns its exit code and all that it printed. */
async function waitForEnd(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr?.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout, stderr };
}

const release = (...options: readonly string[]): Promise<Ended> => waitForEnd(startRelease(...options));

/** Exit code of a release that AWS does not answer, that is interrupted, or that was called wrongly. */
const CANNOT_TELL = 2;

/** The one line of `--json`, which a workflow reads. */
interface Summary {
  readonly exitCode: number;
  readonly says: readonly string[];
}

const parseSummary = (stdout: string): Summary => JSON.parse(stdout) as Summary;

describe('a release whose checks AWS does not answer touches nothing', () => {
  test('with --json it ends with 2, and the JSON says which check had no answer', async () => {
    const { exitCode, stdout } = await release('--app', 'v1', '--json');
    expect(exitCode).toBe(CANNOT_TELL);
    expect(parseSummary(stdout).says).toContainEqual(
      expect.stringContaining(
        'It could not be checked: The registry prooflink-dev-app could not be asked: ExpiredToken',
      ),
    );
  });

  test('no stack trace hides the reason', async () => {
    const { stderr } = await release('--app', 'v1', '--json');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('without --json it ends with 2, says first that dev was not touched, then each check on a line', async () => {
    const { exitCode, stdout } = await release('--app', 'v1', '--batch', 'v1');
    expect(exitCode).toBe(CANNOT_TELL);
    expect(stdout).toMatch(/^dev was not touched:\n\n- It could not be checked: .*prooflink-dev-app/);
    expect(stdout).toMatch(/^- It could not be checked: .*prooflink-dev-batch/m);
  });
});

test.each([
  { image: 'the web application', options: ['--app', ''], says: /^--app is empty/ },
  { image: 'the user import', options: ['--batch', ''], says: /^--batch is empty/ },
])(
  'an empty tag of $image, as a workflow’s unset variable leaves it, is refused: nothing would be released',
  async ({ options, says }) => {
    const { exitCode, stdout } = await release(...options, '--json');
    expect(exitCode).toBe(CANNOT_TELL);
    expect(parseSummary(stdout).says).toContainEqual(expect.stringMatching(says));
  },
);

test('an unknown option ends with 2 and prints no JSON, even with --json', async () => {
  const { exitCode, stdout, stderr } = await release('--json', '--tag', 'v1');
  expect({ exitCode, stdout }).toEqual({ exitCode: CANNOT_TELL, stdout: '' });
  expect(stderr).toContain("unknown option '--tag'");
});

test('--help says that a wrong call prints no JSON', async () => {
  const { stdout } = await release('--help');
  const oneLine = stdout.replace(/\s+/g, ' ');
  expect(oneLine).toContain('a wrong call ends with code 2 and prints none');
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s while a release waits for CloudFormation ends it with 2, and the JSON says so',
  async (signal) => {
    aws.silentOperation = 'DescribeStacks';
    const child = startRelease('--app', 'v1', '--json');
    aws.onRequest = (operation) => {
      if (operation === 'DescribeStacks') child.kill(signal);
    };
    const { exitCode, stdout } = await waitForEnd(child);
    expect(exitCode).toBe(CANNOT_TELL);
    expect(parseSummary(stdout)).toMatchObject({ exitCode: CANNOT_TELL, says: [`It was interrupted (${signal}).`] });
  },
);

test('a release whose stderr was closed, as by the end of a pipe, goes on to its end and prints its summary', async () => {
  const child = startRelease('--app', 'v1', '--json');
  child.stderr?.destroy();
  const { exitCode, stdout } = await waitForEnd(child);
  expect(exitCode).toBe(CANNOT_TELL);
  expect(parseSummary(stdout).says).toContainEqual(expect.stringContaining('It could not be checked'));
});
