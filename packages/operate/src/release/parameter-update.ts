import type { Parameter } from '@aws-sdk/client-cloudformation';
import { errorText, isRefusal } from '../deployed/aws-errors';
import type { DeployedStack } from '../deployed/deployed-stack';
import { askPatiently } from '../deployed/wait';
import { previousParameters, StackOperation } from './stack-operation';

/** CloudFormation's error for an update that another operation on the stack has overtaken. */
const BUSY = /_IN_PROGRESS state and can not be updated/;

/**
 * CloudFormation's answer to the request for an update.
 * - `begun`: it updates the stack.
 * - `unchanged`: the stack has the values already.
 * - `not begun`: another operation was faster, or the request got lost.
 */
type Answer = 'begun' | 'unchanged' | 'not begun';

/**
 * An update of a stack that changes the values of some parameters, and nothing else: CloudFormation keeps the template, the
 * other parameters, the tags and the role.
 */
export class ParameterUpdate extends StackOperation {
  constructor(
    stack: DeployedStack,
    private readonly values: Readonly<Record<string, string>>,
    showLine: (line: string) => void,
  ) {
    super(stack, showLine);
  }

  /** Requests the update. Throws AWS's error if AWS refuses it. */
  public async request(): Promise<Answer> {
    try {
      await this.cloudFormation.updateStack({
        StackName: this.stack.details.StackName,
        UsePreviousTemplate: true,
        Parameters: this.parameters(),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        ClientRequestToken: this.token,
      });
      return 'begun';
    } catch (error) {
      const text = errorText(error);
      if (text.includes('No updates are to be performed')) return 'unchanged';
      const mayHaveBegun = !isRefusal(error) || BUSY.test(text) || text.startsWith('TokenAlreadyExists');
      if (!mayHaveBegun) throw error;
      // The SDK repeats a request whose answer was lost: the second one may meet the first one's update.
      const events = await askPatiently(() => this.readEvents(), this.showLine);
      return events.length > 0 ? 'begun' : 'not begun';
    }
  }

  /** All parameters: CloudFormation gives one that is left out its default. */
  private parameters(): Parameter[] {
    return previousParameters(this.stack).map((parameter) => {
      const ParameterValue = this.values[parameter.ParameterKey];
      return ParameterValue === undefined ? parameter : { ParameterKey: parameter.ParameterKey, ParameterValue };
    });
  }
}
