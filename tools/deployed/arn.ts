/** Part of an ARN, or of an image's URI, after its last slash or colon. */
export function lastPart(arn = ''): string {
  return arn.split(/[/:]/).at(-1) ?? '';
}

/** Part of an ARN after its last slash: `<family>:<revision>` of a task definition, `<name>:<revision>` of a job's. */
export function familyAndRevision(definitionArn: string): string {
  return definitionArn.split('/').at(-1) ?? '';
}
