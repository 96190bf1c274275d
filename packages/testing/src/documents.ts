import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { template } from './assembly';

export const ROOT = join(__dirname, '../../..');

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

function isPage(file: string): boolean {
  return file.endsWith('.md');
}

/** Pages of a folder and those below it. */
function pagesBelow(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files.filter(isPage).map((file) => `${folder}/${file}`);
}

/** All pages of the repository. */
export const FILES: readonly string[] = [
  ...readdirSync(ROOT).filter(isPage),
  ...pagesBelow('docs'),
  ...pagesBelow('packages'),
  ...pagesBelow('test'),
];

/** Blocks of code, in lists too, with their language. */
export const FENCE = /^ *```(\w*)\n([^]*?)^ *```$/gm;

/** The first group of each match. */
export function groupsOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group);
}

/** Pieces of code within sentences. */
export function codesIn(text: string): string[] {
  return groupsOf(text, /`([^`]+)`/g);
}

/** Scripts of the manifest of a folder. */
function scriptsOf(folder: string): object {
  const file = folder ? `${folder}/package.json` : 'package.json';
  return (JSON.parse(page(file).text) as { readonly scripts: object }).scripts;
}

const scriptsExist: Rule = ({ text }) => {
  const calls = text.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(test)(?![\w:-]))(?: -w (packages\/[\w-]+))?/g);
  const scripts = Array.from(calls, ([, run = '', test = '', folder = '']) => ({ script: run || test, folder }));
  const missing = scripts.filter(({ script, folder }) => !(script in scriptsOf(folder)));
  return missing.map(({ script, folder }) => `npm run ${script}${folder && ` -w ${folder}`}`);
};

/** Outputs in a row: "the output `A`, `B`". */
const ROW_OF_OUTPUTS = /(?:\boutputs?|出力) ((?:`[A-Z]\w+`(?:, | and |、| と )?)+)/g;

const outputsExist: Rule = ({ text }) => {
  const stacks = ['dev', 'prod', 'delivery'] as const;
  const outputs = stacks.flatMap((stack) => Object.keys(template(stack).Outputs ?? {}));
  const inProse = groupsOf(text, ROW_OF_OUTPUTS).flatMap(codesIn);
  const inCommands = groupsOf(text, /\$\(out (\w+)\)/g);
  return [...inCommands, ...inProse].filter((output) => !outputs.includes(output));
};

/** Paths in code, and what Jest is to run. */
const pathsExist: Rule = ({ text }) => {
  const inCode = groupsOf(text, /`((?:\.ci|\.github|bin|docs|lib|packages|test)(?:\/[\w./-]+)?)`/g);
  const ofJest = groupsOf(text, /npx jest (test\/[\w./-]+)/g);
  return [...inCode, ...ofJest].filter((path) => !existsSync(join(ROOT, path)));
};

/** Links to files and to headings, in the text or named at its end. */
const linksResolve: Rule = ({ file, text }) => {
  const prose = text.replace(FENCE, '');
  const links = [...groupsOf(prose, /\]\(([^)\s]+)\)/g), ...groupsOf(prose, /^\[[^\]]+\]: +(\S+)$/gm)];
  const ownLinks = links.filter((link) => !/^https?:/.test(link));
  return ownLinks.filter((link) => !resolves(link, { file, text }));
};

/** True if the file of a link from a page is there, and has the heading. */
function resolves(link: string, { file, text }: Page): boolean {
  const [target = '', anchor] = link.split('#');
  const path = join(ROOT, target === '' ? file : join(dirname(file), target));
  if (!existsSync(path)) return false;
  return anchor === undefined || anchorsOf(target === '' ? text : readFileSync(path, 'utf8')).includes(anchor);
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(text: string): string[] {
  const headings = groupsOf(text.replace(FENCE, ''), /^#+ (.*)$/gm);
  return headings.map((heading) => {
    const letters = heading.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '');
    return letters.replaceAll(' ', '-');
  });
}

/** An interactive zsh, macOS's shell, takes `#` for an argument, and its apostrophe for the start of a string. */
const blocksHaveNoComment: Rule = ({ text }) => {
  const blocks = [...text.matchAll(FENCE)].filter(([, language]) => language === 'sh');
  return blocks.flatMap(([, , block = '']) => block.match(/^(.* )?#( .*)?$/gm) ?? []);
};

/** Rules: names in a page exist, and its blocks can be pasted. */
export const RULES = { scriptsExist, outputsExist, pathsExist, linksResolve, blocksHaveNoComment } satisfies Record<
  string,
  Rule
>;
