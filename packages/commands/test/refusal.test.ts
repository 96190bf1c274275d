import { type Command, Option } from 'commander';
import { addCommand, newProgram } from '../src/program';
import { call } from './support/call';

jest.mock('@infra/common/language', () => ({
  ...jest.requireActual<object>('@infra/common/language'),
  language: 'ja',
}));

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

// Commander has them in English only, and a new version may word them in another way.
it.each([
  {
    args: ['greet'],
    reason: "引数 'person' を指定してください。",
  },
  {
    args: ['greet', 'Ann', '--as'],
    reason: "オプション '--as <name>' に値を指定してください。",
  },
  {
    args: ['greet', 'Ann', '--as', 'Bob', '--as', 'Carol'],
    reason: "オプション '--as <name>' は1回だけ指定できます。",
  },
  {
    args: ['greet', 'Ann', '--json', '--loud'],
    reason: "オプション '--json' と '--loud' は同時に指定できません。",
  },
  {
    args: ['greet', 'Ann', '--jsom'],
    reason: "オプション '--jsom' はありません。\n(--json ではありませんか?)",
  },
  {
    args: ['gret'],
    reason: "コマンド 'gret' はありません。\n(greet ではありませんか?)",
  },
  {
    args: ['greet', 'Ann', 'Bob'],
    reason: "'greet' の引数が多すぎます。1個までですが、2個あります。",
  },
  {
    args: ['greet', 'Ann', '--tone', 'rude'],
    reason: "オプション '--tone <tone>' に 'rude' は指定できません。指定できる値: kind, formal",
  },
])('a refused call reads in Japanese: $args', async ({ args, reason }) => {
  const { exitCode, stdout, stderr } = await call(sampleProgram(), ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr.replace(/\n.*--help\n$/, '')).toBe(`エラー: ${reason}`);
});
