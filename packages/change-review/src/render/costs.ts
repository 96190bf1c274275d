import { oneLine } from '@infra/common/untrusted-text';
import { limited } from '@infra/common/values';
import { type Render, wordsForCount } from '../messages';
import { say } from '../messages/words';
import type { StackCost } from '../model/review';

const MOST_ENVIRONMENTS = 20;
const MOST_DETAILS = 60;

/** A line for each environment. */
export function costLines(costs: readonly StackCost[], render: Render): readonly string[] {
  const lines = costs.map(({ stack, line }) => {
    const sentence = say`${stack}: ${line}`;
    return render(sentence);
  });
  return limited(lines, MOST_ENVIRONMENTS, (hiddenCount) => {
    const sentence = wordsForCount('moreEnvironments', hiddenCount);
    return render(sentence);
  });
}

/** Details of the lines, below the name of their stack. */
export function costDetails(costs: readonly StackCost[], render: Render): readonly string[] {
  const costsWithDetails = costs.filter(({ details }) => details.length > 0);
  const texts = costsWithDetails.flatMap(({ stack, details }) => [stack, ...details]);
  const lines = texts.map((text) => oneLine(text));
  return limited(lines, MOST_DETAILS, (hiddenCount) => {
    const sentence = wordsForCount('moreLines', hiddenCount);
    return render(sentence);
  });
}
