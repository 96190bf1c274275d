import { isOn } from '../../../../lib/config/safeguard';
import type { Environment } from '../../../deployed/environment';
import { type Answer, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';

/** Question on the setting by which CloudFormation refuses to delete the stack. */
export const TERMINATION_PROTECTION: Question = {
  id: 'termination-protection',
  statement: 'Termination protection is on',
  confirms: ['termination-protection'],
  firstAskedBy: 'doctor',
  applies: ({ config }) => isOn(config.terminationProtection),
  ask: checkTerminationProtection,
};

function checkTerminationProtection({ details }: Environment): Answer {
  const { EnableTerminationProtection: isProtected = false, StackName = '' } = details;
  if (isProtected) return wellAnswer('It is on.');
  return wrongAnswer({
    says: 'It is off. A deploy sets it.',
    fix: `npx cdk deploy ${StackName}`,
  });
}
