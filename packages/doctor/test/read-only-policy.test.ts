import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { faultsByReference } from '@infra/testing/authorization-reference';
import { everyEnvironment, type TestStack } from '@infra/testing/environments';
import { template } from '@infra/testing/assembly';
import { COVERAGE, isComparedByCloudFormation } from '../src/changed-by-hand/coverage';
import { NEVER_ALLOWED, READ_BY_CLOUDFORMATION } from '@infra/operate/test/read-by-cloudformation';

const ROOT = join(__dirname, '../../..');

/** Folders of the commands that only read: status and doctor are in `health`. */
const READING_COMMANDS = ['health', 'drift'];

/** Prefixes of IAM's actions that differ from the name of the SDK's client. */
const PREFIXES: Readonly<Record<string, string>> = {
  'application-auto-scaling': 'application-autoscaling',
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  eventbridge: 'events',
  'route-53': 'route53',
  'secrets-manager': 'secretsmanager',
  'service-quotas': 'servicequotas',
};

/** IAM's actions whose names differ from the names of their operations. */
const RENAMED_ACTIONS: Readonly<Record<string, string>> = { 'budgets:DescribeBudget': 'budgets:ViewBudget' };

/** Further actions that IAM checks for an operation (AWS's service authorization reference). */
const FURTHER_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'wafv2:ListResourcesForWebACL': ['elasticloadbalancing:DescribeWebACLAssociation'],
};

const readText = (file: string) => readFileSync(file, 'utf8');

/** Imports of a file that are relative, or of the package that reads AWS. */
const IMPORT = /from '(\.[^']+|@infra\/operate\/[^']+)'/g;

/** Files of a command, and those of packages that they load. */
function filesOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  if (statSync(file).isDirectory()) {
    for (const name of readdirSync(file)) filesOf(join(file, name), found);
    return found;
  }
  found.add(file);
  for (const [, module = ''] of readText(file).matchAll(IMPORT)) {
    const path = module.startsWith('.')
      ? join(dirname(file), module)
      : join(ROOT, 'packages/operate/src', module.replace('@infra/operate/', ''));
    if (!path.includes('/lib/')) filesOf(`${path}.ts`, found);
  }
  return found;
}

/** A client of the SDK that a file imports, such as `ecr`, and the names that it imports of it. */
interface SdkImport {
  readonly client: string;
  readonly names: readonly string[];
}

const SDK_IMPORT = /import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g;

function sdkImportsIn(text: string): SdkImport[] {
  return Array.from(text.matchAll(SDK_IMPORT), ([, list = '', client = '']) => ({
    client,
    names: list.split(',').map((name) => name.trim().replace(/^type /, '')),
  }));
}

/** A call of a method, and the word before it: `client(EC2).describeImages()` has the receiver `EC2`. */
interface MethodCall {
  readonly receiver: string;
  readonly method: string;
}

/** Any call of a method: `ecs.listTasks(`, `client(EC2).describeImages(` or, without a word before it, `[].map(`. */
const METHOD_CALL = /(\w+)?\)?\.(\w+)\(/g;

function methodCallsIn(text: string): MethodCall[] {
  return Array.from(text.matchAll(METHOD_CALL), ([, receiver = '', method = '']) => ({ receiver, method }));
}

/** IAM's actions of the SDK's calls in a text: `new ListTasksCommand()`, `paginateListTasks()` or `ecs.listTasks()`. */
function actionsIn(text: string): string[] {
  const imports = sdkImportsIn(text);
  const calls = methodCallsIn(text);
  const importedNames = new Set(imports.flatMap(({ names }) => names));
  return imports.flatMap((sdkImport) => actionsOf(sdkImport, calls, importedNames));
}

/** IAM's actions of the calls of one client. */
function actionsOf(
  { client, names }: SdkImport,
  calls: readonly MethodCall[],
  importedNames: ReadonlySet<string>,
): string[] {
  const sdk = jest.requireActual<Record<string, { prototype?: object } | undefined>>(`@aws-sdk/client-${client}`);
  // Two services may have a method of one name: a call on the class of another service is not this one's.
  const isCallOf = (className: string, { receiver, method }: MethodCall) => {
    const hasMethod = Object.hasOwn(sdk[className]?.prototype ?? {}, method);
    const isOnOtherClass = receiver !== className && importedNames.has(receiver);
    return hasMethod && !isOnOtherClass;
  };
  const isOfClient = (call: MethodCall) => names.some((name) => isCallOf(name, call));
  const commands = names.filter((name) => /^paginate|Command$/.test(name));
  const methods = calls.filter(isOfClient).map(({ method }) => method);
  return [...commands, ...methods].map((name) => actionOf(client, name));
}

/** IAM's action of a command, a paginator or a method: `paginateListTasks` is `ecs:ListTasks`. */
function actionOf(client: string, name: string): string {
  const operation = name.replace(/^paginate|Command$/g, '').replace(/^./, (letter) => letter.toUpperCase());
  const action = `${PREFIXES[client] ?? client}:${operation}`;
  return RENAMED_ACTIONS[action] ?? action;
}

/** Files of the commands that only read, and those of packages that they load. */
const files = READING_COMMANDS.flatMap((folder) => [...filesOf(join(ROOT, 'packages/doctor/src', folder))]);

/** `doctor` reads a secret if it may, and reports without it if it may not: the policy reveals no secret. */
const NOT_NEEDED = 'secretsmanager:GetSecretValue';

/** IAM's actions of the calls that the commands send. */
const sentActions = new Set(files.map(readText).flatMap(actionsIn));
sentActions.delete(NOT_NEEDED);
for (const [action, furtherActions] of Object.entries(FURTHER_ACTIONS)) {
  if (!sentActions.has(action)) continue;
  for (const furtherAction of furtherActions) sentActions.add(furtherAction);
}

/**
 * IAM's actions of the further calls that CloudFormation sends with the rights of the commands, when it compares a resource;
 * without those that pass a role or reveal a value, which the policy never allows.
 */
const comparingActions = new Set<string>();
for (const actions of Object.values(READ_BY_CLOUDFORMATION)) {
  for (const action of actions.split(' ')) {
    if (!sentActions.has(action) && !NEVER_ALLOWED.includes(action)) comparingActions.add(action);
  }
}

const policy = JSON.parse(readText(join(ROOT, 'docs/read-only-policy.json'))) as {
  Version: string;
  Statement: { Effect: string; Action: string[]; Resource: string }[];
};
const [commands, cloudFormation, ...furtherStatements] = policy.Statement;

describe('docs/read-only-policy.json', () => {
  test('allows each call that status, doctor and drift send, or IAM denies it; and no other call', () => {
    expect(commands).toMatchObject({ Effect: 'Allow', Action: [...sentActions].sort() });
  });

  test('allows each call by which CloudFormation compares a resource, or the resource is not compared; and no other call', () => {
    expect(cloudFormation).toMatchObject({ Effect: 'Allow', Action: [...comparingActions].sort() });
  });

  test('has these two statements alone, in the current version of the policy language', () => {
    expect(policy.Version).toBe('2012-10-17');
    expect(furtherStatements).toEqual([]);
  });

  test('allows no call that changes something: its user may only look', () => {
    const reads = /:(Describe|List|Get|BatchGet|Detect|Filter|Simulate|View)[A-Za-z]+$/;
    expect([...sentActions, ...comparingActions].filter((action) => !reads.test(action))).toEqual([]);
  });

  test('names no action that AWS’s service authorization reference lacks: IAM accepts it, and allows nothing', async () => {
    expect(await faultsByReference(policy.Statement)).toEqual([]);
  });

  test('has up to 6,144 characters without white space: IAM refuses a larger managed policy', () => {
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
  });
});

test('each type that CloudFormation is asked to compare has its calls in read-by-cloudformation.ts: without them it fails', () => {
  // A team's further types lack them: doctor says then which right is missing.
  const stackNames = Object.keys(everyEnvironment) as TestStack[];
  const resources = stackNames.flatMap((stackName) => Object.values(template(stackName).Resources));
  const types = new Set(resources.map(({ Type }) => Type).filter(isComparedByCloudFormation));
  const ours = [...types].filter((type) => Object.hasOwn(COVERAGE, type));
  expect(ours.sort()).toEqual(Object.keys(READ_BY_CLOUDFORMATION).sort());
});
