import { regionOfWorkflows } from '../workflow';

/**
 * A workflow as it has to be: its events with all their keys, its jobs with what they wait for, their conditions, their
 * rights and their steps. A test refuses whatever the file has beside it, or lacks of it.
 */
export interface WorkflowSpecification {
  readonly file: string;
  /** Consequence of a run that does not start, or of one that starts at another time: the end of a sentence. */
  readonly otherwise: string;
  /** Each event with all its keys; an input's description is left out. */
  readonly on: Readonly<Record<string, unknown>>;
  readonly 'run-name'?: string;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  /** Variables of the workflow whose values decide between two things. */
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, JobSpecification>>;
}

export interface JobSpecification {
  /** Consequence of a job, or of one of its steps, that is skipped: the end of a sentence. */
  readonly otherwise: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly environment?: string;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly strategy?: Readonly<Record<string, unknown>>;
  /** @default - 'ubuntu-24.04' */
  readonly 'runs-on'?: string;
  /** @default - no more than to read the code */
  readonly permissions?: Readonly<Record<string, string>>;
  /** Workflow that it calls. */
  readonly uses?: string;
  /** Variables whose values decide between two things. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default - none, as the job calls a workflow */
  readonly steps?: readonly StepSpecification[];
}

export interface StepSpecification {
  /** Action without its version. */
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  /** Commands of its script (see commandsOf). */
  readonly run?: readonly string[];
  readonly if?: string;
  readonly 'continue-on-error'?: boolean;
  /** Variables whose values decide between two things. */
  readonly env?: Readonly<Record<string, string>>;
  /** Consequence of leaving it out. @default - the job's */
  readonly otherwise?: string;
}

/** Rights of a job that asks GitHub for a token of its own, with which AWS lets it assume a role. */
export const ASSUMES_A_ROLE = {
  contents: 'read',
  'id-token': 'write',
} as const;

/** Rights of a job that deploys: it also reads which commit has passed CI. */
export const DEPLOYS = {
  actions: 'read',
  contents: 'read',
  'id-token': 'write',
} as const;

/** A step that runs commands. */
export function run(...commands: readonly string[]): StepSpecification {
  return { run: commands };
}

/** A checkout of the commit that started the run, or of another one, into a folder of its own. */
export function checkout(options: { readonly ref?: string; readonly path?: string } = {}): StepSpecification {
  return { uses: 'actions/checkout', with: { ...options, 'persist-credentials': false } };
}

export function download(name: string, path: string): StepSpecification {
  return { uses: 'actions/download-artifact', with: { name, path } };
}

/** An artifact without which the job fails. */
export function upload(name: string, path: string, retentionDays: number): StepSpecification {
  return {
    uses: 'actions/upload-artifact',
    with: { name, path, 'if-no-files-found': 'error', 'retention-days': retentionDays },
  };
}

/** A cloud assembly, whose asset folders may be hidden. */
export function uploadAssembly(name: string, path: string, retentionDays: number): StepSpecification {
  return {
    uses: 'actions/upload-artifact',
    with: {
      name,
      path,
      'if-no-files-found': 'error',
      'include-hidden-files': true,
      'retention-days': retentionDays,
    },
  };
}

/** An artifact that says why a job failed: it is uploaded however the job ends, if there is something to upload. */
export function uploadAlways(name: string, path: string): StepSpecification {
  return {
    uses: 'actions/upload-artifact',
    if: 'always()',
    with: { name, path, 'if-no-files-found': 'ignore', 'retention-days': 14 },
  };
}

/** Credentials of a role. CloudTrail names what is done with them by the session's name. */
export function assumeRole(role: string, sessionName: string, sessionSeconds?: number): StepSpecification {
  return {
    uses: 'aws-actions/configure-aws-credentials',
    with: {
      'role-to-assume': role,
      'role-session-name': sessionName,
      ...(sessionSeconds !== undefined && { 'role-duration-seconds': sessionSeconds }),
    },
  };
}

const DRIFT_ACCOUNT = '${{ steps.drift-role.outputs.aws-account-id }}';

/** The CDK's lookup role, which the drift role may assume, and nothing else. */
export function assumeLookupRole(sessionName: string): StepSpecification {
  return {
    uses: 'aws-actions/configure-aws-credentials',
    with: {
      'role-to-assume': `arn:aws:iam::${DRIFT_ACCOUNT}:role/cdk-hnb659fds-lookup-role-${DRIFT_ACCOUNT}-${regionOfWorkflows()}`,
      'role-session-name': sessionName,
      'role-chaining': true,
      'role-skip-session-tagging': true,
    },
  };
}

export const SETUP_NODE: StepSpecification = { uses: 'actions/setup-node' };
export const SETUP_PYTHON: StepSpecification = { uses: 'actions/setup-python' };

/** Installs moto and cfn-lint: files whose hashes are known, and nothing that is built. */
export const INSTALL_PYTHON = run('pip install --require-hashes --only-binary --no-deps --requirement');

export const CHECK_PACKAGES: StepSpecification = {
  run: ['.ci/check-packages.js'],
  otherwise: 'npm installs what a merge wrote into the lock file, and the job runs it',
};

export const INSTALL_PACKAGES = run('npm ci --ignore-scripts --no-progress');

/** Installs all packages, for a job that has no token. */
export const INSTALL_EVERYTHING: readonly StepSpecification[] = [SETUP_NODE, CHECK_PACKAGES, INSTALL_PACKAGES];

/** Installs what deploying needs, for a job with a token. */
export const INSTALL_FOR_DEPLOYING: readonly StepSpecification[] = [
  SETUP_NODE,
  CHECK_PACKAGES,
  run('npm ci --omit=dev --ignore-scripts --workspace=@infra/deploy-jobs --no-progress'),
];

/** Fails unless a folder has the digest that the job of its maker gave. */
export function compareDigest(folder: string, variable = 'DIGEST'): StepSpecification {
  return {
    run: [`prooflink digest ${folder} "$${variable}"`],
    otherwise: 'files are believed that another job of the run uploaded under that name',
  };
}

export const CHECK_ASSEMBLY: StepSpecification = {
  run: ['prooflink check-assembly cdk.out'],
  otherwise: 'an assembly may name files and roles of anybody, and the job uses them',
};

/** Fails unless the role in a variable belongs to the account of the stack. */
export function checkRole(user: 'deploy' | 'diff' | 'drift', assembly: string): StepSpecification {
  return {
    run: [`prooflink check-role ${user} ${assembly} "$STACK" "$${user.toUpperCase()}_ROLE"`],
    otherwise: 'AWS is asked with whatever role the variable names, perhaps of another account',
  };
}

/** A step that is skipped unless a condition holds. */
export function onlyIf(condition: string, step: StepSpecification): StepSpecification {
  return { ...step, if: condition };
}

/** Variable with a role's ARN: its own where an environment has an account of its own. */
export function roleVariable(name: 'DIFF_ROLE' | 'DRIFT_ROLE', environment: string): string {
  return `\${{ vars[format('${name}_ARN_{0}', ${environment})] || vars.${name}_ARN }}`;
}
