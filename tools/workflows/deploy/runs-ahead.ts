import { inlineCode } from '@infra/common/untrusted-text';
import { type GitHubApi, orMissing } from '../github';

/** A run of a workflow in a concurrency group. */
interface GroupMember {
  readonly run_id: number;
  readonly run_name: string;
  readonly run_html_url: string | null;
}

interface ConcurrencyGroup {
  readonly group_members: readonly GroupMember[];
}

/** Lines on the runs that must end before this one deploys to these environments. */
export async function linesOnRunsAhead(
  environmentNames: readonly string[],
  ownRunId: string | undefined,
  github: GitHubApi,
): Promise<string[]> {
  const lines = environmentNames.map((name) => linesOnGroup(name, ownRunId, github));
  return (await Promise.all(lines)).flat();
}

/** Lines on the other runs in an environment's concurrency group, which deploy-stack.yml names. */
async function linesOnGroup(
  environmentName: string,
  ownRunId: string | undefined,
  github: GitHubApi,
): Promise<string[]> {
  const { group_members: members } = await github
    .get<ConcurrencyGroup>(`actions/concurrency_groups/deploy-${environmentName}`)
    .catch(orMissing<ConcurrencyGroup>({ group_members: [] }));
  const others = members.filter(({ run_id: id }) => String(id) !== ownRunId);
  return others.map(({ run_id: id, run_name: name, run_html_url: url }) => {
    // Anybody can choose the name of a run.
    const link = `[${inlineCode(name)}](${url})`;
    return `${environmentName} waits behind ${link}. If that one waits for an approval that nobody gives: gh run cancel ${id}`;
  });
}
