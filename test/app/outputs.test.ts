import { Part, type StackPart } from '../../lib/contract';
import { deployed } from '../support/deployed';
import { everyEnvironment } from '../support/environments';
import { text } from '../support/template';

type Environment = keyof typeof everyEnvironment;

/** The outputs of an environment: addresses, and commands that ask for its own resources in its own region. */
function expected(environment: Environment) {
  const { region, webService, userImport } = everyEnvironment[environment];
  const stack = deployed(environment);
  const web = (path: string) => text(stack.partAt(Part.webTaskDefinition, `ContainerDefinitions.0.${path}`));
  const job = (path: string) => text(stack.partAt(Part.jobDefinition, `ContainerProperties.${path}`));
  const nameOf = (part: StackPart) => stack.part(part).name;
  const here = `--region ${region}`;
  const [registry = '', own = ''] = web('Image').split(/\/|-app:/);
  const LOG = 'LogConfiguration.Options.awslogs-group';
  const addresses = {
    ApplicationUrl: web('Environment.NEXTAUTH_URL.Value'),
    AppRepositoryUri: `${registry}/${own}-app`,
    BatchRepositoryUri: `${registry}/${own}-batch`,
    BucketName: web('Environment.AWS_S3_BUCKET_NAME.Value'),
    RegistryLogin: `aws ecr get-login-password ${here} | docker login --username AWS --password-stdin ${registry}`,
    AppLogs: `aws logs tail ${web(LOG)} --follow ${here}`,
    MasterSecretArn: 'Database/MasterSecret',
    ConnectionUrlArn: 'Database/ConnectionUrl',
    SessionSecretArn: 'Web/SessionSecret',
    ...(webService.settings && { SettingsSecretArn: 'Settings/Secret' }),
    ...(webService.migration && { Migrated: '' }),
  };
  const imports = userImport && {
    ImportLogs: `aws logs tail ${job(LOG)} --follow ${here}`,
    // Files to import are in this folder (guide 4-2), and the job knows them by this variable (guide 12-9).
    SubmitImport:
      `aws batch submit-job --job-name user-import --job-queue ${nameOf(Part.jobQueue)} ` +
      `--job-definition ${nameOf(Part.jobDefinition)} ` +
      `--container-overrides 'environment=[{name=IMPORT_FILE_KEY,value=imports/users.csv}]' ${here}`,
  };
  if (!webService.executeCommand) return { ...addresses, ...imports };
  const cluster = nameOf(Part.cluster);
  const service = nameOf(Part.webService);
  const database = nameOf(Part.database);
  const task = `"$(aws ecs list-tasks --cluster ${cluster} --service-name ${service} ${here} --query 'taskArns[0]' --output text)"`;
  const port = text(stack.partAt(Part.database, 'Port'));
  return {
    ...addresses,
    ...imports,
    Shell:
      `aws ecs execute-command --cluster ${cluster} --task ${task} --container ${web('Name')} --interactive ` +
      `--command /bin/sh ${here}`,
    DatabaseTunnel:
      `TASK=${task}; aws ssm start-session ${here} --target "ecs:${cluster}_\${TASK##*/}_$(aws ecs describe-tasks ` +
      `--cluster ${cluster} --tasks "$TASK" ${here} --query "tasks[0].containers[?name=='${web('Name')}'] | [0].runtimeId" --output text)" ` +
      '--document-name AWS-StartPortForwardingSessionToRemoteHost ' +
      `--parameters host=${database}.Endpoint.Address,portNumber=${port},localPortNumber=15432`,
    // The tunnel's end on the reader's machine takes the place of the endpoint in DATABASE_URL.
    DatabaseShell:
      `psql "$(aws secretsmanager get-secret-value --secret-id Database/ConnectionUrl ${here} --query SecretString ` +
      `--output text | sed 's|@[^/]*/|@localhost:15432/|')"`,
  };
}

test.each(Object.keys(everyEnvironment) as Environment[])(
  '%s: each output is an address of the stack, or a command on its own resources that is ready to paste',
  (environment) => {
    const stack = deployed(environment);
    const outputs = stack.template.Outputs ?? {};
    expect(Object.fromEntries(Object.keys(outputs).map((id) => [id, stack.output(id)]))).toEqual(expected(environment));
    for (const { Description } of Object.values(outputs)) expect(Description).toMatch(/^[A-Z].{10,}[^.]$/);
    expect(outputs['DatabaseTunnel']?.Description ?? 'localhost:15432 ').toContain('localhost:15432 ');
  },
);
