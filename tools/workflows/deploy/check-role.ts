import { type Assembly, readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { visible } from '@infra/common/untrusted-text';
import { entries, within } from '@infra/common/values';

/** Jobs of GitHub that assume a role, each with the output of the delivery's stack that has its ARN. */
const OUTPUTS = {
  deploy: (environmentName: string) => `DeployRoleArn${environmentName}`,
  diff: () => 'DiffRoleArn',
  drift: () => 'DriftRoleArn',
};

export type RoleUser = keyof typeof OUTPUTS;

/**
 * Checks that a role, which a variable of GitHub names, belongs to the account of a stack. AWS is not asked.
 *
 * The account comes from an assembly, so that no code of lib runs in the jobs on which a review depends.
 */
export function runCheckRole(user: RoleUser, directory: string, stackName: string, role: string): Outcome {
  const assembly = readAssembly(directory, new SecretMask());
  const stack = assembly.stacks.get(stackName);
  if (!stack) {
    throw new CannotTellError(
      `${directory} has no stack ${stackName}, but: ${[...assembly.stacks.keys()].join(', ')}.`,
    );
  }
  const named = accountOf(stack);
  const actual = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(role)?.[1];
  if (actual !== undefined && actual === named) {
    return { exitCode: 0, stdout: `The role belongs to the account of ${stackName}, ${actual}.\n`, stderr: '' };
  }
  const variable = findVariable(user, assembly, stackName);
  const reason = refusal(role, { actual, named, stackName });
  return { exitCode: 1, stdout: '', stderr: visible(`${reason}\n${adviceOn(variable)}\n`, '\n') };
}

/** The account that the config names for a stack. */
function accountOf({ environment: environmentName }: SynthesizedStack): string | undefined {
  return /^aws:\/\/(\d{12})\//.exec(environmentName)?.[1];
}

function refusal(
  role: string,
  { actual, named, stackName }: { actual: string | undefined; named: string | undefined; stackName: string },
): string {
  if (role === '') return 'No role is named, so that AWS cannot be asked.';
  if (actual === undefined) return `"${role}" is not the ARN of a role, so that AWS is not asked.`;
  const owner = named === undefined ? 'names no account' : `names ${named}`;
  return `${role} belongs to account ${actual}, and the config of ${stackName} ${owner}: AWS is not asked with it.`;
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

/** Finds the variable in the delivery's stack, whose outputs say in their descriptions where they belong. */
function findVariable(user: RoleUser, { stacks }: Assembly, stackName: string): Variable | undefined {
  const environmentName = stackName.replace(/^Prooflink/, '');
  const output = OUTPUTS[user](environmentName);
  for (const [stack, { template, environment: place }] of stacks) {
    const outputs = within(template, 'Outputs');
    // Several accounts have a stack each: the one with this environment's role.
    if (!entries(outputs).has(OUTPUTS.deploy(environmentName))) continue;
    const description = String(within(outputs, output, 'Description'));
    const names = description.match(/\b[A-Z]+_ROLE_ARN\w*/g) ?? [];
    return {
      name: names.find((name) => name.endsWith(`_${environmentName.toUpperCase()}`)) ?? names[0] ?? '',
      environment: / of the GitHub environment (\S+)$/.exec(description)?.[1],
      output,
      stack,
      region: place.split('/').at(-1) ?? '',
    };
  }
  return undefined;
}

function adviceOn(variable: Variable | undefined): string {
  if (variable === undefined) return 'Name the repository in lib/config/delivery.ts first (docs/delivery.md).';
  const { name, environment: environmentName, output, stack, region } = variable;
  const owner = environmentName === undefined ? 'the repository' : `the GitHub environment ${environmentName}`;
  const to = environmentName === undefined ? '' : ` --env ${environmentName}`;
  const query = `"Stacks[0].Outputs[?OutputKey=='${output}'].OutputValue"`;
  return [
    `Set the variable ${name} of ${owner} to the output ${output} of ${stack}, and see who may write variables:`,
    '',
    `  gh variable set ${name}${to} --body "$(aws cloudformation describe-stacks --stack-name ${stack} \\`,
    `    --region ${region} --query ${query} --output text)"`,
  ].join('\n');
}
