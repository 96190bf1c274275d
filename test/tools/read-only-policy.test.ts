import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMPARED_BY_CLOUDFORMATION } from '../../tools/deployed/changed-by-hand/cloudformation-drift';
import { NEVER_ALLOWED, READ_BY_CLOUDFORMATION } from './read-by-cloudformation';

const ROOT = join(__dirname, '../..');

/** Folders of the commands that only read. */
const READERS = ['health', 'drift'];

/** IAM's names of services whose SDK package has another name. */
const PREFIXES: Readonly<Record<string, string>> = {
  'application-auto-scaling': 'application-autoscaling',
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  eventbridge: 'events',
  'route-53': 'route53',
  'secrets-manager': 'secretsmanager',
  'service-quotas': 'servicequotas',
};

/** IAM's actions whose names differ from the operation's. */
const RIGHTS: Readonly<Record<string, string>> = { 'budgets:DescribeBudget': 'budgets:ViewBudget' };

/** A tool's files, and those of what tools share that they load. */
function filesOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  if (statSync(file).isDirectory()) {
    for (const name of readdirSync(file)) filesOf(join(file, name), seen);
    return seen;
  }
  seen.add(file);
  for (const [, from = ''] of read(file).matchAll(/from '(\.[^']+)'/g)) {
    const path = `${join(dirname(file), from)}.ts`;
    if (path.startsWith(join(ROOT, 'tools'))) filesOf(path, seen);
  }
  return seen;
}

const read = (file: string) => readFileSync(file, 'utf8');

/** Calls of the SDK in a text, as IAM's actions: by the commands of a client, or by its methods. */
function actionsIn(text: string): string[] {
  const imports = [...text.matchAll(/import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].map(
    ([, names = '', client = '']) => ({
      client,
      names: names.split(',').map((name) => name.trim().replace(/^type /, '')),
    }),
  );
  const methods = [...text.matchAll(/(\w+)?\)?\.(\w+)\(/g)].map(([, on = '', method = '']) => ({ on, method }));
  return imports.flatMap(({ client, names }) => {
    const sdk = jest.requireActual<Record<string, { prototype?: object } | undefined>>(`@aws-sdk/client-${client}`);
    // Services may have a method of one name: `client(EC2).describeImages` is not ECR's.
    const isOwn = (name: string, { on, method }: (typeof methods)[number]) =>
      Object.hasOwn(sdk[name]?.prototype ?? {}, method) &&
      (on === name || !imports.some((other) => other.names.includes(on)));
    const called = methods.filter((each) => names.some((name) => isOwn(name, each))).map(({ method }) => method);
    return [...names.filter((name) => /^paginate|Command$/.test(name)), ...called]
      .map((name) => name.replace(/^paginate|Command$/g, '').replace(/^./, (first) => first.toUpperCase()))
      .map((name) => `${PREFIXES[client] ?? client}:${name}`)
      .map((action) => RIGHTS[action] ?? action);
  });
}

const sent = new Set(
  READERS.flatMap((folder) => [...filesOf(join(ROOT, 'tools/operate', folder))]).flatMap((file) =>
    actionsIn(read(file)),
  ),
);
/** `doctor` asks for it where it may, and does without it where it may not: the policy shows no secret. */
sent.delete('secretsmanager:GetSecretValue');
const policy = JSON.parse(read(join(ROOT, 'docs/read-only-policy.json'))) as {
  Version: string;
  Statement: { Effect: string; Action: string[]; Resource: string }[];
};

/** Further calls of CloudFormation for them. */
const compared = new Set(
  Object.values(READ_BY_CLOUDFORMATION)
    .flatMap((actions) => actions.split(' '))
    .filter((action) => !sent.has(action) && !NEVER_ALLOWED.includes(action)),
);

test('docs/read-only-policy.json allows what the tools that only read send, and nothing else', () => {
  expect(policy.Version).toBe('2012-10-17');
  expect(policy.Statement.map(({ Effect }) => Effect)).toEqual(['Allow', 'Allow']);
  expect(policy.Statement.map(({ Action }) => Action)).toEqual([[...sent].sort(), [...compared].sort()]);
});

test('it is known what CloudFormation reads of each type that it compares', () => {
  expect(new Set(Object.keys(READ_BY_CLOUDFORMATION))).toEqual(COMPARED_BY_CLOUDFORMATION);
});

test('a managed policy has room for it', () => {
  expect(JSON.stringify(policy).length).toBeLessThan(6144);
});

test('none of it changes anything', () => {
  const reads = /^[a-z-]+[a-z0-9-]*:(Describe|List|Get|BatchGet|Detect|Filter|Simulate|View)[A-Za-z]+$/;
  expect([...sent, ...compared].filter((action) => !reads.test(action))).toEqual([]);
});
