import type { Event } from './event';
import { type Case, commands, nothing } from './case';

const FILE = 'ci.yml';
const PIP = 'pip install --require-hashes --only-binary :all: --no-deps --requirement .ci/requirements.txt';

const ci = (name: string, programs: Event['programs'] = [], ref = 'refs/heads/main'): Event => ({
  name,
  ref,
  programs,
  payload: name === 'pull_request' ? { action: 'opened', pull_request: { base: { ref: 'main' } } } : {},
});
const ciFails = (job: string, call: string, shell = 'exit 1'): Case => ({
  says: `${job} is red where this fails: ${call}`,
  file: FILE,
  event: ci('push', [[call, shell]]),
  expects: ({ jobs }) => {
    expect(jobs[job]).toBe('failure');
  },
});

export const CI: readonly Case[] = [
  ...['pull_request', 'push', 'workflow_dispatch'].map((name): Case => ({
    says: `everything runs on a ${name}, and nothing that could be deployed is kept`,
    file: FILE,
    event: ci(name, [['.ci/run', 'mkdir cdk.out; echo x > cdk.out/manifest.json']]),
    expects: (run) => {
      expect(run.jobs).toEqual({ ci: 'success', 'oldest-node': 'success' });
      expect(commands(run, 'ci')).toEqual([PIP, '.ci/run ']);
      expect(commands(run, 'oldest-node')).toEqual([
        'npm ci --no-progress',
        'test -- --ci',
        'npx cdk synth --strict --quiet --no-notices',
      ]);
      expect(run.artifacts).toEqual(['templates']);
    },
  })),
  nothing('a tag starts no CI', FILE, ci('push', [], 'refs/tags/main')),
  nothing('nor does another branch', FILE, ci('push', [], 'refs/heads/feature')),
  ciFails('ci', '.ci/run'),
  ciFails('ci', 'pip'),
  ciFails('oldest-node', 'npm ci'),
  ciFails('oldest-node', 'npm run --silent test'),
  ciFails('oldest-node', 'npx cdk synth'),
];
