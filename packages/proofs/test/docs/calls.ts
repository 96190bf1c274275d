import { FENCE, type Page, type Rule } from '@infra/testing/documents';
import { BLANK, blocksOf, paste } from './pasting';

/** A program with its arguments. */
export type Call = readonly string[];

/** Faults of a call, in words. */
export type CallRule = (call: Call) => string[];

/** Calls in the blocks of a page, and commands in its sentences. */
function callsOf({ text }: Page): Call[] {
  const prose = text.replace(FENCE, '').replace(/"?\$E"?|<environment>/g, 'dev');
  const commands = [...prose.matchAll(/`((?:aws|npx cdk|npm run prooflink --) [^`]+)`/g)];
  const inProse = commands.map(([, words = '']) => words.replace(BLANK, 'value').split(/\s+/));
  return [...paste(blocksOf(text)), ...inProse];
}

/** A rule of calls as a rule of pages. */
export function forEachCall(rule: CallRule): Rule {
  return (page) => callsOf(page).flatMap((call) => rule(call));
}

/** Options of a call, without their values. */
export function optionsIn(call: Call): string[] {
  return call.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''));
}
