import { LONGEST_COMMENT, renderFailedReview } from '@infra/common/comment';
import { inlineCode } from '@infra/common/untrusted-text';
import { COMMENT_MARKER, withMarker } from './marker';
import { pipelineFilesOf } from './pipeline-files';
import type { ChangedFile, WorkflowRun } from './pull-request-api';
import { type CommentTexts, TEXTS } from './texts';

type Language = keyof typeof TEXTS;

/** GitHub lists no more changed files of a pull request. */
const MOST_CHANGED_FILES = 3000;

/** Most characters of names, so that the review fits below them. */
const MOST_NAMES = LONGEST_COMMENT / 2;

/** Parts of a comment. */
export interface CommentParts {
  readonly run: WorkflowRun;
  /** Repository of the pull request, `owner/name`. */
  readonly repository: string;
  /** Text that the run left as its review; `undefined` if it left none. The text of a fork's run may be anything. */
  readonly review: string | undefined;
  readonly changedFiles: readonly ChangedFile[];
}

/**
 * The comment on a pull request: warnings, the commit and the run that the review is from, then the review.
 *
 * Everything above the review is made of GitHub's own answers: a pull request brings its own workflow, which may write
 * anything into the review.
 */
export function commentBody(parts: CommentParts, language: Language = 'en'): string {
  const { run, repository, review, changedFiles } = parts;
  const texts = TEXTS[language];
  const content = review?.startsWith(COMMENT_MARKER)
    ? review.slice(COMMENT_MARKER.length).trimStart()
    : renderFailedReview(describeFailedRun(run, review, texts), language);
  const paragraphs = [...pipelineWarnings(changedFiles, texts), sourceLine(run, repository, texts), content];
  return withMarker(paragraphs.join('\n\n')).slice(0, LONGEST_COMMENT);
}

/** The commit and the run that the review is from, and the fork, if the run was of its workflow. */
function sourceLine(run: WorkflowRun, repository: string, texts: CommentTexts): string {
  const headRepository = run.head_repository?.full_name ?? repository;
  const fork = headRepository === repository ? '' : texts.fork(inlineCode(headRepository));
  return `<sub>${texts.source(run.head_sha, run.html_url)}${fork}</sub>`;
}

/** A warning on changed files of the pipeline, which may have changed the review; none if there are no such files. */
function pipelineWarnings(changedFiles: readonly ChangedFile[], texts: CommentTexts): string[] {
  const names = namesOfPipelineFiles(changedFiles);
  if (names === undefined) return [texts.unlistedFiles];
  return names === '' ? [] : [texts.pipelineFiles(names)];
}

/** The names of changed files of the pipeline; `undefined` if GitHub does not list all of them, or they do not fit. */
export function namesOfPipelineFiles(changedFiles: readonly ChangedFile[]): string | undefined {
  const files = new Set(changedFiles.flatMap(namesOf));
  const names = pipelineFilesOf([...files]).map((name) => inlineCode(name));
  const list = names.join(', ');
  return changedFiles.length < MOST_CHANGED_FILES && list.length < MOST_NAMES ? list : undefined;
}

/** The names of a changed file after and before the change; twice the same one unless the file was renamed. */
function namesOf({ filename, previous_filename: previousName = filename }: ChangedFile): string[] {
  return [filename, previousName];
}

/** Text for a run that left no review, or something else in its place. */
function describeFailedRun(run: WorkflowRun, review: string | undefined, texts: CommentTexts): string {
  const conclusion = run.conclusion ?? texts.noConclusion;
  const result = review === undefined ? texts.noComment : texts.noReview;
  return texts.failedRun(conclusion, result, run.html_url);
}
