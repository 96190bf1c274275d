/** Types of policies that are resources. */
export const IAM_POLICY = /^AWS::IAM::\w*Policy$/;

/** Types that have rights of their own. */
export const IAM_IDENTITY = /^AWS::IAM::(Role|User|Group)$/;

/** Properties that name the identity that a policy is for. */
export const OWNER_PROPERTIES = ['Roles', 'RoleName', 'Users', 'UserName', 'Groups', 'GroupName'];
