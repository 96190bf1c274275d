import { type Command, Option } from 'commander';
import { addCommand, newProgram } from '../src/program';
import { call } from './support/call';

/** A program whose one command has an argument, and options of each kind. */
function sampleProgram(): Command {
  const program = newProgram('sample', 'A sample.');
  addCommand(program, { name: 'greet', summary: 'Greets.', exitCodes: { 0: 'greeted', 2: 'not greeted' } })
    .argument('<person>', 'whom to greet')
    .option('--as <name>', 'who greets')
    .addOption(new Option('--tone <tone>', 'how').choices(['kind', 'formal']).default('kind'))
    .addOption(new Option('--json', 'for programs').conflicts('loud'))
    .option('--loud', 'in capital letters')
    .action(() => undefined);
  return program;
}

/** Calls that Commander refuses; commands.test.ts has those that every command refuses. */
const REFUSED = [
  {
    title: 'an option without its value',
    args: ['greet', 'Ann', '--as'],
    reason: "error: option '--as <name>' argument missing",
  },
  {
    title: 'an option with two values',
    args: ['greet', 'Ann', '--as', 'Bob', '--as', 'Carol'],
    reason: "error: option '--as <name>' given more than once",
  },
  {
    title: 'two options that exclude each other',
    args: ['greet', 'Ann', '--json', '--loud'],
    reason: "error: option '--json' cannot be used with option '--loud'",
  },
  {
    title: 'an option that is almost right',
    args: ['greet', 'Ann', '--jsom'],
    reason: "error: unknown option '--jsom'\n(Did you mean --json?)",
  },
  {
    title: 'a value that is no choice',
    args: ['greet', 'Ann', '--tone', 'rude'],
    reason: "error: option '--tone <tone>' argument 'rude' is invalid. Allowed choices are kind, formal.",
  },
];

it.each(REFUSED)('$title is refused in these words', async ({ args, reason }) => {
  const { exitCode, stdout, stderr } = await call(sampleProgram(), ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/\nHow to call it: sample (greet )?--help\n$/);
  expect(stderr.replace(/\nHow to call it: .*\n$/, '')).toBe(reason);
});
