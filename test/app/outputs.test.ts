import { Part, type StackPart } from '../../lib/contract';
import { deployed } from '../support/deployed';
import { everyEnvironment } from '../support/environments';
import { type Json, type Template, text } from '../support/template';

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

/** True for a resource's name or another attribute: CloudFormation refuses the output if there is no such resource. */
function isAttributeOfResource(value: Json, { Resources }: Template): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return 'Fn::GetAtt' in value || text(value['Ref'] ?? '') in Resources;
}

test.each<{ readonly title: string; readonly value: Json; readonly isAttribute: boolean }>([
  { title: "a bucket's name is", value: { Ref: 'Files' }, isAttribute: true },
  { title: "a queue's ARN is", value: { 'Fn::GetAtt': ['Queue', 'Arn'] }, isAttribute: true },
  { title: 'a parameter is not: its value may be empty', value: { Ref: 'AppImageTag' }, isAttribute: false },
  { title: 'a fixed text is not', value: 'prooflink-dev-files', isAttribute: false },
  { title: 'a command is not', value: { 'Fn::Sub': 'aws s3 ls ${Files}' }, isAttribute: false },
])('an output needs a row in this file unless it is an attribute of a resource: $title', ({ value, isAttribute }) => {
  expect(isAttributeOfResource(value, { Resources: { Files: { Type: 'AWS::S3::Bucket' } } })).toBe(isAttribute);
});

test.each(Object.keys(everyEnvironment) as Environment[])(
  '%s: each output is an address of the stack, or a command on its own resources that is ready to paste',
  (environment) => {
    const stack = deployed(environment);
    const outputs = stack.template.Outputs ?? {};
    const rows = expected(environment);
    const checked = Object.entries(outputs)
      .filter(([id, { Value }]) => id in rows || !isAttributeOfResource(Value, stack.template))
      .map(([id]) => [id, stack.output(id)]);
    expect(Object.fromEntries(checked)).toEqual(rows);
    for (const { Description } of Object.values(outputs)) expect(Description).toMatch(/^[A-Z].{10,}[^.]$/);
    expect(outputs['DatabaseTunnel']?.Description ?? 'localhost:15432 ').toContain('localhost:15432 ');
  },
);
