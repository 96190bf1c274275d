import { Runner } from './runner';
import { workflow } from './workflow';

const runners: Runner[] = [];
const start = (file: string, job: string, env: Record<string, string> = {}): Runner => {
  const runner = new Runner(file, job, env);
  runners.push(runner);
  return runner;
};
afterAll(() => {
  for (const runner of runners) runner.remove();
});

describe('the deployment', () => {
  /** What the step calls, one argument a line. */
  const called = (step: string, program: string, tags: { APP_TAG: string; BATCH_TAG: string }) => {
    const runner = start('deploy-stack.yml', 'deploy', { STACK: 'ProoflinkDev', ENVIRONMENT: 'dev', ...tags });
    for (const other of ['npm', 'npx']) runner.fake(other, 'true');
    runner.fake(program, `mkdir -p deploy; printf '%s\\n' "$@" > arguments`);
    runner.run('Diff');
    expect(runner.run(step)).toMatchObject({ exitCode: 0 });
    return runner.read('arguments').trimEnd().split('\n');
  };
  const none = { APP_TAG: '', BATCH_TAG: '' };

  it('deploys the one stack, from CI’s assembly, and takes no warning', () => {
    const args = called('Deploy', 'npx', none);
    expect(args.slice(0, 6)).toEqual(['cdk', 'deploy', 'ProoflinkDev', '--app', 'cdk.out', '--exclusively']);
    expect(args).toEqual(expect.arrayContaining(['--strict', '--require-approval', 'never']));
    expect(args).not.toContain('--all');
  });

  it('gives no parameter without a tag: then the CLI keeps the running one', () => {
    expect(called('Deploy', 'npx', none)).not.toContain('--parameters');
  });

  it.each([
    ['v1', '', ['--parameters', 'ProoflinkDev:AppImageTag=v1']],
    ['', 'v2', ['--parameters', 'ProoflinkDev:BatchImageTag=v2']],
    [
      'c d',
      'a b;$(id)',
      ['--parameters', 'ProoflinkDev:AppImageTag=c d', '--parameters', 'ProoflinkDev:BatchImageTag=a b;$(id)'],
    ],
  ])('gives the tags %j and %j as what they are', (app, batch, parameters) => {
    expect(called('Deploy', 'npx', { APP_TAG: app, BATCH_TAG: batch }).slice(-parameters.length)).toEqual(parameters);
  });

  it('asks the registry for what it is about to deploy', () => {
    expect(called('Ask the registry for the tags', 'npm', { APP_TAG: 'v1', BATCH_TAG: '' })).toEqual(
      ['run', '--silent', 'prooflink', '--', 'image-check', 'dev', '--app', 'v1', '--batch', ''].filter(
        (each, index, all) => {
          // The last, empty argument is an empty line, which the end of the file takes away.
          return each !== '' || index < all.length - 1;
        },
      ),
    );
  });

  it('ends where the registry has no such tag, though what it said goes through a pipe', () => {
    const runner = start('deploy-stack.yml', 'deploy', { ENVIRONMENT: 'dev', APP_TAG: 'v1', BATCH_TAG: '' });
    runner.fake('npm', 'echo no such tag; exit 1');
    expect(runner.run('Ask the registry for the tags')).toEqual({ exitCode: 1, output: 'no such tag\n' });
    expect(runner.read('deploy/images.txt')).toBe('no such tag\n');
  });
});

describe('the assembly to deploy', () => {
  it('is that of main’s newest CI run that succeeded', () => {
    const runner = start('deploy.yml', 'assembly');
    runner.fake('gh', 'echo "$*" > arguments; echo "42 0123abc https://example.com/42"');
    expect(runner.run('newest')).toMatchObject({ exitCode: 0 });
    expect(runner.read('arguments')).toMatch(
      /^run list --workflow ci\.yml --branch main --event push --status success --limit 1 /,
    );
    expect(runner.read('output')).toBe('run-id=42\ncommit=0123abc\n');
    expect(runner.read('summary')).toContain('The assembly of 0123abc, made by [CI](https://example.com/42).');
  });

  it('is missing, and said to be, before CI has succeeded once', () => {
    const runner = start('deploy.yml', 'assembly');
    runner.fake('gh', 'true');
    const { exitCode, output } = runner.run('newest');
    expect(exitCode).toBe(1);
    expect(output).toContain('No CI run of main has succeeded yet');
  });
});

describe('the order and the limits of deployments', () => {
  const { jobs } = workflow('deploy.yml');
  const { deploy } = workflow('deploy-stack.yml').jobs;

  it('follow a CI run of this repository’s main only, that succeeded on a push', () => {
    for (const condition of [
      "github.event.workflow_run.conclusion == 'success' &&",
      "github.event.workflow_run.event == 'push' &&",
      "github.event.workflow_run.head_branch == 'main' &&",
      'github.event.workflow_run.head_repository.full_name == github.repository',
    ]) {
      expect(jobs.assembly?.if).toContain(condition);
    }
  });

  it('are dev, then prod, of the same assembly, each behind its GitHub environment', () => {
    const assembly = {
      'run-id': '${{ needs.assembly.outputs.run-id }}',
      commit: '${{ needs.assembly.outputs.commit }}',
    };
    expect(jobs.dev).toMatchObject({
      needs: 'assembly',
      with: { environment: 'dev', stack: 'ProoflinkDev', ...assembly },
    });
    expect(jobs.prod).toMatchObject({
      needs: ['assembly', 'dev'],
      with: { environment: 'prod', stack: 'ProoflinkProd', ...assembly },
    });
    expect(jobs.prod?.if).toContain("needs.assembly.outputs.approval == 'required' && needs.dev.result == 'success'");
    expect(deploy?.environment).toBe('${{ inputs.environment }}');
  });

  it('are one at a time in an environment, and none is cut off', () => {
    expect(deploy?.concurrency).toEqual({ group: 'deploy-${{ inputs.environment }}', 'cancel-in-progress': false });
  });

  it('never reach the stack that holds their own roles: they could widen them', () => {
    expect(JSON.stringify([jobs, deploy])).not.toContain('ProoflinkDelivery');
  });

  it('touch nothing, and say so, where the repository is not connected to AWS', () => {
    const steps = deploy?.steps ?? [];
    const told = steps.filter((step) => step.if === "vars.DEPLOY_ROLE_ARN == ''");
    expect(told.map(({ run }) => run)).toEqual([expect.stringContaining('::notice::Nothing is deployed')]);
    const connected = steps.filter((step) => step.if?.includes("vars.DEPLOY_ROLE_ARN != ''"));
    const reaching = steps.filter(({ uses, run }) => /aws-actions|cdk |npm run /.test(`${uses} ${run}`));
    expect(reaching.length).toBeGreaterThan(4);
    expect(connected).toEqual(reaching);
  });
});
