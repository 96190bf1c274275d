import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type * as commands from '../../src/commands';
import { ROOT, workflows } from '@infra/testing/workflow';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Manifest {
  readonly prooflink?: string;
}

/** Name of each command, by the package that has it. */
function commandsOf(name: string): string[] {
  const { prooflink = '' } = JSON.parse(read(`packages/${name}/package.json`)) as Manifest;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the manifest names the file
  const { addCommands } = require(join(ROOT, 'packages', name, prooflink)) as typeof commands;
  const program = new Command();
  addCommands(program);
  return program.commands.map((command) => command.name());
}

const jobs = workflows()
  .flatMap((each) => Object.entries(each.jobs))
  .map(([name, { steps = [] }]) => ({ name, script: steps.map(({ run = '' }) => run).join('\n') }))
  .filter(({ script }) => script.includes('--omit=dev'));

test.each(jobs)('the job $name installs the packages of the commands that it calls, beside a token', ({ script }) => {
  const installed = Array.from(script.matchAll(/--workspace=@infra\/([\w-]+)/g), ([, name = '']) => name);
  const called = Array.from(script.matchAll(/prooflink ([\w-]+)/g), ([, command = '']) => command);
  expect(called).not.toEqual([]);
  expect(installed.flatMap(commandsOf)).toEqual(expect.arrayContaining(called));
});

const wanted = read('.ci/requirements.in').trim().split('\n');

test('CI has the moto for which the local AWS is written', () => {
  const [, moto] = /MOTO_REQUIREMENT = '([^']+)'/.exec(read('packages/local-aws/src/python.ts')) ?? [];
  expect(wanted).toContain(moto);
});

test.each(wanted)('.ci/requirements.txt was renewed after %s was written into requirements.in', (requirement) => {
  expect(read('.ci/requirements.txt')).toContain(`\n${requirement.replace(/\[.*\]/, '')} `);
});
