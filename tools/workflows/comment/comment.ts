import { existsSync, readFileSync } from 'node:fs';
import { MARKER } from '@infra/common/comment';
import { githubAccess, GitHubError } from '../github';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { reviewLanguage } from '../review/language';
import { commentBody } from './body';
import { GitHub } from './github';
import { checkPackages } from './packages';

/** Writes one comment per pull request, on its newest commit. */
export async function runDiffComment(id: string, file: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  if (!/^\d+$/.test(id)) throw new CannotTellError(`${id} is not the number of a run, as in the address of its page.`);
  const github = new GitHub(...githubAccess(env));
  const written = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  return { exitCode: 0, stdout: `${await comment(github, id, written)}\n`, stderr: '' };
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
  const changedFiles = await github.changedFiles(number);
  const packageFindings = await checkPackages(github, changedFiles);
  const { repository } = github;
  const body = commentBody({ run, repository, written, changedFiles, packageFindings }, reviewLanguage());
  const done = await github.writeComment(number, MARKER, body);
  return `The comment of #${number} was ${done}.`;
}
