import { inlineCode } from '../../shared/untrusted-text';
import { LONGEST_COMMENT, MARKER, renderFailure } from '../render-markdown';
import type { WorkflowRun } from './github';

/**
 * The comment: which run of which commit it is from, then what the run wrote. That comes first and from GitHub itself,
 * because the rest may be anything: a pull request brings its own workflow.
 */
export function commentBody(run: WorkflowRun, repository: string, written: string | undefined): string {
  const fork = run.head_repository && run.head_repository.full_name !== repository ? run.head_repository.full_name : '';
  const from =
    fork === '' ? '' : ` The workflow is that of ${inlineCode(fork)}: see whether it changes <code>.github</code>.`;
  const source = `<sub>Of ${run.head_sha}, by [this run](${run.html_url}).${from}</sub>`;
  const content = written?.startsWith(MARKER) ? written : failure(run, written);
  return [MARKER, source, content.slice(MARKER.length).trimStart()].join('\n\n').slice(0, LONGEST_COMMENT);
}

function failure({ conclusion, html_url }: WorkflowRun, written: string | undefined): string {
  const what = written === undefined ? 'left no comment' : 'left something that is not a comment of the review';
  return renderFailure(
    `The run ended with "${conclusion ?? 'no conclusion'}" and ${what}. Its log says why:\n${html_url}`,
  );
}
