/** Part of an ARN after its last slash or colon. */
export function lastArnPart(arn = ''): string {
  return arn.split(/[/:]/).at(-1) ?? '';
}

/**
 * Name and revision at the end of the ARN of a task definition (`…:task-definition/<family>:<revision>`) or of a job
 * definition (`…:job-definition/<name>:<revision>`).
 */
export function familyAndRevision(definitionArn: string): string {
  return definitionArn.split('/').at(-1) ?? '';
}

/** Name of a definition, which all of its revisions share. */
export function definitionName(definitionArn = ''): string {
  const [name = ''] = familyAndRevision(definitionArn).split(':');
  return name;
}
