import { type IRepository, Repository, RepositoryEncryption, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type ImageRegistryConfig, isOn } from '../config/environment';

/** What a repository is made from. */
export interface ImageRegistryProps extends ImageRegistryConfig {
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

    this.repository = new Repository(this, 'Repository', {
      repositoryName: props.repositoryName,
      encryption: RepositoryEncryption.AES_256,
      imageTagMutability: isOn(props.immutableTags) ? TagMutability.IMMUTABLE : TagMutability.MUTABLE,
      imageScanOnPush: isOn(props.scanOnPush),
      removalPolicy: props.removalPolicy,
      emptyOnDelete: props.removalPolicy === RemovalPolicy.DESTROY,
      lifecycleRules: [
        {
          rulePriority: 1,
          // An image that a rule selects is out of reach of every later rule, and only one image has this tag.
          description: 'Keep the running image',
          tagStatus: TagStatus.TAGGED,
          tagPatternList: [props.runningTag],
          maxImageCount: 1,
        },
        {
          rulePriority: 2,
          description: `Keep the newest ${props.keptImages} tagged images`,
          tagStatus: TagStatus.TAGGED,
          tagPatternList: ['*'],
          maxImageCount: props.keptImages,
        },
        {
          rulePriority: 3,
          // A tag that moved leaves the running image untagged, and ECS restarts a task by digest: not at once.
          description: `Delete untagged images after ${props.untaggedExpiration.toDays()} days`,
          tagStatus: TagStatus.UNTAGGED,
          maxImageAge: props.untaggedExpiration,
        },
      ],
    });
  }
}
