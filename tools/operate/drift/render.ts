import { fencedBlock, inlineCode } from '@infra/common/untrusted-text';
import { count, renderWords, type Words } from '@infra/common/words';
import { RESTORING } from '../../deployed/lost-database';
import type { DriftedResource, Judgement } from './judge';

const LONGEST_FAILURE = 10_000;
/** GitHub refuses a longer issue. */
const LONGEST_ISSUE = 65_536;

const plain = (words: Words): string => renderWords(words, inlineCode);

/** The body of an issue. It has no date, so that the same drift reads the same tomorrow. */
export function renderDrift(stack: string, { drifted, byDesign, unknown, unreadable, unchecked }: Judgement): string {
  const headline =
    drifted.length > 0
      ? `**${count(drifted.length, 'resource')} of ${inlineCode(stack)} ${drifted.length === 1 ? 'is' : 'are'} not as deployed.**`
      : unknown.length > 0
        ? `**Whether ${inlineCode(stack)} is as deployed could not be told.**`
        : `**${inlineCode(stack)} is as deployed.**`;
  const parts = [
    headline,
    ...(drifted.length > 0 ? [drifted.map(renderResource).join('\n'), advice(stack, drifted)] : []),
    ...list('CloudFormation could not compare', unknown),
    ...list('Not counted', byDesign),
    ...types('Not checked, since that would take the right to read secrets', unreadable),
    ...types('CloudFormation never compares', unchecked),
    '',
  ];
  return cut(parts.join('\n\n'));
}

/** The body of an issue when nothing could be found out. */
export function renderFailure(message: string): string {
  const headline = '**Drift could not be looked for, so nothing is known.**';
  return [headline, fencedBlock(message.slice(0, LONGEST_FAILURE), ''), ''].join('\n\n');
}

function renderResource({ subject, deleted, differences }: DriftedResource): string {
  const changed = differences.length > 0 ? 'was changed' : 'was changed; CloudFormation does not say how';
  const value = (text: string | undefined) => (text === undefined ? '_not set_' : inlineCode(text));
  return [
    `- **${plain(subject)}** ${deleted ? 'was deleted' : changed}`,
    ...differences.map(
      ({ path, expected, actual }) =>
        `  - ${inlineCode(path)}: ${value(expected)} was deployed, ${value(actual)} is there`,
    ),
  ].join('\n');
}

function advice(stack: string, drifted: readonly DriftedResource[]): string {
  const keep = 'To keep a change, write it into `lib/config` or `lib/constructs` and deploy.';
  const isLost = drifted.some(({ type, deleted }) => type === 'AWS::RDS::DBInstance' && deleted);
  if (isLost) return `Restore the database before anything else: ${RESTORING}. ${keep}`;
  return `${keep} To undo it: \`npx cdk deploy ${stack} --revert-drift\`, after reading what that would do.`;
}

function list(title: string, sentences: readonly Words[]): string[] {
  return sentences.length === 0 ? [] : [`${title}:`, sentences.map((sentence) => `- ${plain(sentence)}`).join('\n')];
}

function types(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`<sub>${title}: ${names.map((name) => inlineCode(name)).join(', ')}.</sub>`];
}

function cut(text: string): string {
  const end = '\n\n_The rest is left out, because an issue has an end. All of it: `npm run prooflink -- drift`._\n';
  return text.length <= LONGEST_ISSUE
    ? text
    : `${text.slice(0, text.lastIndexOf('\n', LONGEST_ISSUE - end.length))}${end}`;
}
