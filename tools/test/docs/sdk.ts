/** Kinds of the SDK's schemas, each the first item of one. */
const STRUCTURE = 3;
const OPERATION = 9;

/** The names of a structure's members are its fifth item. The required ones come first; the seventh item is their number. */
type Structure = readonly [
  kind: typeof STRUCTURE,
  namespace: string,
  name: string,
  traits: unknown,
  members: readonly string[],
  schemas: readonly unknown[],
  required?: number,
];

type Operation = readonly [
  kind: typeof OPERATION,
  namespace: string,
  name: string,
  traits: unknown,
  input: () => Structure,
  output: () => Structure,
];

/** The SDK's packages by what the AWS CLI calls the service, where that differs. */
const PACKAGES: Readonly<Record<string, string>> = {
  logs: 'cloudwatch-logs',
  elbv2: 'elastic-load-balancing-v2',
  s3api: 's3',
  secretsmanager: 'secrets-manager',
  route53: 'route-53',
};

/** An operation of AWS as the AWS CLI calls it. */
export interface AwsOperation {
  /** Each option for a field of the input, and whether it is required. */
  readonly options: ReadonlyMap<string, boolean>;
  /** Names of all fields in the output, at any depth. */
  readonly outputFields: ReadonlySet<string>;
}

/** A name of the SDK as the AWS CLI writes it. */
function cliName(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** Exports of the SDK's package of a service; `undefined` without a package. */
function exportsOf(service: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the service is a word of a page
    return require(`@aws-sdk/client-${PACKAGES[service] ?? service}`) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

function isOperation(value: unknown): value is Operation {
  return Array.isArray(value) && value[0] === OPERATION;
}

const operationsByService = new Map<string, ReadonlyMap<string, Operation>>();

/** Operations of a service by the names that the AWS CLI gives them; the same map at each call, since pages call few. */
function operationsOf(service: string): ReadonlyMap<string, Operation> {
  const known = operationsByService.get(service);
  if (known) return known;
  const operations = Object.values(exportsOf(service) ?? {}).filter(isOperation);
  const byName = new Map(operations.map((operation) => [cliName(operation[2]), operation]));
  operationsByService.set(service, byName);
  return byName;
}

/** The operation of a service; `undefined` where AWS has none of that name. */
export function awsOperation(service: string, name: string): AwsOperation | undefined {
  const operation = operationsOf(service).get(name);
  if (!operation) return undefined;
  const [, , , , input, output] = operation;
  const [, , , , members, , required = 0] = input();
  return {
    options: new Map(members.map((member, index) => [`--${cliName(member)}`, index < required])),
    outputFields: fieldsIn(output()),
  };
}

/** Names of all members of the structures that a schema leads to. */
function fieldsIn(schema: unknown, fields = new Set<string>(), visited = new Set<unknown>()): Set<string> {
  if (typeof schema === 'function') return fieldsIn((schema as () => unknown)(), fields, visited);
  if (!Array.isArray(schema) || visited.has(schema)) return fields;
  visited.add(schema);
  if (schema[0] === STRUCTURE) for (const member of (schema as unknown as Structure)[4]) fields.add(member);
  for (const inner of schema as unknown[]) fieldsIn(inner, fields, visited);
  return fields;
}

/** True if `aws <service> wait` has the waiter. */
export function hasWaiter(service: string, name: string): boolean {
  const waiters = Object.keys(exportsOf(service) ?? {}).filter((key) => key.startsWith('waitUntil'));
  return waiters.some((waiter) => cliName(waiter.replace('waitUntil', '')) === name);
}
