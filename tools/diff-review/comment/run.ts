import { existsSync, readFileSync } from 'node:fs';
import { MARKER } from '../render-markdown';
import { CannotTellError, type Outcome } from '../../shared/outcome';
import { commentBody } from './body';
import { GitHub, GitHubError } from './github';

/** Writes one comment per pull request, on its newest commit. */
export async function runDiffComment(id: string, file: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token, GITHUB_API_URL: api = 'https://api.github.com' } = env;
  if (!/^\d+$/.test(id)) throw new CannotTellError(`${id} is not the number of a run, as in the address of its page.`);
  if (!repository || !token) throw new CannotTellError('GITHUB_REPOSITORY and GITHUB_TOKEN must be set.');
  const written = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  return { exitCode: 0, stdout: `${await comment(new GitHub(repository, api, token), id, written)}\n`, stderr: '' };
}

async function comment(github: GitHub, id: string, written: string | undefined): Promise<string> {
  const run = await github.run(id);
  if (run.event !== 'pull_request')
    throw new GitHubError(`Run ${id} was not for a pull request, but for "${run.event}".`);
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
