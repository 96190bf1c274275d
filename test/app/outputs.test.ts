import { Part, type StackPart } from '../../lib/contract';
import { type Deployed, deployed } from '../support/deployed';
import { everyEnvironment } from '../support/environments';
import { type Json, type Template, text } from '../support/template';

type Environment = keyof typeof everyEnvironment;

const environments = Object.keys(everyEnvironment) as Environment[];

/** Names that the commands of an environment need, read from its resources: outputs are made of other values. */
class Names {
  /** As every command ends: AWS's CLI has another region on some machines. */
  readonly region: string;
  private readonly stack: Deployed;

  constructor(environment: Environment) {
    this.stack = deployed(environment);
    this.region = `--region ${everyEnvironment[environment].region}`;
  }

  of(part: StackPart): string {
    return this.stack.part(part).name;
  }

  /** A value of the web container. */
  web(path: string): string {
    return text(this.stack.partAt(Part.webTaskDefinition, `ContainerDefinitions.0.${path}`));
  }

  /** A value of the import's container. */
  job(path: string): string {
    return text(this.stack.partAt(Part.jobDefinition, `ContainerProperties.${path}`));
  }
}

/** Outputs by their ids. */
type Outputs = Readonly<Record<string, string>>;

/** Outputs of every environment. */
function addresses(environment: Environment): Outputs {
  const names = new Names(environment);
  const { region } = names;
  const [registry = '', prefix = ''] = names.web('Image').split(/\/|-app:/);
  const login = `aws ecr get-login-password ${region}`;
  const { settings, migration } = everyEnvironment[environment].webService;
  return {
    ApplicationUrl: names.web('Environment.NEXTAUTH_URL.Value'),
    AppRepositoryUri: `${registry}/${prefix}-app`,
    BucketName: names.web('Environment.AWS_S3_BUCKET_NAME.Value'),
    RegistryLogin: `${login} | docker login --username AWS --password-stdin ${registry}`,
    MasterSecretArn: 'Database/MasterSecret',
    ConnectionUrlArn: 'Database/ConnectionUrl',
    SessionSecretArn: 'Web/SessionSecret',
    ...(settings && { SettingsSecretArn: 'Settings/Secret' }),
    ...(migration && { Migrated: '' }),
  };
}

/** Outputs of an environment with a user import. */
function outputsOfImport(environment: Environment): Outputs {
  const names = new Names(environment);
  const { region } = names;
  const queue = `--job-queue ${names.of(Part.jobQueue)}`;
  const definition = `--job-definition ${names.of(Part.jobDefinition)}`;
  // Files to import are in this folder (guide 4-2), and the job knows them by this variable (guide 12-9).
  const overrides = "--container-overrides 'environment=[{name=IMPORT_FILE_KEY,value=imports/users.csv}]'";
  const [repository = ''] = names.job('Image').split(':');
  return {
    BatchRepositoryUri: repository,
    SubmitImport: `aws batch submit-job --job-name user-import ${queue} ${definition} ${overrides} ${region}`,
  };
}

function expectedOutputs(environment: Environment): Outputs {
  const { userImport } = everyEnvironment[environment];
  return {
    ...addresses(environment),
    ...(userImport && outputsOfImport(environment)),
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
])('an output needs a row here unless it is an attribute of a resource: $title', ({ value, isAttribute }) => {
  expect(isAttributeOfResource(value, { Resources: { Files: { Type: 'AWS::S3::Bucket' } } })).toBe(isAttribute);
});

describe.each(environments)('%s', (environment) => {
  const stack = deployed(environment);
  const outputs = stack.template.Outputs ?? {};

  test('each output is an address of the stack, or a command on its resources to paste', () => {
    const expected = expectedOutputs(environment);
    const checked = Object.entries(outputs).filter(([id, { Value }]) => {
      return id in expected || !isAttributeOfResource(Value, stack.template);
    });
    const values = Object.fromEntries(checked.map(([id]) => [id, stack.output(id)]));
    expect(values).toEqual(expected);
  });

  test('each output says what it is for, in a sentence without a full stop', () => {
    for (const { Description } of Object.values(outputs)) expect(Description).toMatch(/^[A-Z].{10,}[^.]$/);
  });
});
