import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { template } from '../support/assembly';

export const ROOT = join(__dirname, '../..');

/** A page for people; its links start from where its file is. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

/** Names in a page that this repository does not have, in words. */
export type Rule = (page: Page) => string[];

/** A page as it is. */
export function page(file: string): Page {
  return { file, text: readFileSync(join(ROOT, file), 'utf8') };
}

const isPage = (file: string): boolean => file.endsWith('.md');

/** All pages of the repository. */
export const FILES = [
  ...readdirSync(ROOT).filter(isPage),
  ...['docs', 'packages', 'test', 'tools'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(isPage)
      .map((file) => `${folder}/${file}`),
  ),
];

/** Blocks of code, in lists too, with their language. */
export const FENCE = /^ *```(\w*)\n([^]*?)^ *```$/gm;

const named = ({ text }: Page, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);

const { scripts } = JSON.parse(page('package.json').text) as { scripts: Record<string, string> };

const scriptsExist: Rule = (page) =>
  named(page, /\bnpm (?:run (?:--silent )?)?(test(?![\w:-])|(?<=run (?:--silent )?)[\w:-]+)/g)
    .filter((script) => !(script in scripts))
    .map((script) => `npm run ${script}`);

const outputsExist: Rule = (page) => {
  const outputs = (['dev', 'prod', 'delivery'] as const).flatMap((stack) => Object.keys(template(stack).Outputs ?? {}));
  // Several in a row: "the output `A`, `B`".
  const said = named(page, /(?:\boutputs?|出力) ((?:`[A-Z]\w+`(?:, | and |、| と )?)+)/g).flatMap((row) =>
    [...row.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
  return [...named(page, /\$\(out (\w+)\)/g), ...said].filter((output) => !outputs.includes(output));
};

/** Paths in code, and what Jest is to run. */
const pathsExist: Rule = (page) =>
  [
    ...named(page, /`((?:\.ci|\.github|bin|docs|lib|test|tools)(?:\/[\w./-]+)?)`/g),
    ...named(page, /npx jest (test\/[\w./-]+)/g),
  ]
    .filter((path) => !existsSync(join(ROOT, path)))
    .map(withOtherConfigs);

/** A missing path; of an environment that was renamed or removed, with the files that are there. */
function withOtherConfigs(path: string): string {
  if (!/lib\/config\/[a-z\d]+\.ts$/.test(path)) return path;
  const files = readdirSync(join(ROOT, 'lib/config')).filter((file) => file.endsWith('.ts'));
  return `${path} does not exist; write the file of an environment: ${files.join(', ')}`;
}

/** Links to files and to headings, in the text or named at its end. */
const linksResolve: Rule = ({ file, text }) => {
  const prose = { file, text: text.replace(FENCE, '') };
  return [...named(prose, /\]\(([^)\s]+)\)/g), ...named(prose, /^\[[^\]]+\]: +(\S+)$/gm)]
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const [target = '', anchor] = link.split('#');
      const path = join(ROOT, target === '' ? file : join(dirname(file), target));
      if (!existsSync(path)) return true;
      return anchor !== undefined && !anchorsOf(target === '' ? text : readFileSync(path, 'utf8')).includes(anchor);
    })
    .map(withOtherConfigs);
};

/** The anchors that GitHub gives to headings. */
function anchorsOf(text: string): string[] {
  return [...text.replace(FENCE, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Rules: names in a page exist. */
export const RULES = { scriptsExist, outputsExist, pathsExist, linksResolve } satisfies Record<string, Rule>;
