import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { randomRuns } from '@infra/common/random-tests';
import { fencedBlock, inlineCode, escapeInvisible } from '@infra/common/untrusted-text';
import type { Review } from '../src/model/review';
import { LONGEST_REVIEW, renderMarkdown } from '../src/render/markdown';
import { allow, newDirectory, resource, review, securityGroup, writeAssembly } from './support/assemblies';

/** Text with everything in it that means something to Markdown, HTML or GitHub. */
const SIGNS =
  '` `` ``` | \\ @octocat #123 GH-1 <b> </details> <!-- --> $ ](javascript:x) ![ ** _ ~~ &lt; &#64; a 0 ' +
  'https://example.com www.a.b :tada: \u202e';
const sign = fc.constantFrom(...SIGNS.split(' '), '\n', '\r\n', '> ', '# ', '- ', '\t', ' ');
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(sign, { maxLength: 12 }).map((parts) => parts.join('')),
);

/** A comment without the code in it: our own words only. */
const withoutCode = (markdown: string): string =>
  markdown
    .replace(/^(`{3,})\n[^]*?^\1$/gm, '')
    .replace(/`[^`\n]+`/g, '')
    .replace(/<code>[\p{L}\p{N} ,/=&#;-]+<\/code>/gu, '');

describe('untrusted text', () => {
  it('is inline code of one line, whatever is in it, and loses nothing', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const code = inlineCode(text);
        expect(withoutCode(code)).toBe('');
        const shown = code.startsWith('`')
          ? code.slice(1, -1)
          : code
              .slice('<code>'.length, -'</code>'.length)
              .replace(/&#(\d+);/g, (_reference, point: string) => String.fromCodePoint(Number(point)));
        expect(shown).toBe(escapeInvisible(text) || '""');
      }),
      randomRuns(100),
    );
  });

  it('in a fenced block cannot end it', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [first, ...rest] = fencedBlock(text, 'diff').split('\n');
        const fence = (first ?? '').slice(0, -'diff'.length);
        expect(rest.pop()).toBe(fence);
        expect(rest.every((line) => !line.includes(fence))).toBe(true);
      }),
      randomRuns(100),
    );
  });

  it('in every place of a template leaves only our own words outside of code', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 8, maxLength: 8 }), (texts) => {
        const [id = '', path = '', type = '', value = '', key = '', stack = '', other = '', version = ''] = texts;
        const resources = (text: string) => ({
          [`x${id}`]: { Type: type, Metadata: { 'aws:cdk:path': `a/${path}` }, Properties: { [`x${key}`]: [text] } },
          Group: securityGroup({ IpProtocol: text, CidrIp: text }),
          Policy: resource('AWS::IAM::Policy', {
            Roles: [id],
            PolicyDocument: { Statement: [allow(text, text)] },
          }),
          [`log${text}`]: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Retain', Properties: { LogGroupName: text } },
        });
        const write = (text: string, cdkVersion: string) =>
          writeAssembly({ cdkVersion, stacks: { [`x${stack}`]: { resources: resources(text) } } });
        const { exitCode, stdout } = review(write(value, ''), write(`${other}!`, version), { markdown: true });
        expect(exitCode).not.toBe(2);
        const words = withoutCode(stdout).replace(/<\/?(?:details|summary|sub)>|⛔|⚠️|👀|→|…/gmu, '');
        expect(words).toMatch(/^[\w\s.,:;'()>*[\]!#-]*$/);
        expect(words).not.toMatch(/#\d|@|\[[^!]/);
      }),
      randomRuns(30),
    );
  });
});

describe('a comment that is too long', () => {
  const finding = (level: 'lost' | 'weaker' | 'other', index: number) => ({
    level,
    subject: [`${level} ${index}`],
    // Three bytes a character.
    sentences: [[{ code: 'データ'.repeat(16) }]],
    changes: [],
  });
  const many = (level: 'lost' | 'weaker' | 'other', number: number) =>
    Array.from({ length: number }, (_, index) => finding(level, index));
  const environment = (name: string, risks: number, others: number) => ({
    name,
    summary: ['changed'],
    findings: [...many('other', others), ...many('weaker', 20), ...many('lost', risks)],
    cdkDiff: { text: '[-] AWS::S3::Bucket Photos destroy' },
  });
  const long = (risks: number): Review => ({
    notes: [],
    configDiff: '+ a',
    environments: [
      environment('A', risks, 400),
      environment('B', risks, 400),
      { name: 'C', summary: [], findings: [] },
    ],
  });

  it('ends in time, keeps what is urgent, leaves out what cdk diff says first, and says so', () => {
    const comment = renderMarkdown(long(20));
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(LONGEST_REVIEW);
    expect(Buffer.byteLength(comment)).toBeGreaterThan(LONGEST_REVIEW - 500);
    expect(comment.match(/⛔/g)).toHaveLength(40);
    expect(comment.match(/⚠️/g)).toHaveLength(40);
    const shown = comment.match(/\*\*other \d+/g)?.length ?? 0;
    expect(comment).toContain(
      `${800 - shown} findings (0 by which the review does not pass), 2 outputs of \`cdk diff\`, 1 unchanged stack.**`,
    );
    expect(comment).toContain('+ a');
    expect(comment).not.toContain('Photos destroy');
  });

  it('says so where even what is at risk does not fit', () => {
    const comment = renderMarkdown(long(400));
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(LONGEST_REVIEW);
    const shown = comment.match(/⛔/g)?.length ?? 0;
    expect(comment).toContain(
      `(${800 - shown} by which the review does not pass), the configuration changes, 2 outputs of \`cdk diff\`, 1 unchanged stack.**`,
    );
    expect(comment).toContain('In all: 800 with data lost or less protected, 40 opened or weakened.');
    expect(comment).not.toContain('⚠️');
  });

  it('one finding with very many values, words or a very long value', () => {
    const changes = Array.from({ length: 30 }, (_, index) => [`P${index}: 1 → not set`]);
    const sentences = [Array.from({ length: 370 }, () => 'word ')];
    const subject = [{ code: 'x'.repeat(100_000) }];
    const environments = [
      { name: 'A', summary: [], findings: [{ level: 'lost' as const, subject, sentences, changes }] },
    ];
    const comment = renderMarkdown({ notes: [], configDiff: '', environments });
    expect(comment).toContain('(5 more values omitted)');
    expect(comment).toContain('(and 120 words more)');
    expect(comment).toContain('… (100,000 characters in all)');
  });
});

it('a long configuration diff is folded and cut, and hostile lines stay in their block', () => {
  const assembly = writeAssembly({ stacks: { A: {} } });
  const file = join(newDirectory(), 'config.diff');
  writeFileSync(file, ['+```', '+</details> @octocat', ...Array.from({ length: 300 }, () => '+ line')].join('\n'));
  const { stdout } = review(assembly, assembly, { markdown: true, configDiff: file });
  expect(stdout).toContain('<details><summary>Changes of the configuration</summary>\n\n````diff\n+```\n');
  expect(stdout).toContain('````\n\n_102 more lines omitted._\n\n</details>');
});
