import { type Command, Option } from 'commander';
import { addCommand, newProgram } from '../../program/program';

/** A program whose one command has an argument, and options of each kind. */
export function sampleProgram(): Command {
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

/** Calls that Commander refuses, each for another reason. */
export const REFUSED = [
  { title: 'no argument', args: ['greet'], reason: "error: missing required argument 'person'" },
  {
    title: 'an option without its value',
    args: ['greet', 'Ann', '--as'],
    reason: "error: option '--as <name>' argument missing",
  },
  {
    title: 'two options that exclude each other',
    args: ['greet', 'Ann', '--json', '--loud'],
    reason: "error: option '--json' cannot be used with option '--loud'",
  },
  { title: 'an unknown option', args: ['greet', 'Ann', '--xyz'], reason: "error: unknown option '--xyz'" },
  {
    title: 'an option that is almost right',
    args: ['greet', 'Ann', '--jsom'],
    reason: "error: unknown option '--jsom'\n(Did you mean --json?)",
  },
  {
    title: 'too many arguments',
    args: ['greet', 'Ann', 'Ben', 'Cid'],
    reason: "error: too many arguments for 'greet'. Expected 1 argument but got 3.",
  },
  {
    title: 'a value that is no choice',
    args: ['greet', 'Ann', '--tone', 'rude'],
    reason: "error: option '--tone <tone>' argument 'rude' is invalid. Allowed choices are kind, formal.",
  },
  {
    title: 'a command that is almost right',
    args: ['gret'],
    reason: "error: unknown command 'gret'\n(Did you mean greet?)",
  },
];
