import { parseArgs } from 'node:util';
import { endWithOutcome, type Outcome } from '@infra/common/outcome';
import { VERDICTS } from './model/finding';
import { type ReviewOptions, runDiffReview } from './review';

const USAGE = `Usage: cdk-change-review [options] <base> <head>

What a reviewer must know of a change of a CDK app. <base> and <head> are folders
that "npx cdk synth -o <folder>" wrote without and with the change.

Options:
  --markdown                  a comment for a pull request
  --json                      for programs; review.schema.json describes it
  --accept <verdict>          "lost", "fails" or "left" is accepted; may be repeated
  --accepted-findings <file>  list of accepted findings; may be repeated: what
                              all lists have is accepted
  --stack <name>              only this stack
  --language <language>       "en" (default) or "ja"
  -h, --help

Exit codes:
  0  none of these, or accepted
  1  data lost or less protected
  2  not known, a wrong call, or an accepted finding that has ended or is not
     there
  3  the deployment would fail
  4  something would be left behind
`;

const FEWEST_COLUMNS = 60;
const DEFAULT_COLUMNS = 80;
const MOST_COLUMNS = 160;

const LANGUAGES = ['en', 'ja'] as const;

/** Runs the program with its arguments. */
function run(args: readonly string[]): Outcome {
  try {
    return review(args);
  } catch (error) {
    return { exitCode: 2, stdout: '', stderr: `${(error as Error).message}\n\n${USAGE}` };
  }
}

/** Throws an error if the arguments are wrong. */
function review(args: readonly string[]): Outcome {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      markdown: { type: 'boolean' },
      json: { type: 'boolean' },
      accept: { type: 'string', multiple: true },
      'accepted-findings': { type: 'string', multiple: true },
      stack: { type: 'string' },
      language: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return { exitCode: 0, stdout: USAGE, stderr: '' };
  const [base, head, ...others] = positionals;
  if (base === undefined || head === undefined || others.length > 0) throw new Error('Two folders are needed.');
  const options: ReviewOptions = {
    markdown: values.markdown,
    json: values.json,
    accept: values.accept?.map((value) => oneOf(VERDICTS, '--accept', value)),
    acceptedFindings: values['accepted-findings'],
    stack: values.stack,
    language: values.language === undefined ? undefined : oneOf(LANGUAGES, '--language', values.language),
  };
  return runDiffReview(base, head, options, {
    columns: terminalColumns(),
    colour: process.stdout.isTTY && !process.env.NO_COLOR,
  });
}

function oneOf<Value extends string>(allowed: readonly Value[], option: string, value: string): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`${option} takes ${allowed.join(' or ')}, not ${value}.`);
  return found;
}

function terminalColumns(): number {
  const columns = process.stdout.columns || DEFAULT_COLUMNS;
  return Math.max(FEWEST_COLUMNS, Math.min(columns, MOST_COLUMNS));
}

if (require.main === module) void endWithOutcome(() => run(process.argv.slice(2)));
