import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chapterOf, documents } from '../../../tools/cost/docs';
import { readPrices } from '../../../tools/cost/price-list';
import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { assembly, configuredAssembly } from '../../support/assembly';

const read = (file: string) => readFileSync(join(__dirname, '../../..', file), 'utf8');
const documentsOf = (folder: string) => documents(readAssembly(folder, new SecretMask()).stacks, readPrices());
// First: ECharts numbers its classes within a process, and the command starts at 1.
const configured = documentsOf(configuredAssembly);
const { chapters, plots } = documentsOf(assembly);

/** Without what Prettier does to tables. */
const plain = (markdown: string) =>
  markdown
    .split('\n')
    .map((line) =>
      line
        .replace(/ +/g, ' ')
        .replace(/(:?)-{3,}(:?)/g, '$1---$2')
        .trim(),
    )
    .join('\n')
    .trim();

test.each(Object.entries(configured.chapters))(
  '%s says what the templates and the prices say: renew it with "npm run renew"',
  (file, chapter) => {
    expect(plain(chapterOf(read(file), file))).toBe(plain(chapter));
  },
);

test.each(Object.entries(configured.plots))('%s shows it', (file, svg) => {
  expect(read(file)).toBe(svg);
});

test('the plots show each sum, and the README shows the plots', () => {
  for (const [file, svg] of Object.entries(plots)) {
    expect(svg).toContain('>ProoflinkDev: USD 56.06</text>');
    expect(svg).toContain('>89.97–179.93</text>');
    expect(read('README.md')).toContain(`"${file}"`);
    expect(read('README.ja.md')).toContain(`"${file}"`);
  }
});

test("the guide's figures stand beside: its sum is the guide's, and list prices are nearly twice as high", () => {
  expect(chapters['README.md']).toContain('| together | about 6,165 | 11,493 | 8,410 | 48,251–62,840 |');
  expect(chapters['README.ja.md']).toContain('| 合計 | 約6,165 | 11,493 | 8,410 | 48,251–62,840 |');
});

test.each(['README.md', 'README.ja.md'] as const)('%s names beside the sums what is in none', (file) => {
  const text = chapters[file].replaceAll(/\n */g, ' ');
  for (const words of ['Container Insights', '1,350–1,800', '3.75', 'Systems Manager']) expect(text).toContain(words);
});

test('what choices save is their difference by hand', () => {
  const text = chapters['README.md'].replaceAll(/\n */g, ' ');
  const yen = (usd: number) => Math.round(usd * 150).toLocaleString('en');
  const hours = 730;
  expect(text).toContain(`save dev ${yen(76.6199 - 56.0649)} yen (27 %)`);
  expect(text).toContain('dev costs 7,388, 36 % less');
  const arm = (vcpu: number, gb: number) => vcpu * (0.05056 - 0.04045) + gb * (0.00553 - 0.00442);
  expect(text).toContain(`would save ${yen(arm(0.5, 1) * (hours * (12.75 / 24) + 0.5))} yen in dev`);
  const prod = [2, 4].map((tasks) => yen(arm(1, 2) * (tasks * hours + 0.5)));
  expect(text).toContain(`and ${prod.join('–')} in prod`);
  expect(text).toContain(`saves ${yen((0.062 + 0.005) * hours)} yen per gateway with its address`);
  expect(text).toContain(`costs ${yen(0.014 * hours)} per zone`);
  expect(text).toContain(`saves ${yen((0.202 - 0.1572) * hours)} of ${yen(0.202 * hours)} yen (22 %)`);
  expect(text).toContain(`would save ${yen(0.17 * 2 * (0.05056 + 2 * 0.00553) * hours)} on prod's two tasks`);
});

test.each(['docs/guide-index.md', 'docs/guide-index.ja.md'])('%s says of 5.6 what the prices say', (file) => {
  const [, text = ''] = /\n\*\*5\.6([^]+?)\n\n/.exec(read(file)) ?? [];
  const figures =
    /\*\*Reserving[^*]*\*\*(.+?)\n- /s.exec(chapters['README.md'])?.[1]?.match(/\d+,\d+|\d+(?= %)/g) ?? [];
  expect(figures).toHaveLength(6);
  for (const figure of figures) expect(text).toMatch(new RegExp(`${figure}(?!\\d)`));
  const running = Math.round((100 * (13 + 5 / 60)) / 24); // a database runs 13 h 5 min of 24 h in dev
  expect(text.replaceAll(' %', '%')).toContain(`${running}%`);
});
