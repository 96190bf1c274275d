import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { functionOf, type Template } from '@infra/common/template';
import { isRecord } from '@infra/common/values';
import { compareAssemblies } from '@infra/change-review';
import { assembly } from '../../support/assembly';

/** All of what may be folded away whatever it becomes: what describes, and what a template says of what holds no data. */
const DESCRIBES = [
  /^Properties\.(Alarm)?Description$/,
  /^Properties\.SecurityGroup(In|E)gress\.\[\]\.Description$/,
  /^Properties\.DashboardBody$/,
  /^Properties\.Tags\.\[\]\.Value$/,
  /\.Statement\.\[\]\.Sid$/,
  /^Properties\.Policies\.\[\]\.PolicyName$/,
  /\.AbortIncompleteMultipartUpload\./,
];
const NO_DATA = /^(Custom::|AWS::(RDS::DBSubnetGroup|Logs::LogGroup)$)/;
/** Values that mean the same when left out: they are off in the environment that is changed here. */
const SAME =
  /^Properties\.(EmptyOnDelete|EnableExecuteCommand|RetentionInDays|BackupRetentionPeriod|MultiAZ|DeletionProtection)$/;

/** Values that may disappear: their effect is reported as a right or a path. */
const GOES_UNSEEN = /^AWS::(CloudWatch::Dashboard|IAM::\w*Policy|EC2::SecurityGroup(In|E)gress)$/;

type Path = readonly (string | number)[];
type Holder = Record<string | number, unknown>;

function leaves(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  if (!isRecord(value) || functionOf(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function changed(template: Template, path: Path, value: unknown): Template {
  const copy = structuredClone(template);
  const holder = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Holder)[key], copy.Resources) as Holder;
  const last = path.at(-1) ?? '';
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
  return copy;
}

/** One of each kind of value, then a resource of each type. */
function places(template: Template, seen: Set<string>): (readonly [type: string, kind: string, path: Path])[] {
  const resources = Object.entries(template.Resources);
  const all = [
    ...resources.flatMap(([id, resource]) => leaves(resource, [id])),
    ...resources.map(([id]): Path => [id]),
  ];
  return all
    .filter(([, section]) => section !== 'Type' && section !== 'Metadata')
    .flatMap((path) => {
      const kind = path.slice(1).map((key) => (typeof key === 'number' ? '[]' : key));
      const type = template.Resources[path[0] ?? '']?.Type ?? '';
      const known = `${type} ${kind.join('.')}`;
      if (seen.has(known)) return [];
      seen.add(known);
      return [[type, kind.join('.'), path] as const];
    });
}

it('no value of any resource is folded away, unless it only describes', () => {
  const all = readAssembly(assembly, new SecretMask());
  const [seen, silent, folded] = [new Set<string>(), [] as string[], [] as string[]];
  for (const name of ['ProoflinkProd', 'ProoflinkDelivery', 'ProoflinkTestweekdays']) {
    const stack = all.stacks.get(name);
    if (!stack) throw new Error(`${name} is not synthesized`);
    const only = (template: Template) => ({ ...all, stacks: new Map([[name, { ...stack, template }]]) });
    for (const [index, [type, kind, path]] of places(stack.template, seen).entries()) {
      // Another value, or none: to try both takes twice as long, and is done for what alarms consist of.
      const isAlarm = /^AWS::(CloudWatch::Alarm|SNS|Events)/.test(type);
      const values = ['x', undefined].filter((_, which) =>
        kind === '' ? which === 1 : isAlarm || index % 2 === which,
      );
      for (const value of values) {
        const review = compareAssemblies(only(stack.template), only(changed(stack.template, path, value)), '');
        const findings = review.environments.flatMap((each) => each.findings);
        if (findings.length === 0) silent.push(`${type} ${kind}`);
        const isKnown =
          DESCRIBES.some((each) => each.test(kind)) ||
          (value === undefined && SAME.test(kind)) ||
          (/^(Deletion|UpdateReplace)Policy$/.test(kind) && NO_DATA.test(type)) ||
          (kind === '' && GOES_UNSEEN.test(type));
        if (!isKnown && findings.every(({ level }) => level === 'other')) folded.push(`${type} ${kind} → ${value}`);
      }
    }
  }
  expect({ silent, folded }).toEqual({ silent: [], folded: [] });
  expect(seen.size).toBeGreaterThan(300);
}, 300_000);
