import { LONGEST_REVIEW, renderMarkdown } from '../src/render/markdown';

const LINE = 'ProoflinkDev: 56.06 → 104.97 USD per month: NAT gateway +45.26, Public IPv4';

test('the line stays where a comment is cut; what it adds up goes first', () => {
  const finding = {
    level: 'other' as const,
    subject: ['x'],
    sentences: [[{ code: 'x'.repeat(150) }]],
    changes: [],
  };
  const findings = Array.from({ length: 600 }, () => finding);
  const environments = [{ name: 'ProoflinkDev', summary: [], findings }];
  const costs = [{ stack: 'ProoflinkDev', line: [LINE], details: ['+ NAT gateway'] }];
  const comment = renderMarkdown({ notes: [], configDiff: '', environments, costs });
  expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(LONGEST_REVIEW);
  expect(comment).toContain('**Omitted because of the length limit of comments:');
  expect(comment).toContain(LINE);
  expect(comment).not.toContain('Cost by usage');
});

test('many environments with long names have an end, too', () => {
  const costs = Array.from({ length: 500 }, (_, index) => ({
    stack: `${'データ'.repeat(100)}${index}`,
    line: [{ code: 'データ'.repeat(100) }],
    details: Array.from({ length: 100 }, () => 'データ'.repeat(100)),
  }));
  const comment = renderMarkdown({ notes: [], configDiff: '', environments: [], costs });
  expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(LONGEST_REVIEW);
  expect(comment).toContain('- 480 more stacks omitted.');
  expect(comment).toContain('more lines omitted.');
});
