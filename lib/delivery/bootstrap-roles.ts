import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { DefaultStackSynthesizer, type Stack } from 'aws-cdk-lib/core';

const ARNS = {
  deploy: DefaultStackSynthesizer.DEFAULT_DEPLOY_ROLE_ARN,
  filePublishing: DefaultStackSynthesizer.DEFAULT_FILE_ASSET_PUBLISHING_ROLE_ARN,
  imagePublishing: DefaultStackSynthesizer.DEFAULT_IMAGE_ASSET_PUBLISHING_ROLE_ARN,
  lookup: DefaultStackSynthesizer.DEFAULT_LOOKUP_ROLE_ARN,
};

/** Allows to assume roles that `cdk bootstrap` created in a region of the stack's account, as the CDK CLI does. */
export function assumeBootstrapRoles(
  stack: Stack,
  region: string,
  ...roles: readonly (keyof typeof ARNS)[]
): PolicyStatement {
  return new PolicyStatement({
    sid: 'BootstrapRoles',
    actions: ['sts:AssumeRole'],
    resources: roles.map((role) => bootstrapRoleArn(stack, role, region)),
  });
}

/** Qualifier with which `cdk bootstrap` was called. */
export function bootstrapQualifier({ synthesizer }: Stack): string {
  return synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
}

function bootstrapRoleArn(stack: Stack, role: keyof typeof ARNS, region: string): string {
  return ARNS[role]
    .replaceAll('${AWS::Partition}', stack.partition)
    .replaceAll('${AWS::AccountId}', stack.account)
    .replaceAll('${AWS::Region}', region)
    .replaceAll('${Qualifier}', bootstrapQualifier(stack));
}
