import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError } from '@infra/common/outcome';
import { plot, THEMES } from './plot';
import type { PriceFile } from './price-list';
import { linesChapter } from './render-lines';
import { summaryChapter } from './render-summary';
import { savingsOf } from './savings';

/** A generated chapter stands between these in its page. */
const [START, END] = ['<!-- cost: the command "cost --docs" writes what follows -->', '<!-- end of cost -->'];

/** The generated parts of the pages, and the plots, by file. */
export function documents(stacks: ReadonlyMap<string, SynthesizedStack>, prices: PriceFile) {
  const { dev, prod } = savingsOf(stacks, prices);
  return {
    chapters: {
      'README.md': summaryChapter('en', stacks, prices),
      'README.ja.md': summaryChapter('ja', stacks, prices),
      'docs/cost.md': linesChapter([dev, prod]),
    },
    plots: Object.fromEntries(
      (['light', 'dark'] as const satisfies (keyof typeof THEMES)[]).map((theme) => [
        `docs/images/cost-${theme}.svg`,
        plot([dev, prod], theme),
      ]),
    ),
  };
}

/** What stands between the marks of a page. */
export function chapterOf(page: string, file: string): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new CannotTellError(`${file} lacks the lines "${START}" and "${END}".`);
  return page.slice(start + START.length, end);
}

export function writeDocs(root: string, stacks: ReadonlyMap<string, SynthesizedStack>, prices: PriceFile): string {
  const { chapters, plots } = documents(stacks, prices);
  for (const [file, chapter] of Object.entries(chapters)) {
    const page = readFileSync(join(root, file), 'utf8');
    const start = page.indexOf(START) + START.length;
    const rest = page.slice(start + chapterOf(page, file).length);
    writeFileSync(join(root, file), `${page.slice(0, start)}\n\n${chapter}\n${rest}`);
  }
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  for (const [file, svg] of Object.entries(plots)) writeFileSync(join(root, file), svg);
  return `Written: ${[...Object.keys(chapters), ...Object.keys(plots)].join(', ')}. Then run: npm run format\n`;
}
