/**
 * Sentences of this room, in English: those that were written since a second language is planned. Older sentences stand
 * where they are printed.
 */
export const en = {
  /** Line on a question that AWS did not answer. */
  askedAgain: ({ reason }: { readonly reason: string }) => `AWS does not answer, and is asked again: ${reason}`,
  signIn: () => 'Sign in as for the AWS CLI ("aws configure", "aws sso login", AWS_PROFILE).',
  /** End of the reason for which a task ended. */
  exitCode: ({ exitCode }: { readonly exitCode: number }) => `exit code ${exitCode}`,
  migration: {
    /** Predicate of a sentence whose subject is the migration. */
    stoppedByTimeLimit: () => 'was stopped, since its time was over',
  },
  /** Message of a TimeoutError. */
  silentService: ({ serviceName }: { readonly serviceName: string }) => `${serviceName} did not answer in ten seconds`,
  changedByHand: {
    /** Reasons for which a resource is not compared. */
    deploymentUnderway: ({ stackName, stackStatus }: { readonly stackName: string; readonly stackStatus: string }) =>
      `${stackName} is ${stackStatus}: compare again after that`,
    driftRefused: ({ stackName, stackStatus }: { readonly stackName: string; readonly stackStatus: string }) =>
      `CloudFormation compares nothing while ${stackName} is ${stackStatus}`,
  },
  parts: {
    /** Error for a part that should be there. */
    notFound: ({
      templateName,
      stackName,
      path,
      type,
    }: {
      readonly templateName: string;
      readonly stackName: string;
      readonly path: string;
      readonly type: string;
    }) =>
      `${templateName} has no ${type} at the construct path ${path}. Either it was not deployed yet, or its construct ` +
      `was renamed since. What a deployment would change: npx cdk diff ${stackName} --method=template`,
    /** Error for a template in which no part can be found. */
    noPaths: ({ templateName, stackName }: { readonly templateName: string; readonly stackName: string }) =>
      `${templateName} has no construct paths (aws:cdk:path in the metadata of its resources), and its parts are found ` +
      `by these. The CDK CLI writes them, unless it is called with --no-path-metadata: npx cdk deploy ${stackName}`,
    noTemplate: ({ stackName }: { readonly stackName: string }) =>
      `CloudFormation has no template of ${stackName} in JSON, as the CDK CLI deploys it, so that its parts cannot be ` +
      `found: npx cdk deploy ${stackName}`,
  },
  /** Last line of the advice on a stack whose deployment or deletion failed. */
  stackRemedy: {
    rollbackChapter: () => 'If that fails: “A rollback that failed” in docs/runbook.md',
    deletionChapter: () => 'If that fails: “A deletion that failed” in docs/runbook.md',
    diagnosis: ({ stackName }: { readonly stackName: string }) =>
      `what it says: npx cdk --unstable=diagnose diagnose ${stackName}`,
  },
  settings: {
    deleted: ({ arn, restoreCommand }: { readonly arn: string; readonly restoreCommand: string }) =>
      `The secret with the settings, ${arn}, is scheduled for deletion, and no container can read it. ` +
      `To restore it with its values: ${restoreCommand}`,
    tooManyKeys: ({ keyCount }: { readonly keyCount: number }) =>
      `The secret with the settings would have ${keyCount} keys with a value. Their names do not fit into its staging ` +
      'labels. Remove keys that lib/config has no longer from the secret by hand.',
  },
};
