import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newProoflinkProgram } from '@infra/commands/prooflink';
import { type CallRule, forEachCall, optionsIn } from './calls';
import { ROOT, type Rule } from '@infra/testing/documents';

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

/** Folders of this repository's workflows and of the application's. */
const WORKFLOW_FOLDERS = ['.github/workflows', 'packages/application/src'].filter((folder) =>
  existsSync(join(ROOT, folder)),
);

/** The text of a workflow; empty if there is none. */
function workflowText(file: string): string {
  const folder = WORKFLOW_FOLDERS.find((candidate) => readdirSync(join(ROOT, candidate)).includes(file));
  return folder === undefined ? '' : readFileSync(join(ROOT, folder, file), 'utf8');
}

/** A workflow that is started by hand can be, with these inputs. */
const workflowsStart: Rule = ({ text }) => {
  const starts = [...text.matchAll(/gh workflow run ([\w-]+\.yml)([^`\n]*)/g)];
  return starts.flatMap(([, file = '', words = '']) => {
    const workflow = workflowText(file);
    if (!/^ {2}workflow_dispatch:/m.test(workflow)) return [file];
    const inputs = [...words.matchAll(/ -f ([\w-]+)=/g)].map(([, input = '']) => input);
    const unknown = inputs.filter((input) => !new RegExp(`^ {6}${input}:`, 'm').test(workflow));
    return unknown.map((input) => `${file} -f ${input}`);
  });
};

/** Rules: other programs accept a page's calls. */
export const PROGRAM_CALL_RULES = {
  cdkTakesIt: forEachCall(cdkTakesIt),
  prooflinkTakesIt: forEachCall(prooflinkTakesIt),
  workflowsStart,
} satisfies Record<string, Rule>;
