import type { Parameter } from '@aws-sdk/client-cloudformation';
import type { DeployedStack } from '../deployed/deployed-stack';
import { type Beginning, previousParameters, StackOperation } from './stack-operation';

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

  public async request(): Promise<Beginning> {
    return await this.begin(() => {
      return this.cloudFormation.updateStack({
        StackName: this.stack.details.StackName,
        UsePreviousTemplate: true,
        Parameters: this.parameters(),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        ClientRequestToken: this.token,
      });
    });
  }

  /** All parameters: CloudFormation gives one that is left out its default. */
  private parameters(): Parameter[] {
    return previousParameters(this.stack).map((parameter) => {
      const ParameterValue = this.values[parameter.ParameterKey];
      return ParameterValue === undefined ? parameter : { ParameterKey: parameter.ParameterKey, ParameterValue };
    });
  }
}
