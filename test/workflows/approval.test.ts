import { Runner } from './runner';
import { workflow } from './workflow';

/** Runs the step with a `gh` that answers so. */
function ask(gh: string): { exitCode: number | null; outputs: string; says: string } {
  const runner = new Runner('deploy.yml', 'assembly', { GH_REPO: 'owner/name' });
  try {
    runner.fake('gh', gh);
    const { exitCode, output } = runner.run('approval');
    return { exitCode, outputs: runner.read('output'), says: output };
  } finally {
    runner.remove();
  }
}

test('prod follows dev where its GitHub environment asks a reviewer', () => {
  expect(ask('printf "%s\\n" branch_policy required_reviewers')).toEqual({
    exitCode: 0,
    outputs: 'approval=required\n',
    says: '',
  });
});

test.each([
  ['asks no reviewer: the plan of a private repository may leave the rule out', 'echo branch_policy'],
  ['has no rule', 'true'],
  ['is missing, or GitHub does not answer', 'echo "gh: Not Found (HTTP 404)" >&2; exit 1'],
])('nothing reaches prod by itself where the environment %s', (_, gh) => {
  const { exitCode, outputs, says } = ask(gh);
  expect({ exitCode, outputs }).toEqual({ exitCode: 0, outputs: '' });
  expect(says).toContain('::notice::prod is left out');
});

test('the job that deploys prod waits for that answer, unless a person started it', () => {
  expect(workflow('deploy.yml').jobs['prod']?.if).toContain(
    "(needs.assembly.outputs.approval == 'required' && needs.dev.result == 'success' || inputs.environment == 'prod')",
  );
});
