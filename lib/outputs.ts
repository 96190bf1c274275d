import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from './config/environment';
import type { ResourceNames } from './config/names';
import type { Database } from './constructs/database';
import type { LoadBalancer } from './constructs/load-balancer';
import type { UserImport } from './constructs/user-import';
import type { WebService } from './constructs/web-service';
import { CONTAINER_NAME, DATABASE_PORT, IMPORTS_PREFIX, Output, Variable } from './contract';

export interface OutputsProps {
  readonly names: ResourceNames;
  readonly config: Pick<EnvironmentConfig, 'webService'>;
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

/** Port of the tunnel to the database on the reader's own machine. */
const LOCAL_PORT = 15432;

/** Adds the stack's outputs: addresses, and commands that are ready to paste into a POSIX shell. */
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
  output(
    Output.appLogs,
    'Follows the logs of the web application',
    `aws logs tail ${names.logGroups.app} --follow ${region}`,
  );

  if (props.config.webService.executeCommand) {
    const anyTask =
      `aws ecs list-tasks --cluster ${names.cluster} --service-name ${names.service} ${region} ` +
      `--query 'taskArns[0]' --output text`;
    output(
      'Shell',
      'Opens a shell in a running web task (needs the Session Manager plugin)',
      `aws ecs execute-command --cluster ${names.cluster} --task "$(${anyTask})" --container ${CONTAINER_NAME} ` +
        `--interactive --command /bin/sh ${region}`,
    );
    output(
      'DatabaseTunnel',
      `Opens localhost:${LOCAL_PORT} as a tunnel to the database, through a running web task`,
      `TASK="$(${anyTask})"; aws ssm start-session ${region} --target "ecs:${names.cluster}_\${TASK##*/}_$(aws ecs ` +
        `describe-tasks --cluster ${names.cluster} --tasks "$TASK" ${region} --query ` +
        // GuardDuty may add a container before the application's.
        `"tasks[0].containers[?name=='${CONTAINER_NAME}'] | [0].runtimeId" --output text)" ` +
        `--document-name AWS-StartPortForwardingSessionToRemoteHost --parameters ` +
        `host=${database.instance.dbInstanceEndpointAddress},portNumber=${DATABASE_PORT},localPortNumber=${LOCAL_PORT}`,
    );
    output(
      'DatabaseShell',
      'Opens psql through the tunnel, in a second terminal',
      // Not in the list of processes: the password, which has letters and digits only.
      `URL="$(aws secretsmanager get-secret-value --secret-id ${database.connectionUrl.secretArn} ${region} ` +
        `--query SecretString --output text | sed 's|@[^/]*/|@localhost:${LOCAL_PORT}/|')"; ` +
        `PGPASSWORD="$(sed 's|.*:\\([^:@]*\\)@.*|\\1|' <<< "$URL")" psql "$(sed 's|:[^:@]*@|@|' <<< "$URL")"`,
    );
  }
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
    output(
      Output.importLogs,
      'Follows the logs of the import jobs',
      `aws logs tail ${names.logGroups.batch} --follow ${region}`,
    );
  }
}
