#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { atExit } from '@infra/common/at-exit';
import { bootstrap } from './cdk';
import { adviceOnFilesOfKilledRuns, type LocalAws, startLocalAws } from './local-aws';

const USAGE = `Usage: cdk-local-aws [options] [-- command …]

Starts a local AWS and runs the command against it, or prints the variables for another terminal and runs until Ctrl-C.

  --bootstrap                 runs cdk bootstrap first
  --hosted-zone <id>=<name>   a hosted zone of the account; it may be repeated
  --region <region>           ap-northeast-1 by default
  --run                       runs databases, images and load balancers as local programs
  --stand-ins                 what the local AWS does not know ends no deployment
  --used-before               the service-linked roles exist`;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      bootstrap: { type: 'boolean' },
      help: { type: 'boolean' },
      'hosted-zone': { type: 'string', multiple: true, default: [] },
      region: { type: 'string' },
      run: { type: 'boolean' },
      'stand-ins': { type: 'boolean' },
      'used-before': { type: 'boolean' },
    },
  });
  return { ...values, hostedZones: values['hosted-zone'].map(hostedZone), command: positionals };
}

function hostedZone(text: string) {
  const [id, name] = text.split('=');
  if (!id || !name)
    throw new Error(`--hosted-zone takes an id and a name, Z0123456789EXAMPLE00=example.com, not ${text}.`);
  return { id, name };
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs a command with the variables of the local AWS alone, and returns its exit code. */
async function runCommand(aws: LocalAws, [program = '', ...args]: readonly string[]): Promise<number> {
  const child = spawn(program, args, { env: aws.env, stdio: 'inherit' });
  atExit(() => child.kill());
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return exitCode ?? 128 + constants.signals[signal ?? 'SIGTERM'];
}

function reportLimits(aws: LocalAws): void {
  for (const type of aws.standIns()) report(`${type} has a stand-in: nothing is there.`);
  for (const property of aws.ignoredProperties()) report(`${property} has no effect.`);
}

/** Prints the variables as commands of a shell. The caller's profile and session would win over them. */
function printVariables(aws: LocalAws): void {
  const variables = Object.entries(aws.env).filter(([name]) => /^(AWS|CDK)_|^NO_PROXY$/.test(name));
  console.log('unset AWS_PROFILE AWS_SESSION_TOKEN');
  for (const [name, value] of variables) console.log(`export ${name}='${value}'`);
  report(`It runs until Ctrl-C. Its files, such as server.log and listeners.json, are in ${aws.directory}.`);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const advice = adviceOnFilesOfKilledRuns();
  if (advice) report(advice);
  const aws = await startLocalAws({
    region: options.region,
    hostedZones: options.hostedZones,
    run: options.run,
    standIns: options['stand-ins'],
    usedBefore: options['used-before'],
    report,
  });
  if (aws.databasesMissing) report(aws.databasesMissing);
  if (options.bootstrap) await bootstrap({ aws });
  if (options.command.length === 0) {
    printVariables(aws);
    return;
  }
  process.exitCode = await runCommand(aws, options.command);
  reportLimits(aws);
  await aws.stop();
}

main().catch((error: unknown) => {
  report(error instanceof Error ? error.message : String(error));
  process.exit(2);
});
