import { inlineCode } from '@infra/common/untrusted-text';
import { LONGEST_COMMENT, MARKER, renderFailure } from '@infra/common/comment';
import type { WorkflowRun } from './github';

/** Whoever changes one of these changes what is said below, what a deployment does, or who may deploy. */
const JUDGES = [
  /^\.(?:github|ci)\//,
  /^(?:bin|lib\/delivery)\//,
  /^packages\/(?:change-review|common)\//,
  /^tools\/(?:cost|deploy|drift|reachability|review|shared)\//,
  /^(?:tools\/prooflink\.ts|lib\/config\/delivery\.ts|cdk\.json|package(?:-lock)?\.json|\.npmrc|\.nvmrc)$/,
];
const MOST_NAMES = 10;
/** GitHub's own limit. */
const MOST_FILES = 3000;

/**
 * The comment: which run of which commit it is from, then what the run wrote. That comes first and from GitHub itself,
 * because the rest may be anything: a pull request brings its own workflow.
 */
export function commentBody(
  run: WorkflowRun,
  repository: string,
  written: string | undefined,
  files: readonly string[],
): string {
  const fork = run.head_repository && run.head_repository.full_name !== repository ? run.head_repository.full_name : '';
  const from =
    fork === '' ? '' : ` The workflow is that of ${inlineCode(fork)}: see whether it changes <code>.github</code>.`;
  const source = `<sub>Of ${run.head_sha}, by [this run](${run.html_url}).${from}</sub>`;
  const content = written?.startsWith(MARKER) ? written : failure(run, written);
  return [MARKER, ...judges(files), source, content.slice(MARKER.length).trimStart()]
    .join('\n\n')
    .slice(0, LONGEST_COMMENT);
}

/** Said first, by GitHub's list of files: what the run wrote may be the work of these changes. */
function judges(files: readonly string[]): string[] {
  if (files.length >= MOST_FILES) return ['**GitHub lists no more than 3,000 changed files: there may be any.**'];
  const changed = files.filter((file) => JUDGES.some((judge) => judge.test(file)));
  if (changed.length === 0) return [];
  const names = changed.slice(0, MOST_NAMES).map(inlineCode);
  const more = changed.length > names.length ? ` and ${changed.length - names.length} more` : '';
  return [
    `**This changes the review itself, the workflows, or what they run: ${names.join(', ')}${more}.** ` +
      'Read that first; whatever is said below may be its work.',
  ];
}

function failure({ conclusion, html_url }: WorkflowRun, written: string | undefined): string {
  const what = written === undefined ? 'left no comment' : 'left something that is not a comment of the review';
  return renderFailure(
    `The run ended with "${conclusion ?? 'no conclusion'}" and ${what}. Its log says why:\n${html_url}`,
  );
}
