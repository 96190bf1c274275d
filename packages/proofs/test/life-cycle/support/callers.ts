import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STS } from '@aws-sdk/client-sts';
import { prooflink, ROOT } from '@infra/testing/prooflink';
import type { Ended } from '@infra/commands/test/support/call';
import { LOCAL_ACCOUNT } from '@infra/local-aws';
import type { Life } from './life';

/** A caller with the session of a role, as people and workflows have one. */
export class Caller {
  private constructor(
    private readonly life: Life,
    readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Assumes a role; with a caller, as a workflow goes on from one role to the next. */
  static async assuming(life: Life, roleName: string, caller?: Caller): Promise<Caller> {
    const credentials = caller && {
      accessKeyId: caller.env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: caller.env['AWS_SECRET_ACCESS_KEY'] ?? '',
      sessionToken: caller.env['AWS_SESSION_TOKEN'],
    };
    const RoleArn = `arn:aws:iam::${LOCAL_ACCOUNT}:role/${roleName}`;
    const { Credentials } = await new STS({ credentials }).assumeRole({ RoleArn, RoleSessionName: 'life' });
    return new Caller(life, {
      ...life.aws.env,
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
    });
  }

  /** Runs `npm run prooflink -- …`; returns what it prints. */
  async prooflink(...args: string[]): Promise<string> {
    return outputOf(args.join(' '), await prooflink(this.env, ...args));
  }

  /** Runs a script of a workflow in a folder of its own, where GitHub says that main is at the commit of the run. */
  script(name: string, ...args: string[]): Promise<string> {
    const folder = join(this.life.aws.directory, `workflow-${String(Math.random()).slice(2)}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'gh'), '#!/bin/sh\necho "$COMMIT"\n');
    chmodSync(join(folder, 'gh'), 0o755);
    const env = {
      ...this.env,
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      COMMIT: 'of-main',
      GITHUB_REPOSITORY: 'prooflink/infrastructure',
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_ATTEMPT: String(Math.random()).slice(2, 8),
      PAUSE: '0.2',
    };
    return new Promise((resolve, reject) => {
      execFile(join(ROOT, 'packages/delivery/src', name), args, { cwd: folder, env }, (error, stdout, stderr) => {
        if (error) reject(new Error(`${name} ended with exit code ${String(error.code)}\n${stdout}${stderr}`));
        else resolve(stdout);
      });
    });
  }
}

function outputOf(commandLine: string, { exitCode, stdout, stderr }: Ended): string {
  if (exitCode === 0) return stdout;
  throw new Error(`${commandLine} ended with exit code ${String(exitCode)}\n${stdout}${stderr}`);
}
