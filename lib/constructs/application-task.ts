import {
  type ContainerDefinitionOptions,
  CpuArchitecture,
  FargateTaskDefinition,
  OperatingSystemFamily,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { EnvironmentConfig } from '../config/environment';
import { plainVariables } from '../config/sections/settings';
import type { WebServiceConfig } from '../config/sections/web-service';
import { CONTAINER_NAME } from '../contract';
import type { ContainerRoles } from './container-roles';
import { type ContainerSecrets, containerSecrets } from './settings';

export interface ApplicationTaskProps extends Pick<WebServiceConfig, 'size'>, ContainerSecrets {
  readonly family: string;
  readonly cpuArchitecture: EnvironmentConfig['cpuArchitecture'];
  readonly roles: ContainerRoles;
  readonly bucket: IBucket;
  readonly applicationUrl: string;
  /** Time for which the application keeps idle connections. */
  readonly keepAlive: Duration;
  /** Further variables of the container besides the guide's. */
  readonly extraEnvironment: Readonly<Record<string, string>>;
  /** The container, without its variables and secrets. */
  readonly container: ContainerDefinitionOptions;
}

/** Task definition of the web application on Fargate, with its variables and secrets (guide 7-3). */
export class ApplicationTask extends FargateTaskDefinition {
  constructor(scope: Construct, id: string, props: ApplicationTaskProps) {
    super(scope, id, {
      family: props.family,
      cpu: props.size.cpu,
      memoryLimitMiB: props.size.memory.toMebibytes(),
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.of(props.cpuArchitecture),
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      executionRole: props.roles.executionRole,
      taskRole: props.roles.taskRole,
    });
    this.addContainer(CONTAINER_NAME, {
      ...props.container,
      environment: {
        NODE_ENV: 'production',
        NEXTAUTH_URL: props.applicationUrl,
        // Auth.js 5 refuses every sign-in behind a load balancer without it; version 4 reads NEXTAUTH_URL alone.
        AUTH_URL: props.applicationUrl,
        AWS_REGION: Stack.of(this).region,
        AWS_S3_BUCKET_NAME: props.bucket.bucketName,
        // Beyond the guide's variables; Next.js's standalone server reads it.
        KEEP_ALIVE_TIMEOUT: String(props.keepAlive.toMilliseconds()),
        ...props.extraEnvironment,
        ...plainVariables(props.settings),
      },
      secrets: containerSecrets(props, (secret, key) => Secret.fromSecretsManager(secret, key)),
    });
    acknowledge(this, {
      'AwsSolutions-ECS2': 'These variables are no secrets (guide 7-3); the secrets come from Secrets Manager.',
    });
  }
}
