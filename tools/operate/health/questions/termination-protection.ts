import { isOn } from '../../../../lib/config/safeguard';
import type { Environment } from '../../../deployed/environment';
import { type Answer, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';

export const TERMINATION_PROTECTION: Question = {
  id: 'termination-protection',
  statement: 'Termination protection is on',
  depth: 'contact',
  applies: ({ config }) => isOn(config.terminationProtection),
  ask: checkTerminationProtection,
};

function checkTerminationProtection({ description }: Environment): Answer {
  const { EnableTerminationProtection, StackName = '' } = description;
  if (EnableTerminationProtection === true) return wellAnswer('It is on.');
  return wrongAnswer('It is off. A deploy sets it.', `npx cdk deploy ${StackName}`);
}
