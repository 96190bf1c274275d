import type { ContainerDefinition } from '@aws-sdk/client-ecs';

/** What the web tasks and the import jobs have in common: both are containers on Fargate. */
export interface Containers {
  readonly who: 'web tasks' | 'import jobs';
  /** The option of `release` for their image's tag. */
  readonly tagOption: '--app' | '--batch';
  readonly definition: () => Promise<Definition>;
  readonly network: () => Promise<{ readonly subnets: string[]; readonly groups: string[] }>;
  /** What brings their definition back to the stack's. */
  readonly mend: (definition: Definition) => string;
}

/** What a container runs, as ECS and AWS Batch have it in common. */
export interface Definition extends Required<Pick<ContainerDefinition, 'image' | 'environment' | 'secrets'>> {
  readonly arn: string;
  readonly executionRole: string;
  readonly taskRole: string;
  readonly logGroup: string;
  readonly hasPublicAddress: boolean;
}

type Container = Pick<ContainerDefinition, 'image' | 'environment' | 'secrets'> & {
  readonly logConfiguration?: { readonly options?: Record<string, string> };
};

export function definition(
  { image = '', environment = [], secrets = [], logConfiguration }: Container,
  { arn = '', executionRole = '', taskRole = '', publicAddress = 'DISABLED' },
): Definition {
  const logGroup = logConfiguration?.options?.['awslogs-group'] ?? '';
  const hasPublicAddress = publicAddress === 'ENABLED';
  return { arn, image, environment, secrets, executionRole, taskRole, logGroup, hasPublicAddress };
}

/** `123456789012.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`, or with `@sha256:…`. */
export function registryOf(image: string): { readonly repository: string; readonly reference: string } {
  const [, repository = '', reference = ''] = /^\d{12}\.dkr\.ecr\.[^/]+\/([^:@]+)[:@](.+)$/.exec(image) ?? [];
  return { repository, reference };
}

/** `arn:aws:secretsmanager:<region>:<account>:secret:<name>`, and behind it perhaps `:<key>:<stage>:<version>`. */
export function secretOf(valueFrom = ''): { readonly arn: string; readonly key: string } {
  const parts = valueFrom.split(':');
  return { arn: parts.slice(0, 7).join(':'), key: parts[7] ?? '' };
}

/** The bucket that a container is told. */
export function bucketOf({ environment }: Definition): string {
  return environment.find(({ name }) => name === 'AWS_S3_BUCKET_NAME')?.value ?? '';
}
