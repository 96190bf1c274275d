/** The SDK's packages by what the AWS CLI calls the service, where that differs. */
const PACKAGES: Readonly<Record<string, string>> = {
  logs: 'cloudwatch-logs',
  elbv2: 'elastic-load-balancing-v2',
  s3api: 's3',
  secretsmanager: 'secrets-manager',
  route53: 'route-53',
};

/** Schema of a structure, as the SDK exports it: the required members are the first ones. */
type StructureSchema = readonly [
  kind: 3,
  namespace: string,
  name: string,
  traits: unknown,
  members: readonly string[],
  memberSchemas: readonly unknown[],
  requiredMembers?: number,
];

type OperationSchema = readonly [
  kind: 9,
  namespace: string,
  name: string,
  traits: unknown,
  input: () => StructureSchema,
  output: () => StructureSchema,
];

/** A name of the SDK as the AWS CLI writes it: `DescribeDBInstances` is `describe-db-instances`. */
function cliName(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

function exportsOf(service: string): Readonly<Record<string, unknown>> {
  return jest.requireActual(`@aws-sdk/client-${PACKAGES[service] ?? service}`);
}

const commandsByService = new Map<string, ReadonlyMap<string, string>>();

/** Operations of a service by what the AWS CLI calls them. */
function operationsOf(service: string): ReadonlyMap<string, string> {
  const known = commandsByService.get(service);
  if (known) return known;
  const commands = Object.keys(exportsOf(service)).filter((name) => name.endsWith('Command'));
  const operations = commands.map((name) => name.replace(/Command$/, ''));
  const byCliName = new Map(operations.map((operation) => [cliName(operation), operation]));
  commandsByService.set(service, byCliName);
  return byCliName;
}

/** Options of an operation, and whether each is required; `undefined` if the service has no such operation. */
export function optionsOf(service: string, cliOperation: string): Map<string, boolean> | undefined {
  const operation = operationsOf(service).get(cliOperation);
  if (operation === undefined) return undefined;
  const schema = exportsOf(service)[`${operation}$`] as OperationSchema | undefined;
  if (!schema) throw new Error(`The SDK exports no schema ${operation}$ for aws ${service} ${cliOperation}`);
  const [, , , , members, , requiredMembers = 0] = schema[4]();
  return new Map(members.map((member, index) => [`--${cliName(member)}`, index < requiredMembers]));
}

/** True if the AWS CLI has a waiter of that name. */
export function hasWaiter(service: string, waiter: string): boolean {
  const waiters = Object.keys(exportsOf(service)).filter((name) => name.startsWith('waitUntil'));
  return waiters.some((name) => cliName(name.replace(/^waitUntil/, '')) === waiter);
}
