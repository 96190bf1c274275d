import {
  type CfnRepository,
  type IRepository,
  Repository,
  RepositoryEncryption,
  TagMutability,
} from 'aws-cdk-lib/aws-ecr';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { isOn } from '../config/safeguard';
import type { ImageRegistryConfig } from '../config/sections/image-registry';

export interface ImageRegistryProps extends Omit<ImageRegistryConfig, 'refuse'> {
  readonly repositoryName: string;
  /** The tag that this environment runs; its image is never deleted, however many are pushed after it. */
  readonly runningTag: string;
  readonly removalPolicy: RemovalPolicy;
}

/** A private ECR repository that keeps the running image and the newest ones (guide 6-1, 12-5). */
export class ImageRegistry extends Construct {
  public readonly repository: IRepository;

  constructor(scope: Construct, id: string, props: ImageRegistryProps) {
    super(scope, id);

    const repository = new Repository(this, 'Repository', {
      repositoryName: props.repositoryName,
      encryption: RepositoryEncryption.AES_256,
      imageTagMutability: isOn(props.immutableTags) ? TagMutability.IMMUTABLE : TagMutability.MUTABLE,
      imageScanOnPush: isOn(props.scanOnPush),
      removalPolicy: props.removalPolicy,
      emptyOnDelete: props.removalPolicy === RemovalPolicy.DESTROY,
    });
    this.repository = repository;

    // The L2 serializes the rules without resolving tokens: ECR would refuse the tag.
    (repository.node.defaultChild as CfnRepository).lifecyclePolicy = {
      lifecyclePolicyText: Stack.of(this).toJsonString({ rules: lifecycleRules(props) }),
    };
  }
}

function lifecycleRules({ runningTag, keptImages, untaggedExpiration }: ImageRegistryProps) {
  const expire = { action: { type: 'expire' } };
  const newest = (tag: string, count: number) => ({
    selection: { tagStatus: 'tagged', tagPatternList: [tag], countType: 'imageCountMoreThan', countNumber: count },
  });
  return [
    // Later rules do not expire an image that this one matches, and exactly one image has this tag.
    { rulePriority: 1, description: 'Keep the running image', ...newest(runningTag, 1), ...expire },
    {
      rulePriority: 2,
      description: `Keep the newest ${keptImages} tagged images`,
      ...newest('*', keptImages),
      ...expire,
    },
    {
      rulePriority: 3,
      // A tag that moved leaves the running image untagged, and ECS restarts a task by digest: not at once.
      description: `Delete untagged images after ${untaggedExpiration.toDays()} days`,
      selection: {
        tagStatus: 'untagged',
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: untaggedExpiration.toDays(),
      },
      ...expire,
    },
  ];
}
