import { type Assembly, readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { entriesOf, valueAtPath } from '@infra/common/values';

/** Job of a workflow that assumes a role: the deployment, the diff of a pull request, or the check for drift. */
export type RoleUser = 'deploy' | 'diff' | 'drift';

interface RoleCheck {
  readonly user: RoleUser;
  readonly assemblyFolder: string;
  readonly stackName: string;
  /** Text of a variable of GitHub: the ARN of a role, if the variable is right. Empty without the variable. */
  readonly role: string;
}

/** Accounts that are compared. */
interface Accounts {
  /** `undefined` if the variable has no ARN of a role. */
  readonly roleAccount: string | undefined;
  /** `undefined` if the stack's config names no account. */
  readonly stackAccount: string | undefined;
}

/** A variable of GitHub, and the output of the delivery's stack that it has to be set to. */
interface Variable {
  readonly name: string;
  /** GitHub environment that has the variable; `undefined` for a variable of the repository. */
  readonly environmentName: string | undefined;
  readonly output: string;
  readonly stackName: string;
  readonly region: string;
}

const ROLE_ARN = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/** Account in a stack's environment, `aws://123456789012/ap-northeast-1`. */
const ACCOUNT_OF_ENVIRONMENT = /^aws:\/\/(\d{12})\//;

/** Name of a variable in an output's description, `DEPLOY_ROLE_ARN`. */
const VARIABLE_NAME = /\b[A-Z]+_ROLE_ARN\w*/g;

/** End of an output's description, if the variable belongs to a GitHub environment. */
const GITHUB_ENVIRONMENT = / of the GitHub environment (\S+)$/;

/**
 * Runs `check-role`: checks that a role, which a variable of GitHub names, belongs to the account of a stack. Sends no
 * request to AWS.
 *
 * The stack's account is read from an assembly, not from lib/config: no code of `lib` but language.ts, which imports
 * nothing, may run in the jobs that a review depends on.
 */
export function runCheckRole({ user, assemblyFolder, stackName, role }: RoleCheck): Outcome {
  const assembly = readAssembly(assemblyFolder, new SecretMask());
  const stack = assembly.stacks.get(stackName);
  if (!stack) {
    const stackNames = [...assembly.stacks.keys()];
    throw new CannotTellError(`${assemblyFolder} has no stack ${stackName}, but: ${stackNames.join(', ')}.`);
  }
  const roleAccount = ROLE_ARN.exec(role)?.[1];
  const stackAccount = configuredAccountOf(stack);
  if (roleAccount !== undefined && roleAccount === stackAccount) {
    return { exitCode: 0, stdout: `The role belongs to the account of ${stackName}, ${roleAccount}.\n`, stderr: '' };
  }
  const reason = describeRefusal(role, stackName, { roleAccount, stackAccount });
  const fix = describeFix(findVariable(user, assembly, stackName));
  return { exitCode: 1, stdout: '', stderr: escapeInvisible(`${reason}\n${fix}\n`, '\n') };
}

/** Account that the config names for a stack; `undefined` if it names none. */
function configuredAccountOf({ environment }: SynthesizedStack): string | undefined {
  return ACCOUNT_OF_ENVIRONMENT.exec(environment)?.[1];
}

function describeRefusal(role: string, stackName: string, { roleAccount, stackAccount }: Accounts): string {
  if (role === '') return 'No role is named, so that AWS cannot be asked.';
  if (roleAccount === undefined) return `"${role}" is not the ARN of a role, so that AWS is not asked.`;
  const configured = stackAccount === undefined ? 'names no account' : `names ${stackAccount}`;
  return (
    `${role} belongs to account ${roleAccount}, and the config of ${stackName} ${configured}: AWS is not asked with ` +
    'it.'
  );
}

/**
 * Finds the variable that has the role, by the outputs of the delivery's stack: the description of an output names the
 * variable. `undefined` if the assembly has no such stack.
 */
function findVariable(user: RoleUser, assembly: Assembly, stackName: string): Variable | undefined {
  const environmentId = stackName.replace(/^Prooflink/, '');
  const deliveryStack = findDeliveryStack(environmentId, assembly);
  if (!deliveryStack) return undefined;
  const output = outputOf(user, environmentId);
  const description = String(valueAtPath(deliveryStack.template, 'Outputs', output, 'Description'));
  return {
    name: variableNameIn(description, environmentId),
    environmentName: GITHUB_ENVIRONMENT.exec(description)?.[1],
    output,
    stackName: deliveryStack.name,
    region: deliveryStack.environment.split('/').at(-1) ?? '',
  };
}

/** The delivery's stack with the deploy role of an environment. There is one stack in each account. */
function findDeliveryStack(environmentId: string, { stacks }: Assembly): SynthesizedStack | undefined {
  const deployOutput = outputOf('deploy', environmentId);
  for (const stack of stacks.values()) {
    const outputs = entriesOf(valueAtPath(stack.template, 'Outputs'));
    if (outputs.has(deployOutput)) return stack;
  }
  return undefined;
}

/**
 * Output of the delivery's stack that has the ARN of a role.
 *
 * @param environmentId - Environment as in the names of stacks and outputs: `Dev`.
 */
function outputOf(user: RoleUser, environmentId: string): string {
  switch (user) {
    case 'deploy':
      return `DeployRoleArn${environmentId}`;
    case 'diff':
      return 'DiffRoleArn';
    case 'drift':
      return 'DriftRoleArn';
  }
}

/** Name of a variable in the description of an output. If there are several, the one for this environment. */
function variableNameIn(description: string, environmentId: string): string {
  const names = description.match(VARIABLE_NAME) ?? [];
  const suffix = `_${environmentId.toUpperCase()}`;
  const nameForEnvironment = names.find((name) => name.endsWith(suffix));
  return nameForEnvironment ?? names[0] ?? '';
}

function describeFix(variable: Variable | undefined): string {
  if (variable === undefined) return 'Name the repository in lib/config/delivery.ts first (docs/delivery.md).';
  const { name, environmentName, output, stackName, region } = variable;
  const owner = environmentName === undefined ? 'the repository' : `the GitHub environment ${environmentName}`;
  const environmentOption = environmentName === undefined ? '' : ` --env ${environmentName}`;
  const query = `"Stacks[0].Outputs[?OutputKey=='${output}'].OutputValue"`;
  return [
    `Set the variable ${name} of ${owner} to the output ${output} of ${stackName}, and see who may write variables:`,
    '',
    `  gh variable set ${name}${environmentOption} --body "$(aws cloudformation describe-stacks --stack-name ${stackName} \\`,
    `    --region ${region} --query ${query} --output text)"`,
  ].join('\n');
}
