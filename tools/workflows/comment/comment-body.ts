import { LONGEST_COMMENT, MARKER, renderFailure } from '@infra/common/comment';
import { inlineCode } from '@infra/common/untrusted-text';
import { isPipelineFile } from './pipeline-files';
import type { ChangedFile, WorkflowRun } from './pull-request-api';
import { type CommentTexts, TEXTS } from './texts';

type Language = keyof typeof TEXTS;

const MOST_NAMES = 10;
/** GitHub lists no more changed files of a pull request. */
const MOST_FILES = 3000;

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
 * The comment: warnings, the commit and the run that it is from, then what the run wrote. All but the latter is from
 * GitHub itself, and comes first: a pull request brings its own workflow, which may write anything.
 */
export function commentBody(parts: CommentParts, language: Language = 'en'): string {
  const { run, repository, written, changedFiles, packageFindings } = parts;
  const texts = TEXTS[language];
  const content = written?.startsWith(MARKER) ? written : renderFailure(failureMessage(run, written, texts), language);
  const paragraphs = [
    MARKER,
    ...pipelineWarnings(changedFiles, texts),
    ...packageWarnings(packageFindings, texts),
    sourceLine(run, repository, texts),
    content.slice(MARKER.length).trimStart(),
  ];
  return paragraphs.join('\n\n').slice(0, LONGEST_COMMENT);
}

/** The commit and the run that a comment is from, and the fork, if its workflow wrote the comment. */
function sourceLine(run: WorkflowRun, repository: string, texts: CommentTexts): string {
  const headRepository = run.head_repository?.full_name ?? repository;
  const fork = headRepository === repository ? '' : texts.fork(inlineCode(headRepository));
  return `<sub>${texts.source(run.head_sha, run.html_url)}${fork}</sub>`;
}

/** Comes before the review, and from GitHub's list of files: these changes may have changed the review. */
function pipelineWarnings(files: readonly ChangedFile[], texts: CommentTexts): string[] {
  if (files.length >= MOST_FILES) return [texts.anyFile];
  const names = new Set(files.flatMap(namesOf));
  const changed = [...names].filter(isPipelineFile);
  if (changed.length === 0) return [];
  const listed = changed.slice(0, MOST_NAMES).map(inlineCode);
  const hidden = changed.length - listed.length;
  const more = hidden > 0 ? texts.more(hidden) : '';
  return [texts.pipelineFiles(`${listed.join(', ')}${more}`)];
}

/** The name of a changed file, and the one that it had before. */
function namesOf({ filename, previous_filename: previousName = filename }: ChangedFile): string[] {
  return [filename, previousName];
}

/** Findings of the branch main's own check: a lock file is too long to be read. */
function packageWarnings(findings: readonly string[], texts: CommentTexts): string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, MOST_NAMES);
  const lines = shown.map((finding) => `- ${inlineCode(finding)}`);
  const hidden = findings.length - shown.length;
  if (hidden > 0) lines.push(`-${texts.more(hidden)}`);
  return [[texts.packages, '', ...lines].join('\n')];
}

/** Text for a run that left no review, or something else in its place. */
function failureMessage(run: WorkflowRun, written: string | undefined, texts: CommentTexts): string {
  const conclusion = run.conclusion ?? texts.noConclusion;
  const result = written === undefined ? texts.noComment : texts.noReview;
  return texts.failure(conclusion, result, run.html_url);
}
