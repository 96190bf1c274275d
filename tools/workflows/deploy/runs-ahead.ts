import { inlineCode } from '@infra/common/untrusted-text';
import { type GitHubApi, valueIfNotFound } from '../github';

/** GitHub's answer on a concurrency group: runs of workflows that GitHub runs one after the other. */
interface ConcurrencyGroup {
  readonly group_members: readonly GroupMember[];
}

/** A run of a workflow in a concurrency group. */
interface GroupMember {
  readonly run_id: number;
  readonly run_name: string;
  readonly run_html_url: string | null;
}

/**
 * A Markdown line on each run that must end before this run deploys to these environments.
 *
 * @param ownRunId - Id of this run; `undefined` outside of GitHub's workflows.
 */
export async function describeRunsAhead(
  environmentNames: readonly string[],
  ownRunId: string | undefined,
  github: GitHubApi,
): Promise<string[]> {
  const linesByEnvironment = await Promise.all(
    environmentNames.map((name) => describeRunsAheadOf(name, ownRunId, github)),
  );
  return linesByEnvironment.flat();
}

/** The other runs in an environment's concurrency group, whose name is that in deploy-stack.yml. */
async function describeRunsAheadOf(
  environmentName: string,
  ownRunId: string | undefined,
  github: GitHubApi,
): Promise<string[]> {
  const { group_members: members } = await github
    .get<ConcurrencyGroup>(`actions/concurrency_groups/deploy-${environmentName}`)
    .catch(valueIfNotFound<ConcurrencyGroup>({ group_members: [] }));
  const otherRuns = members.filter(({ run_id: id }) => String(id) !== ownRunId);
  return otherRuns.map(({ run_id: id, run_name: name, run_html_url: url }) => {
    // Anybody can choose the name of a run: it must not be rendered as Markdown.
    const link = `[${inlineCode(name)}](${url})`;
    return `${environmentName} waits behind ${link}. If that one waits for an approval that nobody gives: gh run cancel ${id}`;
  });
}
