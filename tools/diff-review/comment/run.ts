import { existsSync, readFileSync } from 'node:fs';
import { visible } from '../../shared/untrusted-text';
import { MARKER } from '../render-markdown';
import type { Outcome } from '../../shared/outcome';
import { commentBody } from './body';
import { GitHub, GitHubError } from './github';

const USAGE = `Usage: GITHUB_REPOSITORY=<owner>/<name> GITHUB_TOKEN=<token> npm run diff:comment -- <run> <file>

  Writes a file of "npm run diff:review -- … --markdown" as the comment of the pull request that a run of the workflow
  Diff was for, over the one that is there. A file that is missing is a diff that could not be made, and is told so.
  <run> is the number in the run's address. The token must read Actions, and write pull requests.

Exit code: 0 written, or nothing to comment on any more; 2 could not be written`;

/** The program: one comment per pull request, of its newest commit. */
export async function runDiffComment(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const [id = '', file, ...more] = args;
  const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token, GITHUB_API_URL: api = 'https://api.github.com' } = env;
  if (!/^\d+$/.test(id) || file === undefined || more.length > 0 || !repository || !token) {
    return { exitCode: 2, stdout: '', stderr: `${USAGE}\n` };
  }
  try {
    const written = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    return { exitCode: 0, stdout: `${await comment(new GitHub(repository, api, token), id, written)}\n`, stderr: '' };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return { exitCode: 2, stdout: '', stderr: visible(`${error.message}\n`, '\n') };
  }
}

async function comment(github: GitHub, id: string, written: string | undefined): Promise<string> {
  const run = await github.run(id);
  if (run.event !== 'pull_request') throw new GitHubError(`Run ${id} was for no pull request, but for "${run.event}".`);
  if (await github.hasLaterRun(run)) return `A later run looked at ${run.head_sha}: the comment is its to write.`;
  const [number, ...others] = await github.pullRequests(run);
  if (number === undefined)
    return `No open pull request has ${run.head_sha} as its newest commit: nothing to comment on.`;
  if (others.length > 0) {
    const all = [number, ...others].map((each) => `#${each}`).join(', ');
    throw new GitHubError(
      `${all} have the same branch: which of them the run was for is not known. Close all but one.`,
    );
  }
  const done = await github.writeComment(number, MARKER, commentBody(run, github.repository, written));
  return `The comment of #${number} was ${done}.`;
}
