import { spawnSync } from 'node:child_process';
import { at, type Deployed, deployed } from '../support/deployed';
import { everyEnvironment } from '../support/environments';
import { text } from '../support/template';

/** Answers of AWS: the web task that runs, and its container. */
const TASK = 'arn:aws:ecs:ap-northeast-1:123456789012:task/cluster/0123abc';
const RUNTIME = '0123abc-456';

const all = (Object.keys(everyEnvironment) as (keyof typeof everyEnvironment)[]).map((environment) => {
  const stack = deployed(environment);
  return { environment, config: everyEnvironment[environment], stack, ...run(stack) };
});

describe.each(all)('$environment', ({ environment, config, stack, status, calls }) => {
  test('every output says what it is for', () => {
    for (const { Description } of outputsOf(stack)) expect(Description).toMatch(/^[A-Z].{10,}[^.]$/);
  });

  test('what a team needs on its first day is there', () => {
    const shell = config.webService.executeCommand ? ['DatabaseShell', 'DatabaseTunnel', 'Shell'] : [];
    const imports = config.userImport ? ['ImportLogs', 'SubmitImport'] : [];
    const urls = ['ApplicationUrl', 'AppRepositoryUri', 'BatchRepositoryUri', 'BucketName'];
    const settings = config.webService.settings ? ['SettingsSecretArn'] : [];
    const migrated = config.webService.migration ? ['Migrated'] : [];
    const ids = outputsOf(stack).map(({ id }) => id);
    expect(ids.sort()).toEqual(
      [...urls, 'AppLogs', 'RegistryLogin', ...shell, ...imports, ...settings, ...migrated].sort(),
    );
  });

  test('every command is ready to paste, and asks AWS in this region: the reader’s own may be another', () => {
    expect(status).toBe(0);
    const asked = Object.values(calls).flatMap((those) => those.filter(({ program }) => program === 'aws'));
    expect(asked.length).toBeGreaterThanOrEqual(2);
    expect([...new Set(asked.map(({ options }) => options['region']))]).toEqual([config.region]);
  });

  test('the address and the bucket are those in the web tasks’ environment', () => {
    const variables = at(
      stack.one('AWS::ECS::TaskDefinition', 'Web/TaskDefinition').properties,
      'ContainerDefinitions.0.Environment',
    );
    expect(stack.output('ApplicationUrl')).toBe(at(variables, 'NEXTAUTH_URL.Value'));
    expect(stack.output('BucketName')).toBe(at(variables, 'AWS_S3_BUCKET_NAME.Value'));
  });

  test('images are pushed to the registry that Docker is logged in to', () => {
    const login = calls['RegistryLogin']?.find(({ program }) => program === 'docker');
    for (const image of ['app', 'batch']) {
      const uri = stack.output(image === 'app' ? 'AppRepositoryUri' : 'BatchRepositoryUri');
      expect(uri).toBe(`${login?.options['password-stdin']}/prooflink-${environment.replace('lib/', '')}-${image}`);
    }
  });

  test('the logs that are followed are the web tasks’', () => {
    const group = 'ContainerDefinitions.0.LogConfiguration.Options.awslogs-group';
    const [tail] = calls['AppLogs'] ?? [];
    expect(tail?.words).toEqual([
      'logs',
      'tail',
      at(stack.one('AWS::ECS::TaskDefinition', 'Web/TaskDefinition').properties, group),
    ]);
    expect(tail?.options).toHaveProperty('follow');
  });
});

describe.each(all.filter(({ config }) => config.webService.executeCommand))(
  '$environment',
  ({ config, stack, calls }) => {
    const cluster = stack.one('AWS::ECS::Cluster').name;

    test('the shell opens in the container of a task of this service', () => {
      const [found, opened] = calls['Shell'] ?? [];
      expect(found?.options).toMatchObject({ cluster, 'service-name': stack.one('AWS::ECS::Service').name });
      const container = at(
        stack.one('AWS::ECS::TaskDefinition', 'Web/TaskDefinition').properties,
        'ContainerDefinitions.0.Name',
      );
      expect(opened?.options).toMatchObject({ cluster, task: TASK, container, command: '/bin/sh' });
    });

    test('psql goes into the tunnel, and the tunnel leads to the database', () => {
      const [found, described, opened] = calls['DatabaseTunnel'] ?? [];
      expect(found?.options).toMatchObject({ cluster, 'service-name': stack.one('AWS::ECS::Service').name });
      expect(described?.options).toMatchObject({ cluster, tasks: TASK });
      expect(opened?.options['target']).toBe(`ecs:${cluster}_0123abc_${RUNTIME}`);
      const { host, portNumber, localPortNumber } = pairs(opened?.options['parameters']);
      const { name, properties } = stack.one('AWS::RDS::DBInstance');
      expect(stack.template.Outputs?.['DatabaseTunnel']?.Description).toContain(`localhost:${localPortNumber} `);
      expect({ host, portNumber }).toEqual({ host: `${name}.Endpoint.Address`, portNumber: properties['Port'] });

      const [asked, psql] = calls['DatabaseShell'] ?? [];
      expect(asked?.options['secret-id']).toBe('Database/ConnectionUrl');
      expect(psql?.words[0]).toMatch(
        new RegExp(`@localhost:${localPortNumber}/${config.database.databaseName}\\?sslmode=`),
      );
    });
  },
);

describe.each(all.filter(({ config }) => config.userImport))('$environment', ({ stack, calls }) => {
  test('an import is a job of this definition on this queue, with its file as a parameter', () => {
    const [submit] = calls['SubmitImport'] ?? [];
    expect(submit?.words).toEqual(['batch', 'submit-job']);
    expect(submit?.options['job-queue']).toBe(stack.one('AWS::Batch::JobQueue').name);
    expect(submit?.options['job-definition']).toBe(stack.one('AWS::Batch::JobDefinition').name);
    // Files to import are in this folder (guide 4-2), and the job knows them by this variable (guide 12-9).
    expect(submit?.options['container-overrides']).toMatch(
      /^environment=\[\{name=IMPORT_FILE_KEY,value=imports\/[\w.]+\}\]$/,
    );
  });

  test('the logs of imports that are followed are the jobs’', () => {
    const group = 'ContainerProperties.LogConfiguration.Options.awslogs-group';
    const [tail] = calls['ImportLogs'] ?? [];
    expect(tail?.words).toEqual(['logs', 'tail', at(stack.one('AWS::Batch::JobDefinition').properties, group)]);
  });
});

function outputsOf(stack: Deployed): { id: string; Description: string; value: string }[] {
  const outputs = Object.entries(stack.template.Outputs ?? {});
  return outputs.map(([id, { Description = '' }]) => ({ id, Description, value: text(stack.output(id)) }));
}

/** A program that was called: its words, and its options by their names. */
interface Call {
  readonly program: string;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Runs the outputs that are commands in a shell whose programs note how they are called, and answer as AWS would; returns
 * what each command called.
 */
function run(stack: Deployed): { status: number | null; calls: Record<string, Call[]> } {
  const url = stack.one('AWS::SecretsManager::Secret', 'Database/ConnectionUrl').properties['SecretString'];
  const commands = outputsOf(stack).filter(({ value }) => /^(aws|TASK=|psql)/.test(value));
  const script = [
    // In one piece: the programs of a pipe run at the same time.
    `note() ( IFS=$(printf '\\037'); printf '%s\\n' "$*" >&2 )`,
    `aws() { note aws "$@"; case "$2" in`,
    `  list-tasks) echo ${TASK};; describe-tasks) echo ${RUNTIME};; get-secret-value) echo '${text(url)}';; esac; }`,
    'docker() { note docker "$@"; }; psql() { note psql "$@"; }; set -eu',
    ...commands.map(({ id, value }) => `note = ${id}\n${value}`),
  ];
  const { status, stderr } = spawnSync('sh', ['-c', script.join('\n')], { encoding: 'utf8' });
  const calls: Record<string, Call[]> = {};
  let id = '';
  for (const call of stderr.trim().split('\n').map(read)) {
    if (call.program === '=') calls[(id = call.words[0] ?? '')] = [];
    else calls[id]?.push(call);
  }
  return { status, calls };
}

function read(line: string): Call {
  const [program = '', ...rest] = line.split('\u001f');
  const words = rest.slice(0, [...rest.map((word) => word.startsWith('--')), true].indexOf(true));
  const options: Record<string, string> = {};
  for (const [index, word] of rest.entries()) {
    const next = rest[index + 1] ?? '';
    if (word.startsWith('--')) options[word.slice(2)] = next.startsWith('--') ? '' : next;
  }
  return { program, words, options };
}

/** `a=1,b=2`, as the AWS CLI takes parameters. */
function pairs(written = ''): Partial<Record<string, string>> {
  return Object.fromEntries(written.split(',').map((pair) => pair.split('=') as [string, string]));
}
