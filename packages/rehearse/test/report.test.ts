import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { readRows, rowsOfOwnImages } from '../src/page';
import { Records } from '../src/records';
import { writeReport } from '../src/report';
import { STAGE_NAMES, type StageResult } from '../src/stage';

const root = temporaryFolder('rehearse-report-');
const BEGAN = '2026-11-29T03:04:05.678Z';

let records: Records;
beforeEach(() => {
  records = new Records(mkdtempSync(join(root, 'report-')), '123456789012');
});

function end(stage: (typeof STAGE_NAMES)[number], result: StageResult, began = BEGAN): void {
  records.add({ stage, began, seconds: 90, result });
}

const report = () => readFileSync(writeReport(records, 'ap-northeast-1') ?? '', 'utf8');

test('a stage that ended once is not to be repeated; one that was killed has begun, and not ended', () => {
  records.add({ stage: 'prepare', began: BEGAN });
  end('prepare', { evidence: [] });
  records.add({ stage: 'deploy', began: BEGAN });
  expect(records.read().map(({ stage, result }) => ({ stage, ended: result !== undefined }))).toEqual([
    { stage: 'prepare', ended: true },
    { stage: 'deploy', ended: false },
  ]);
  expect(report()).toMatch(/^\| prepare \| 03:04:05 \| 1\.5 min \| 8 min \| well \|\n\| deploy .* not ended \|$/m);
});

test('a line that was cut when its call was killed is a stage that has not ended', () => {
  end('prepare', { evidence: [] });
  appendFileSync(records.file, '{"stage":"deploy","began":"2026-');
  end('deploy', { evidence: [] });
  expect(records.read().map(({ stage }) => stage)).toEqual(['prepare', 'deploy']);
});

test('after its end another rehearsal begins, whose report does not overwrite the first one', () => {
  end('prepare', { evidence: [] });
  const first = writeReport(records, 'ap-northeast-1');
  records.end();
  expect(records.read()).toEqual([]);
  end('prepare', { evidence: [] }, '2026-11-29T04:00:00.000Z');
  expect(writeReport(records, 'ap-northeast-1')).not.toBe(first);
});

test('a row that one stage refuted is refuted, whatever another one saw; AWS’s words and the page’s advice stand beside it', () => {
  end('deploy', { seen: ['values-accepted'], evidence: [] });
  end('deployAgain', { refuted: [{ row: 'values-accepted', words: ['LimitExceeded'] }], failure: 'no', evidence: [] });
  const [, refuted = '', seen = ''] = /## Refuted\n\n(.*)\n\n## Seen\n\n(.*?)\n\n/s.exec(report()) ?? [];
  expect(refuted).toBe(
    '- `values-accepted`: AWS takes every value that the local AWS takes, and no limit is met (deployAgain)\n\n' +
      '```\nLimitExceeded\n```\n\n' +
      'Advice: the first event that failed names property and reason; the value is in `lib/config`',
  );
  expect(seen).toBe('None.');
});

test('rows that were not seen are named, since they are still to be confirmed', () => {
  end('deploy', { seen: ['values-accepted'], evidence: [] });
  const [, notSeen = ''] = /^Not seen, and still to be confirmed .*: (.*)$/m.exec(report()) ?? [];
  expect(notSeen.split(', ')).toHaveLength(readRows('en').length - 1);
});

test('accounts and people are masked in the file, too: a team sends the report to its authors', () => {
  end('deploy', { evidence: ['arn:aws:sts::123456789012:assumed-role/Admin/ann@example.com'] });
  expect(readFileSync(records.file, 'utf8')).not.toMatch(/123456789012|ann@/);
  expect(report()).toContain('### deploy\n\n```\narn:aws:sts::(account):assumed-role/Admin/(session)\n```');
});

test('a report on a local AWS says so: it confirms nothing', () => {
  end('prepare', { evidence: [] });
  process.env['AWS_ENDPOINT_URL'] = 'http://localhost:1';
  const text = report();
  delete process.env['AWS_ENDPOINT_URL'];
  expect(text).toContain('ap-northeast-1 of a local AWS, not of AWS.');
});

test('rows are read from the page: id, claim, advice and stages, in which a bar may be escaped', () => {
  const docs = mkdtempSync(join(root, 'docs-'));
  writeFileSync(
    join(docs, 'first-deploy.md'),
    '| id | to confirm | if it is not so | stages |\n| --- | --- | --- | --- |\n' +
      '| `a-row` | It holds | wait \\| go | `import`, `doctor` (`--app-image`) |\n| `b-row` | So does it | | – |\n',
  );
  const rows = readRows('en', docs);
  expect(rows).toEqual([
    { id: 'a-row', claim: 'It holds', advice: 'wait \\| go', stages: '`import`, `doctor` (`--app-image`)' },
    { id: 'b-row', claim: 'So does it', advice: '', stages: '–' },
  ]);
  expect(rowsOfOwnImages(rows)).toEqual(['a-row']);
});

test('the page names stages that there are: another one would never observe its row', () => {
  const named = readRows('en').flatMap(({ stages }) => [...stages.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !STAGE_NAMES.some((stage) => stage === name))).toEqual([]);
});
