import { isOn } from '@infra/commands/app';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { type Answer, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { words } from './words';

/** Question on the setting by which CloudFormation refuses to delete the stack, and with it data. */
export const TERMINATION_PROTECTION: Question = {
  id: 'termination-protection',
  statement: words.statements.terminationProtection,
  confirms: ['termination-protection'],
  firstAskedBy: 'doctor',
  applies: ({ config }) => isOn(config.terminationProtection),
  ask: checkTerminationProtection,
};

function checkTerminationProtection({ region, details }: Environment): Answer {
  const { EnableTerminationProtection: isProtected = false, StackName: stackName = '' } = details;
  if (isProtected) return wellAnswer(words.terminationProtection.isOn({ stackName }));
  return wrongAnswer({
    says: words.terminationProtection.isOff({ stackName }),
    fix: awsCommand(
      region,
      'cloudformation update-termination-protection',
      `--enable-termination-protection --stack-name ${stackName}`,
    ),
  });
}
