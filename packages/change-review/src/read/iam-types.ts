/** Types of policies that are resources. */
export const IAM_POLICY = /^AWS::IAM::\w*Policy$/;

/** Types that have rights of their own. */
export const IAM_IDENTITY = /^AWS::IAM::(Role|User|Group)$/;
