import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { readRows } from '../src/page';
import { Records } from '../src/records';
import { writeReport } from '../src/report';
import { STAGE_NAMES, type StageName, type StageResult } from '../src/stage';

const root = temporaryFolder('rehearse-report-');
const BEGAN = '2026-11-29T03:04:05.678Z';

let records: Records;
beforeEach(() => {
  records = new Records(mkdtempSync(join(root, 'report-')), '123456789012');
});

function end(stage: StageName, result: StageResult): void {
  records.keep({ stage, began: BEGAN, seconds: 90, result });
}

const report = () => readFileSync(writeReport(records, 'ap-northeast-1') ?? '', 'utf8');

test('a row that one stage refuted is refuted, whatever another one saw; one that nothing looked at is not seen', () => {
  end('deploy', { verdicts: [{ row: 'values-accepted', holds: true, seen: ['exit code 0'] }], evidence: [] });
  expect(report()).toContain('\nvalues-accepted: confirmed by deploy\n    exit code 0\n');
  end('deployAgain', { verdicts: [{ row: 'values-accepted', holds: false, seen: ['LimitExceeded'] }], evidence: [] });
  expect(report()).toContain('\nvalues-accepted: refuted by deployAgain\n    LimitExceeded\n');
  expect(report().match(/: not seen$/gm)).toHaveLength(readRows('en').length - 1);
});

test('a killed stage has not ended; once it was repeated, its end alone is kept, without accounts and people', () => {
  records.keep({ stage: 'deploy', began: BEGAN });
  expect(report()).toMatch(/^## deploy\n\n```\nbegan 2026.*\nnot ended\n```$/m);
  end('deploy', { evidence: ['arn:aws:sts::123456789012:assumed-role/Admin/ann@example.com'] });
  expect(readFileSync(records.file, 'utf8')).not.toMatch(/123456789012|ann@/);
  expect(report()).toMatch(/^## deploy\n\n```\n.*\(90 s\)\nended\n/m);
  expect(report()).toContain('\narn:aws:sts::(account):assumed-role/Admin/(session)\n```\n');
  expect(records.read()).toHaveLength(1);
});

test('a report on a local AWS says so: it confirms nothing', () => {
  end('prepare', { evidence: [] });
  process.env['AWS_ENDPOINT_URL'] = 'http://localhost:1';
  const text = report();
  delete process.env['AWS_ENDPOINT_URL'];
  expect(text).toContain('ap-northeast-1 of a local AWS, not of AWS.');
});

test('the page names stages that there are: another one would never observe its row', () => {
  const named = readRows('en').flatMap(({ stages }) => [...stages.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !STAGE_NAMES.some((stage) => stage === name))).toEqual([]);
});
