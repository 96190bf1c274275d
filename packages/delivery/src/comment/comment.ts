import { existsSync, readFileSync } from 'node:fs';
import type { Outcome } from '@infra/common/outcome';
import { githubAccess, GitHubError } from '../github';
import { reviewLanguage } from '../review/language';
import { commentBody, namesOfPipelineFiles } from './comment-body';
import { COMMENT_MARKER } from './marker';
import { PullRequestApi, type WorkflowRun } from './pull-request-api';

/**
 * Runs `comment`: writes the review that a workflow's run left as the one comment of its pull request.
 *
 * @param reviewFile - File with the review. If the file does not exist, the comment says that there is no review.
 */
export async function runDiffComment(runId: string, reviewFile: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const github = new PullRequestApi(githubAccess(env));
  const review = existsSync(reviewFile) ? readFileSync(reviewFile, 'utf8') : undefined;
  return writeComment(github, runId, review);
}

/** Writes the comment, unless there is nothing to comment on any more. */
async function writeComment(github: PullRequestApi, runId: string, review: string | undefined): Promise<Outcome> {
  const run = await github.readRun(runId);
  if (await github.hasLaterRun(run))
    return sayResult(`A later run looked at ${run.head_sha}: the comment is its to write.`);
  const pullRequest = await findPullRequest(github, run);
  if (pullRequest === undefined) {
    return sayResult(`No open pull request has ${run.head_sha} as its newest commit: nothing to comment on.`);
  }
  const changedFiles = await github.readChangedFiles(pullRequest);
  const parts = { run, repository: github.repository, review, changedFiles };
  const body = commentBody(parts, reviewLanguage());
  const result = await github.writeComment(pullRequest, COMMENT_MARKER, body);
  return sayResult(
    `The comment of #${pullRequest} was ${result}.`,
    namesOfPipelineFiles(changedFiles) === undefined ? 1 : 0,
  );
}

function sayResult(result: string, exitCode: 0 | 1 = 0): Outcome {
  return { exitCode, stdout: `${result}\n`, stderr: '' };
}

/** Finds the number of the pull request that a run was for; `undefined` if it is closed, or has a newer commit. */
async function findPullRequest(github: PullRequestApi, run: WorkflowRun): Promise<number | undefined> {
  const numbers = await github.findPullRequests(run);
  if (numbers.length > 1) {
    const list = numbers.map((number) => `#${number}`).join(', ');
    throw new GitHubError(
      `${list} have the same branch: which of them the run was for is not known. Close all but one.`,
    );
  }
  return numbers[0];
}
