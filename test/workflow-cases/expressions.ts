import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** What an expression may read: `github`, `needs`, `inputs` and so on, by name. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the jobs or steps before ended, which `success()` and its like ask. */
export interface Status {
  readonly failure: boolean;
  readonly skipped: boolean;
}

const STATUS = /\b(?:success|failure|cancelled|always)\s*\(/;

/** Whether a job or a step runs: without a word on the status, only after success. */
export function isTrue(condition: string | boolean | undefined, contexts: Contexts, status: Status): boolean {
  const text = String(condition ?? 'success()').trim();
  const bare = /^\$\{\{([^]*)\}\}$/.exec(text)?.[1] ?? text;
  return isTruthy(evaluate(STATUS.test(bare) ? bare : `success() && (${bare})`, contexts, status));
}

/** A text of a workflow with its expressions replaced; one that is nothing but an expression keeps its kind. */
export function resolve(value: unknown, contexts: Contexts): unknown {
  if (typeof value !== 'string') return value;
  const whole = /^\s*\$\{\{((?:(?!\}\})[^])*)\}\}\s*$/.exec(value)?.[1];
  if (whole !== undefined) return evaluate(whole, contexts);
  return value.replace(/\$\{\{((?:(?!\}\})[^])*)\}\}/g, (_, expression: string) =>
    asText(evaluate(expression, contexts)),
  );
}

/** A value as it stands in a variable or in a text. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function evaluate(
  expression: string,
  contexts: Contexts,
  status: Status = { failure: false, skipped: false },
): unknown {
  const functions = {
    success: !status.failure && !status.skipped,
    failure: status.failure,
    cancelled: false,
    always: true,
  };
  const own = Object.entries(functions).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }));
  const tree = new Parser(new Lexer(expression.trim()).lex().tokens, Object.keys(contexts), own).parse();
  const context = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  const result = new Evaluator(tree, context, new Map(own.map((one) => [one.name, one]))).evaluate();
  return JSON.parse(JSON.stringify(result, data.replacer));
}

function isTruthy(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false && value !== 0 && value !== '';
}
