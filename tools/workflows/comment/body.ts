import { basename } from 'node:path';
import { inlineCode } from '@infra/common/untrusted-text';
import { LONGEST_COMMENT, MARKER, renderFailure } from '@infra/common/comment';
import type { ChangedFile, WorkflowRun } from './github';

/** Folders whose files have a say in what a review says, what a deployment does, or who may deploy. */
const JUDGING_FOLDERS = ['.github/', '.ci/', 'bin/', 'lib/delivery/', 'packages/', 'tools/'];

/** Files that have, too. */
const JUDGING_FILES = new Set([
  '.npmrc',
  '.nvmrc',
  'cdk.json',
  'lib/config/delivery.ts',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
]);

function isJudge(file: string): boolean {
  const isInFolder = JUDGING_FOLDERS.some((folder) => file.startsWith(folder));
  // With attributes, git writes another file into a work tree than the one that was reviewed.
  return isInFolder || JUDGING_FILES.has(file) || basename(file) === '.gitattributes';
}

const MOST_NAMES = 10;
/** GitHub's own limit. */
const MOST_FILES = 3000;

/** Texts of the comment beside the review. */
const TEXTS = {
  en: {
    fork: (name: string) => ` The workflow is that of ${name}: see whether it changes <code>.github</code>.`,
    source: (sha: string, url: string) => `Of ${sha}, by [this run](${url}).`,
    anyFile: '**GitHub lists no more than 3,000 changed files: there may be any.**',
    more: (number: number) => ` and ${number} more`,
    judges: (names: string) =>
      `**This changes the review itself, the workflows, or what they run: ${names}.** ` +
      'Read that first; whatever is said below may be its work.',
    packages: '**After a merge of these packages nothing is deployed any more: the deployments refuse them.**',
    nothing: 'left no comment',
    other: 'left something that is not a comment of the review',
    failure: (conclusion: string, what: string, url: string) =>
      `The run ended with "${conclusion}" and ${what}. Its log says why:\n${url}`,
    noConclusion: 'no conclusion',
  },
  ja: {
    fork: (name: string) =>
      ` ワークフローは ${name} のものです。<code>.github</code> が変更されていないか確認してください。`,
    source: (sha: string, url: string) => `${sha} に対する[実行結果](${url})です。`,
    anyFile: '**GitHubが一覧にする変更ファイルは3,000件までです。ほかにも変更されている可能性があります。**',
    more: (number: number) => ` ほか${number}件`,
    judges: (names: string) =>
      `**このプルリクエストは、レビュー自体、ワークフロー、またはその中で実行されるコードを変更します: ${names}。** ` +
      '先にその変更を確認してください。以下の内容も影響を受けている可能性があります。',
    packages: '**これらのパッケージをマージすると、デプロイはすべて拒否されます。**',
    nothing: 'コメントが残されていません',
    other: 'レビューのコメントではないものが残されています',
    failure: (conclusion: string, what: string, url: string) =>
      `実行は "${conclusion}" で終わり、${what}。原因はログにあります:\n${url}`,
    noConclusion: '結果なし',
  },
};
type Language = keyof typeof TEXTS;

/** Parts of a comment. */
export interface CommentParts {
  readonly run: WorkflowRun;
  readonly repository: string;
  /** Text that the run left; undefined if it left none. */
  readonly written: string | undefined;
  readonly changedFiles: readonly ChangedFile[];
  /** Findings on the packages that the pull request brings along. */
  readonly packageFindings: readonly string[];
}

/**
 * The comment: which run of which commit it is from, then what the run wrote. That comes first and from GitHub itself,
 * because the rest may be anything: a pull request brings its own workflow.
 */
export function commentBody(parts: CommentParts, language: Language = 'en'): string {
  const { run, repository, written, changedFiles, packageFindings } = parts;
  const texts = TEXTS[language];
  const fork = run.head_repository && run.head_repository.full_name !== repository ? run.head_repository.full_name : '';
  const from = fork === '' ? '' : texts.fork(inlineCode(fork));
  const source = `<sub>${texts.source(run.head_sha, run.html_url)}${from}</sub>`;
  const content = written?.startsWith(MARKER) ? written : failure(run, written, language);
  const warnings = [...judges(changedFiles, language), ...packages(packageFindings, language)];
  return [MARKER, ...warnings, source, content.slice(MARKER.length).trimStart()].join('\n\n').slice(0, LONGEST_COMMENT);
}

/** Said first, by GitHub's list of files: what the run wrote may be the work of these changes. */
function judges(files: readonly ChangedFile[], language: Language): string[] {
  const texts = TEXTS[language];
  if (files.length >= MOST_FILES) return [texts.anyFile];
  const names = files.flatMap(({ filename, previous_filename: previous }) => [filename, previous ?? filename]);
  const changed = [...new Set(names)].filter(isJudge);
  if (changed.length === 0) return [];
  const listed = changed.slice(0, MOST_NAMES).map(inlineCode);
  const more = changed.length > listed.length ? texts.more(changed.length - listed.length) : '';
  return [texts.judges(`${listed.join(', ')}${more}`)];
}

/** Findings of the branch main's own check: a lock file is too long to be read. */
function packages(findings: readonly string[], language: Language): string[] {
  if (findings.length === 0) return [];
  const texts = TEXTS[language];
  const listed = findings.slice(0, MOST_NAMES).map((finding) => `- ${inlineCode(finding)}`);
  const more = findings.length > listed.length ? [`-${texts.more(findings.length - listed.length)}`] : [];
  return [[texts.packages, '', ...listed, ...more].join('\n')];
}

function failure({ conclusion, html_url }: WorkflowRun, written: string | undefined, language: Language): string {
  const texts = TEXTS[language];
  const what = written === undefined ? texts.nothing : texts.other;
  return renderFailure(texts.failure(conclusion ?? texts.noConclusion, what, html_url), language);
}
