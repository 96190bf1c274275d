/** A command of the AWS CLI in the region of an environment. */
export function awsCommand(region: string, command: string, options: string): string {
  return `aws ${command} --region ${region} ${options}`;
}

/** A command of this repository on an environment. */
export function prooflinkCommand(environmentName: string, command: string, rest = ''): string {
  return `npm run prooflink -- ${command} ${environmentName} ${rest}`.trimEnd();
}
