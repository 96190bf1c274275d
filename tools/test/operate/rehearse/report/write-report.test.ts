import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { temporaryFolder } from '@infra/common/testing';
import type { StageRecord } from '../../../../operate/rehearse/observation';
import { FIRST_DEPLOY_ROWS } from '../../../../operate/rehearse/report/first-deploy-rows';
import { writeReport } from '../../../../operate/rehearse/report/write-report';

const parentDirectory = temporaryFolder('prooflink-report-');

const WORD_OF_STAGE = 'CREATE_COMPLETE for ann@example.com from 203.0.113.7';

const FIRST_STAGE: StageRecord = {
  stage: 'deploy',
  started: new Date('2026-11-29T23:50:00Z'),
  seconds: 725.4,
  expectedMinutes: 20,
  exitCode: 0,
  observations: [
    {
      row: 'values-accepted',
      outcome: 'seen',
      words: [WORD_OF_STAGE, 'arn:aws:ecs:ap-northeast-1:123456789012:task/A'],
    },
  ],
  words: [WORD_OF_STAGE],
  events: [
    eventOf('AWS::RDS::DBInstance', 'CREATE_IN_PROGRESS', '2026-11-29T23:50:10Z'),
    eventOf('AWS::RDS::DBInstance', 'CREATE_COMPLETE', '2026-11-29T23:57:00Z'),
    eventOf('AWS::EC2::VPC', 'CREATE_IN_PROGRESS', '2026-11-29T23:50:10Z'),
    eventOf('AWS::EC2::VPC', 'CREATE_COMPLETE', '2026-11-29T23:50:14Z'),
  ],
};

const LATER_STAGE: StageRecord = {
  stage: 'drift',
  started: new Date('2026-11-30T00:10:00Z'),
  seconds: 42,
  exitCode: 1,
  observations: [
    { row: 'no-drift-after-deploy', outcome: 'refuted', words: ['DBParameterGroup /Family: postgres15, postgres15.4'] },
  ],
  words: [],
};

function eventOf(type: string, status: 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE', time: string): StackEvent {
  return {
    StackId: 'arn:aws:cloudformation:ap-northeast-1:123456789012:stack/A',
    EventId: '1',
    StackName: 'A',
    LogicalResourceId: type,
    ResourceType: type,
    ResourceStatus: status,
    Timestamp: new Date(time),
  };
}

/** Writes a report into a directory of its own, and returns the directory. */
function directoryOf(test: string): string {
  return join(parentDirectory, test);
}

/** Text of a report after one more call. */
function reportAfter(directory: string, rehearsalId: string, records: readonly StageRecord[]): string {
  return readFileSync(writeReport({ directory, rehearsalId, region: 'ap-northeast-1', records }), 'utf8');
}

test('the report begins with the versions and what was not seen, and has the stages of earlier calls', () => {
  const directory = directoryOf('calls');
  reportAfter(directory, 'r1', [FIRST_STAGE]);
  const report = reportAfter(directory, 'r1', [LATER_STAGE]);
  const headings = [...report.matchAll(/^##? .+$/gm)].map(([heading]) => heading);
  expect(headings).toEqual([
    '# Rehearsal of 2026-11-29',
    '## Not seen',
    '## Refuted',
    '## Seen',
    '## Stages',
    '## Durations of resources',
  ]);
  expect(report).toMatch(/^\| repository \| [0-9a-f]{40}/m);
  expect(report).toMatch(/^\| CDK CLI \| \d+\.\d+\.\d+ \|$/m);
  expect(report).toContain(`| Node | ${process.version} |`);
  const rowCount = Object.keys(FIRST_DEPLOY_ROWS).length;
  expect(report).toContain(`| rows of docs/first-deploy | 1 seen, 1 refuted, ${rowCount - 2} not seen |`);
  expect(report).toContain(
    '| deploy | 2026-11-29 23:50 | 12 min 5 s | 20 min 0 s | 0 |\n| drift | 2026-11-30 00:10 | 42 s | – | 1 |',
  );
  expect(report).toContain('| AWS::RDS::DBInstance | CREATE | 1 | 6 min 50 s | 5 min 0 s |');
  expect(report).toContain('1 further operation took less than 10 seconds each, as the local AWS assumes.');
});

test('a stage that was left out has neither a duration nor an exit code', () => {
  const leftOut: StageRecord = { ...LATER_STAGE, stage: 'images', observations: [], skippedBecause: 'no Docker' };
  const report = reportAfter(directoryOf('skipped'), 'r1', [leftOut]);
  expect(report).toContain('| images | 2026-11-30 00:10 | left out | – | – |');
});

test('a stage that was interrupted has begun and not ended; one that ended is there once', () => {
  const directory = directoryOf('interrupted');
  const laterCall = { ...LATER_STAGE, started: new Date('2026-11-30T00:20:00Z') };
  reportAfter(directory, 'r1', [{ ...LATER_STAGE, exitCode: undefined }]);
  reportAfter(directory, 'r1', [{ ...laterCall, exitCode: undefined }]);
  const report = reportAfter(directory, 'r1', [laterCall]);
  expect(report).toContain(
    '| drift | 2026-11-30 00:10 | not ended | – | – |\n| drift | 2026-11-30 00:20 | 42 s | – | 1 |\n\n',
  );
});

test("a refuted row has AWS's words, and the advice of the page without links that lead nowhere from the report", () => {
  const report = reportAfter(directoryOf('refuted'), 'r1', [LATER_STAGE]);
  expect(report).toContain(`- \`no-drift-after-deploy\`: CloudFormation finds no drift in what it has just made (drift)

\`\`\`
DBParameterGroup /Family: postgres15, postgres15.4
\`\`\`

Advice: a property that AWS reads back otherwise: write what it reads, or add it to`);
  expect(report).not.toMatch(/\]\(|\]\[/);
});

test('the words of a seen row are not repeated if its stage has them', () => {
  const report = reportAfter(directoryOf('words'), 'r1', [FIRST_STAGE]);
  expect(report.match(/CREATE_COMPLETE for/g)).toHaveLength(1);
  expect(report.match(/task\/A/g)).toHaveLength(1);
});

test('neither the report nor the file of the stages has an account, an address or a mail address', () => {
  const directory = directoryOf('masked');
  reportAfter(directory, 'r1', [FIRST_STAGE]);
  const texts = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'utf8'));
  expect(texts).toHaveLength(2);
  for (const text of texts) {
    expect(text).toContain('CREATE_COMPLETE for (mail address) from (IP address)');
    expect(text).not.toMatch(/123456789012|ann@|203\.0\.113/);
  }
});

test('a second rehearsal on the same day leaves the report of the first one', () => {
  const directory = directoryOf('days');
  reportAfter(directory, 'r1', [FIRST_STAGE]);
  reportAfter(directory, 'r2', [FIRST_STAGE]);
  reportAfter(directory, 'r1', [LATER_STAGE]);
  const reports = readdirSync(directory).filter((file) => file.endsWith('.md'));
  expect(reports.sort()).toEqual(['rehearsal-2026-11-29-r2.md', 'rehearsal-2026-11-29.md']);
  expect(readFileSync(join(directory, 'rehearsal-2026-11-29.md'), 'utf8')).toContain('| drift |');
});

test('the report of a local AWS says so: it confirms nothing', () => {
  const localVariables = { ...process.env, AWS_ENDPOINT_URL: 'http://localhost:4566' };
  const replaced = jest.replaceProperty(process, 'env', localVariables);
  const report = reportAfter(directoryOf('local'), 'r1', []);
  replaced.restore();
  expect(report).toContain('| region | ap-northeast-1 of a local AWS, not of AWS |');
});

test('an id that would lead out of the directory is refused, since anybody may write a tag', () => {
  expect(() => reportAfter(directoryOf('ids'), '../r1', [])).toThrow('The tag Rehearsal of the stack is "../r1"');
});

test('a broken line of the kept stages is named, instead of a report without them', () => {
  const directory = directoryOf('broken');
  reportAfter(directory, 'r1', [FIRST_STAGE]);
  writeFileSync(join(directory, 'rehearsal-r1.jsonl'), '{"stage": "dep');
  expect(() => reportAfter(directory, 'r1', [])).toThrow(
    /rehearsal-r1\.jsonl has a line that is no record of a stage: /,
  );
});
