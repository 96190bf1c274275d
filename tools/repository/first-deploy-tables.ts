import { CannotTellError } from '@infra/common/outcome';
import { FIRST_DEPLOY_ROWS, type FirstDeployRow } from '../operate/rehearse/report/first-deploy-rows';

type Language = 'en' | 'ja';

/** The pages with the tables, by language. */
export const FIRST_DEPLOY_PAGES: Readonly<Record<Language, string>> = {
  en: 'docs/first-deploy.md',
  ja: 'docs/first-deploy.ja.md',
};

const HEADINGS: Readonly<Record<Language, readonly string[]>> = {
  en: ['id', 'to confirm', 'seen in', 'if it is not so', 'stages of a rehearsal'],
  ja: ['ID', '確認すること', '確認する場所', '異なる場合', 'リハーサルの段階'],
};

/** Cell of a row that no stage of a rehearsal observes. */
const NO_STAGE = '–';

/** Markdown tables by step: the rows that a page of this language has in a chapter. */
function firstDeployTables(language: Language): Map<number, string> {
  const rowsByStep = new Map<number, string[]>();
  for (const [id, row] of Object.entries(FIRST_DEPLOY_ROWS)) {
    const rows = rowsByStep.get(row.step) ?? [];
    rows.push(tableRow(cellsOf(id, row, language)));
    rowsByStep.set(row.step, rows);
  }
  const headings = HEADINGS[language];
  const head = [tableRow(headings), tableRow(headings.map(() => '---'))];
  const tables = [...rowsByStep].map(([step, rows]) => [step, [...head, ...rows].join('\n')] as const);
  return new Map(tables);
}

function cellsOf(id: string, { confirms, seenIn, otherwise, rehearsal }: FirstDeployRow, language: Language): string[] {
  const stages = 'stages' in rehearsal ? rehearsal.stages.map((stage) => `\`${stage}\``) : [NO_STAGE];
  return [`\`${id}\``, confirms[language], seenIn[language], otherwise[language], stages.join(', ')];
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The page with present tables. Prettier aligns their columns afterwards. */
export function withFirstDeployTables(language: Language, page: string): string {
  let renewedPage = page;
  for (const [step, table] of firstDeployTables(language)) {
    const { start, end } = findTable(language, renewedPage, step);
    renewedPage = `${renewedPage.slice(0, start)}\n\n${table}\n\n${renewedPage.slice(end)}`;
  }
  return renewedPage;
}

/** Place of a table in a page. */
interface TablePlace {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the place between the lines around the generated table of a step.
 *
 * @throws CannotTellError if the page does not have these lines.
 */
function findTable(language: Language, page: string, step: number): TablePlace {
  const lineBefore = `<!-- rows of step ${step}: "npm run renew" writes what follows -->`;
  const lineAfter = `<!-- end of step ${step} -->`;
  const start = page.indexOf(lineBefore);
  const end = page.indexOf(lineAfter);
  if (start < 0 || end < start) {
    throw new CannotTellError(`${FIRST_DEPLOY_PAGES[language]} lacks the lines "${lineBefore}" and "${lineAfter}".`);
  }
  return { start: start + lineBefore.length, end };
}
