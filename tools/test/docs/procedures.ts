import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type Rule } from './documents';
import { blocksOf } from './pasting';

/** Commands of a block: lines that a backslash or a pipe continues are one. */
function commandsOf(block: string): string[] {
  return block
    .replace(/\\\n\s*/g, '')
    .replace(/\|\n\s*/g, '| ')
    .split('\n');
}

const NAMES_DEV = /(?<![a-z])dev(?![a-z])|Dev(?![a-z])/;
const NAMES_PROD = /(?<![a-z])prod(?![a-z])|Prod(?![a-z])/;
const LOOP = /^\s*for \w+ in /;

/** No command names dev and prod: the role of one in the other's place opens it to everyone who may change that. */
const oneEnvironment: Rule = ({ text }) => {
  const commands = blocksOf(text).flatMap(commandsOf);
  return commands.filter((command) => {
    return NAMES_DEV.test(command) && NAMES_PROD.test(command) && !LOOP.test(command);
  });
};

const MAKES_SNAPSHOT = /aws rds (?:create|copy)-db-snapshot .*-db-snapshot-identifier (\S+)/;

/** A snapshot that is taken or copied is waited for: RDS restores none before. */
const snapshotsAreWaitedFor: Rule = ({ text }) =>
  blocksOf(text).flatMap((block) => {
    const commands = commandsOf(block);
    return commands.flatMap((command, index) => {
      const [, snapshot] = MAKES_SNAPSHOT.exec(command) ?? [];
      if (snapshot === undefined) return [];
      const wait = `aws rds wait db-snapshot-available --db-snapshot-identifier ${snapshot}`;
      return commands[index + 1] === wait ? [] : [`no ${wait}`];
    });
  });

const PUTS_SECRET = /\| aws secretsmanager put-secret-value .*file:\/\/\/dev\/stdin/;

/** JSON may end with a line break, and `tr` removes it. */
const ENDS_WITHOUT_LINE_BREAK = /(?:^|\| )(?:jq [^|]*|tr -d '\\n') $/;

/** The AWS CLI prints a line break after a secret; one at the end of DATABASE_URL would be part of its sslmode. */
const secretsHaveNoLineBreak: Rule = ({ text }) => {
  const commands = blocksOf(text).flatMap(commandsOf);
  return commands.flatMap((command) => {
    const position = command.search(PUTS_SECRET);
    if (position < 0 || ENDS_WITHOUT_LINE_BREAK.test(command.slice(0, position))) return [];
    return [`a line break at the end of the secret: ${command}`];
  });
};

/** Releases by the command and by the workflow, and the words that keep them from migrating. */
const RELEASES = [
  { release: /npm run prooflink -- release [^`\n]+/g, withoutMigration: '--no-migration' },
  { release: /gh workflow run deploy\.yml [^`\n]+/g, withoutMigration: '-f migration=no-migration' },
];

/** A tag that ran before, in both languages. */
const EARLIER_TAG = /<earlier tag>|<以前の(?:tag|タグ)>/i;

/** Pages on data that come from a snapshot, which the version that ran has migrated. */
const MOVING_IN = /^docs\/moving-in(\.ja)?\.md$/;

/** A way back migrates nothing: the migration of an earlier image knows nothing of what later ones did. */
const waysBackMigrateNothing: Rule = ({ file, text }) => {
  return RELEASES.flatMap(({ release, withoutMigration }) => {
    const commands = text.replace(/\\\n\s*/g, '').match(release) ?? [];
    const waysBack = commands.filter((command) => EARLIER_TAG.test(command) || MOVING_IN.test(file));
    const migrating = waysBack.filter((command) => !command.includes(` ${withoutMigration}`));
    return migrating.map((command) => `${command.trim()} without ${withoutMigration}`);
  });
};

/** Folders of this repository's workflows and of the application's. */
const WORKFLOW_FOLDERS = ['.github/workflows', 'docs/application-workflow'];

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
    const inputs = [...words.matchAll(/ -f (\w+)=/g)].map(([, input = '']) => input);
    const unknown = inputs.filter((input) => !new RegExp(`^ {6}${input}:`, 'm').test(workflow));
    return unknown.map((input) => `${file} -f ${input}`);
  });
};

/** Rules: the commands of a page do together what it says. */
export const PROCEDURE_RULES = {
  oneEnvironment,
  snapshotsAreWaitedFor,
  secretsHaveNoLineBreak,
  waysBackMigrateNothing,
  workflowsStart,
} satisfies Record<string, Rule>;
