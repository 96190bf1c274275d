import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { newProoflinkProgram } from '@infra/commands/prooflink';
import { type CallRule, forEachCall, optionsIn } from './calls';
import { ROOT, type Rule } from '@infra/testing/documents';
import { workflows } from '@infra/testing/workflow';

/** Commands of the CDK CLI, with their options. */
interface CdkCli {
  readonly globalOptions: object;
  readonly commands: Readonly<Record<string, { readonly options?: object }>>;
}

const CDK_REGISTRY = join(ROOT, 'node_modules/aws-cdk/lib/cli/cli-type-registry.json');
const cdkCli = JSON.parse(readFileSync(CDK_REGISTRY, 'utf8')) as CdkCli;

const cdkTakesIt: CallRule = ([npx, cdk, name = '', ...words]) => {
  if (npx !== 'npx' || cdk !== 'cdk') return [];
  const command = cdkCli.commands[name];
  if (!command) return [`cdk ${name}`];
  const options = Object.keys({ ...cdkCli.globalOptions, ...command.options }).map((option) => `--${option}`);
  const unknown = optionsIn(words).filter((option) => !options.includes(option));
  return unknown.map((option) => `cdk ${name} ${option}`);
};

/** The command's own declaration judges its arguments. */
const prooflinkTakesIt: CallRule = ([npm, run, script, dashes, name = '', ...words]) => {
  if ([npm, run, script, dashes].join(' ') !== 'npm run prooflink --' || words.length === 0) return [];
  const command = newProoflinkProgram().commands.find((candidate) => candidate.name() === name);
  if (!command) return [name];
  const errors: string[] = [];
  command.exitOverride().configureOutput({ writeErr: (text) => errors.push(text.trim()), writeOut: () => undefined });
  try {
    command.action(() => undefined).parse(words, { from: 'user' });
  } catch {
    return words.includes('--help') ? [] : [`${name}: ${errors.join(' ')}`];
  }
  return [];
};

/** A workflow that is started by hand can be, with these inputs; the application's may have the same name. */
const workflowsStart: Rule = ({ text }) => {
  const starts = [...text.matchAll(/gh workflow run ([\w-]+\.yml)([^`\n]*)/g)];
  return starts.flatMap(([, file = '', words = '']) => {
    const named = workflows().filter((workflow) => basename(workflow.file) === file);
    const triggers = named.filter(({ on }) => 'workflow_dispatch' in on);
    if (triggers.length === 0) return [file];
    const known = triggers.flatMap(({ on }) => Object.keys(on['workflow_dispatch']?.inputs ?? {}));
    const inputs = [...words.matchAll(/ -f ([\w-]+)=/g)].map(([, input = '']) => input);
    return inputs.filter((input) => !known.includes(input)).map((input) => `${file} -f ${input}`);
  });
};

/** Rules: other programs accept a page's calls. */
export const PROGRAM_CALL_RULES = {
  cdkTakesIt: forEachCall(cdkTakesIt),
  prooflinkTakesIt: forEachCall(prooflinkTakesIt),
  workflowsStart,
} satisfies Record<string, Rule>;
