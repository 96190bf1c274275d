/** Text of an AWS CLI command in a region, for a person to run. */
export function awsCommand(region: string, command: string, options: string): string {
  return `aws ${command} --region ${region} ${options}`;
}

/**
 * Text of a command of this repository on an environment, for a person to run.
 * @param furtherArguments - Arguments behind the environment's name.
 */
export function prooflinkCommand(environmentName: string, command: string, furtherArguments = ''): string {
  return `npm run prooflink -- ${command} ${environmentName} ${furtherArguments}`.trimEnd();
}
