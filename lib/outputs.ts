import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib/core';
import type { ResourceNames } from './config/names';
import type { Database } from './constructs/database';
import type { LoadBalancer } from './constructs/load-balancer';
import type { UserImport } from './constructs/user-import';
import type { WebService } from './constructs/web-service';
import { IMPORTS_PREFIX, Output, Variable } from './contract';

export interface OutputsProps {
  readonly names: ResourceNames;
  readonly loadBalancer: LoadBalancer;
  readonly database: Database;
  readonly bucket: IBucket;
  readonly appRepository: IRepository;
  /** `undefined` where users are not imported. */
  readonly batchRepository: IRepository | undefined;
  readonly userImport: UserImport | undefined;
  readonly web: WebService;
  readonly settingsSecret: ISecret | undefined;
}

/** Adds the stack's outputs: addresses, and commands to paste that no command of `npm run prooflink` replaces. */
export function addOutputs(stack: Stack, props: OutputsProps): void {
  const { names, database, appRepository, batchRepository } = props;
  const region = `--region ${stack.region}`;
  const output = (id: string, description: string, value: string) => {
    new CfnOutput(stack, id, { description, value });
  };

  output(Output.applicationUrl, 'Where the application answers', props.loadBalancer.applicationUrl);
  output(Output.appRepositoryUri, 'Where to push the image of the web application', appRepository.repositoryUri);
  if (batchRepository) {
    output(Output.batchRepositoryUri, 'Where to push the image of the user import', batchRepository.repositoryUri);
  }
  output(
    'RegistryLogin',
    'Logs Docker in to the registry, for twelve hours',
    `aws ecr get-login-password ${region} | docker login --username AWS --password-stdin ` +
      Fn.select(0, Fn.split('/', appRepository.repositoryUri)),
  );
  output(Output.bucketName, 'The bucket with the uploaded files', props.bucket.bucketName);
  output('MasterSecretArn', 'The secret with the password of the database', database.masterSecret.secretArn);
  output('ConnectionUrlArn', 'The secret with DATABASE_URL', database.connectionUrl.secretArn);
  output('SessionSecretArn', 'The secret with NEXTAUTH_SECRET', props.web.sessionSecret.secretArn);
  if (props.settingsSecret) {
    output(
      Output.settingsSecretArn,
      "The secret with the application's secret settings",
      props.settingsSecret.secretArn,
    );
  }
  if (props.userImport) {
    output(
      'SubmitImport',
      'Imports the users of a CSV file in the bucket; put its key for the one here',
      `aws batch submit-job --job-name user-import --job-queue ${names.jobQueue} --job-definition ` +
        `${names.jobDefinition} --container-overrides ` +
        `'environment=[{name=${Variable.importFileKey},value=${IMPORTS_PREFIX}users.csv}]' ${region}`,
    );
  }
}
