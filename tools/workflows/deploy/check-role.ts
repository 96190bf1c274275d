import { type Assembly, readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { visible } from '@infra/common/untrusted-text';
import { entries, within } from '@infra/common/values';

/** Job of GitHub that assumes a role. */
export type RoleUser = 'deploy' | 'diff' | 'drift';

/** Account of a role, and the one that it must have; `undefined` if there is none. */
interface Accounts {
  readonly ofRole: string | undefined;
  readonly ofStack: string | undefined;
}

/** A variable of GitHub, and the output that it is set to. */
interface Variable {
  readonly name: string;
  /** GitHub environment that has it; `undefined`: it is the repository's. */
  readonly environment: string | undefined;
  readonly output: string;
  readonly stack: string;
  readonly region: string;
}

const ROLE_ARN = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/;
const ACCOUNT_OF_ENVIRONMENT = /^aws:\/\/(\d{12})\//;
const VARIABLE_NAME = /\b[A-Z]+_ROLE_ARN\w*/g;
const GITHUB_ENVIRONMENT = / of the GitHub environment (\S+)$/;

/**
 * Checks that a role, which a variable of GitHub names, belongs to the account of a stack. AWS is not asked.
 *
 * The account comes from an assembly, so that no code of lib runs in the jobs on which a review depends.
 */
export function runCheckRole(user: RoleUser, directory: string, stackName: string, role: string): Outcome {
  const assembly = readAssembly(directory, new SecretMask());
  const stack = assembly.stacks.get(stackName);
  if (!stack) {
    const stackNames = [...assembly.stacks.keys()];
    throw new CannotTellError(`${directory} has no stack ${stackName}, but: ${stackNames.join(', ')}.`);
  }
  const ofRole = ROLE_ARN.exec(role)?.[1];
  const ofStack = accountOf(stack);
  if (ofRole !== undefined && ofRole === ofStack) {
    return { exitCode: 0, stdout: `The role belongs to the account of ${stackName}, ${ofRole}.\n`, stderr: '' };
  }
  const variable = findVariable(user, assembly, stackName);
  const reason = refusal(role, stackName, { ofRole, ofStack });
  const advice = adviceOn(variable);
  return { exitCode: 1, stdout: '', stderr: visible(`${reason}\n${advice}\n`, '\n') };
}

/** The account that the config names for a stack. */
function accountOf({ environment }: SynthesizedStack): string | undefined {
  return ACCOUNT_OF_ENVIRONMENT.exec(environment)?.[1];
}

function refusal(role: string, stackName: string, { ofRole, ofStack }: Accounts): string {
  if (role === '') return 'No role is named, so that AWS cannot be asked.';
  if (ofRole === undefined) return `"${role}" is not the ARN of a role, so that AWS is not asked.`;
  const configured = ofStack === undefined ? 'names no account' : `names ${ofStack}`;
  return `${role} belongs to account ${ofRole}, and the config of ${stackName} ${configured}: AWS is not asked with it.`;
}

/** Finds the variable in the delivery's stack, whose outputs say in their descriptions where they belong. */
function findVariable(user: RoleUser, assembly: Assembly, stackName: string): Variable | undefined {
  const environmentName = stackName.replace(/^Prooflink/, '');
  const deliveryStack = findDeliveryStack(environmentName, assembly);
  if (!deliveryStack) return undefined;
  const output = outputOf(user, environmentName);
  const description = String(within(deliveryStack.template, 'Outputs', output, 'Description'));
  return {
    name: nameOfVariable(description, environmentName),
    environment: GITHUB_ENVIRONMENT.exec(description)?.[1],
    output,
    stack: deliveryStack.name,
    region: deliveryStack.environment.split('/').at(-1) ?? '',
  };
}

/** Several accounts have a stack of the delivery each: the one with the deploy role of this environment. */
function findDeliveryStack(environmentName: string, { stacks }: Assembly): SynthesizedStack | undefined {
  const deployOutput = outputOf('deploy', environmentName);
  for (const stack of stacks.values()) {
    const outputs = entries(within(stack.template, 'Outputs'));
    if (outputs.has(deployOutput)) return stack;
  }
  return undefined;
}

/** Output of the delivery's stack that has the ARN of a role. */
function outputOf(user: RoleUser, environmentName: string): string {
  switch (user) {
    case 'deploy':
      return `DeployRoleArn${environmentName}`;
    case 'diff':
      return 'DiffRoleArn';
    case 'drift':
      return 'DriftRoleArn';
  }
}

/** Name in the description of an output; of several names, the one for this environment. */
function nameOfVariable(description: string, environmentName: string): string {
  const names = description.match(VARIABLE_NAME) ?? [];
  const suffix = `_${environmentName.toUpperCase()}`;
  const nameForEnvironment = names.find((name) => name.endsWith(suffix));
  return nameForEnvironment ?? names[0] ?? '';
}

function adviceOn(variable: Variable | undefined): string {
  if (variable === undefined) return 'Name the repository in lib/config/delivery.ts first (docs/delivery.md).';
  const { name, environment: environmentName, output, stack, region } = variable;
  const owner = environmentName === undefined ? 'the repository' : `the GitHub environment ${environmentName}`;
  const environmentOption = environmentName === undefined ? '' : ` --env ${environmentName}`;
  const query = `"Stacks[0].Outputs[?OutputKey=='${output}'].OutputValue"`;
  return [
    `Set the variable ${name} of ${owner} to the output ${output} of ${stack}, and see who may write variables:`,
    '',
    `  gh variable set ${name}${environmentOption} --body "$(aws cloudformation describe-stacks --stack-name ${stack} \\`,
    `    --region ${region} --query ${query} --output text)"`,
  ].join('\n');
}
