import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** The right to push to these registries, as `docker push` does; no image can be run, pulled or deleted with it. */
export function pushImages(registries: readonly string[]): PolicyStatement[] {
  return [
    new PolicyStatement({ sid: 'Login', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
    new PolicyStatement({
      sid: 'Push',
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:InitiateLayerUpload',
        'ecr:UploadLayerPart',
        'ecr:CompleteLayerUpload',
        'ecr:PutImage',
        // Existing tags: an immutable one cannot be pushed twice.
        'ecr:BatchGetImage',
      ],
      resources: [...registries],
    }),
  ];
}
