import { existsSync, readFileSync } from 'node:fs';
import { MARKER } from '@infra/common/comment';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { githubAccess, GitHubError } from '../github';
import { reviewLanguage } from '../review/language';
import { checkPackages } from './check-packages';
import { commentBody } from './comment-body';
import { PullRequestApi, type WorkflowRun } from './pull-request-api';

const RUN_ID = /^\d+$/;

/** Writes one comment per pull request, on its newest commit. */
export async function runDiffComment(id: string, file: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  if (!RUN_ID.test(id)) {
    throw new CannotTellError(`${id} is not the number of a run, as in the address of its page.`);
  }
  const github = new PullRequestApi(githubAccess(env));
  const written = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const result = await writeComment(github, id, written);
  return { exitCode: 0, stdout: `${result}\n`, stderr: '' };
}

async function writeComment(github: PullRequestApi, id: string, written: string | undefined): Promise<string> {
  const run = await github.run(id);
  if (run.event !== 'pull_request') {
    throw new GitHubError(`Run ${id} was not for a pull request, but for "${run.event}".`);
  }
  if (await github.hasLaterRun(run)) return `A later run looked at ${run.head_sha}: the comment is its to write.`;
  const pullRequest = await findPullRequest(github, run);
  if (pullRequest === undefined) {
    return `No open pull request has ${run.head_sha} as its newest commit: nothing to comment on.`;
  }
  const changedFiles = await github.changedFiles(pullRequest);
  const packageFindings = await checkPackages(github, changedFiles);
  const parts = { run, repository: github.repository, written, changedFiles, packageFindings };
  const body = commentBody(parts, reviewLanguage());
  const result = await github.writeComment(pullRequest, MARKER, body);
  return `The comment of #${pullRequest} was ${result}.`;
}

async function findPullRequest(github: PullRequestApi, run: WorkflowRun): Promise<number | undefined> {
  const numbers = await github.pullRequests(run);
  if (numbers.length > 1) {
    const list = numbers.map((number) => `#${number}`).join(', ');
    throw new GitHubError(
      `${list} have the same branch: which of them the run was for is not known. Close all but one.`,
    );
  }
  return numbers[0];
}
