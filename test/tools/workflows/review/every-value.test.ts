import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { functionOf } from '@infra/common/template';
import { isRecord, omitKeys } from '@infra/common/values';
import { compareAssemblies, renderMarkdown } from '@infra/change-review';
import { assembly } from '../../../support/assembly';

/** Values that may be folded away whatever they become: descriptions, and a switch that any text leaves off. */
const DESCRIBES = [
  /\.(Alarm|Constraint)?Description$/,
  /^artifact\.(additionalMetadataFile|displayName|templateFile)$/,
  /^Properties\.DashboardBody$/,
  /^Properties\.Tags\.\[\]\.Value$/,
  /\.Statement\.\[\]\.Sid$/,
  /^Properties\.Policies\.\[\]\.PolicyName$/,
  /\.AbortIncompleteMultipartUpload\./,
  /^Properties\.DeleteAutomatedBackups$/,
];
const NO_DATA = /^(Custom::|AWS::(RDS::DBSubnetGroup|Logs::LogGroup)$)/;
/** Values that mean the same or less when left out: off in the changed environment, or reported with what names them. */
const SAME =
  /^Properties\.(EmptyOnDelete|EnableExecuteCommand|RetentionInDays|BackupRetentionPeriod|MultiAZ|DeletionProtection|SecurityGroupEgress\.\[\]\.IpProtocol|LoadBalancerAttributes\.\[\]\.Value)$|^(template\.Conditions\.\[\]|terminationProtection)$/;

/** Values that may disappear: their effect is reported as a right or a path. */
const GOES_UNSEEN = /^AWS::(CloudWatch::Dashboard|IAM::\w*Policy|EC2::SecurityGroup(In|E)gress)$/;

type Path = readonly (string | number)[];
type Holder = Record<string | number, unknown>;

function leaves(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  if (!isRecord(value) || functionOf(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

/** Parts of a stack that are compared: its template, and the manifest's entry beside it. */
type Root = Pick<SynthesizedStack, 'template' | 'tags' | 'artifact' | 'terminationProtection'>;

function changed(root: Root, path: Path, value: unknown): Root {
  const copy = structuredClone(root);
  const holder = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Holder)[key], copy) as Holder;
  const last = path.at(-1) ?? '';
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
  return copy;
}

/** One of each kind of value, with the resource's type, then a resource of each type, and an entry of each section. */
function places(root: Root, seen: Set<string>): (readonly [type: string, kind: string, path: Path])[] {
  const { Resources } = root.template;
  const entries = Object.entries<unknown>(root.template).flatMap(([name, section]) =>
    isRecord(section) ? Object.keys(section).map((id): Path => ['template', name, id]) : [],
  );
  return [...leaves(root), ...entries].flatMap((path) => {
    const [, section, id = ''] = path;
    const isResource = section === 'Resources';
    if (isResource && (path[3] === 'Type' || path[3] === 'Metadata')) return [];
    const type = isResource ? (Resources[id]?.Type ?? '') : '';
    const kind = path
      .map((key, index) => (typeof key === 'number' || (index === 2 && path[0] === 'template') ? '[]' : key))
      .slice(isResource ? 3 : 0)
      .join('.');
    const known = `${type} ${kind}`;
    if (seen.has(known)) return [];
    seen.add(known);
    return [[type, kind, path] as const];
  });
}

/**
 * Part of a stack: a path's resource alone, or what is not a resource, which reaches AWS Batch. The whole stack takes a
 * hundred times as long.
 */
function part({ template, ...root }: Root, [, section, id]: Path): Root {
  const kept = Object.entries(template.Resources).filter(([key, { Type }]) =>
    section === 'Resources' ? key === id : Type.startsWith('AWS::Batch::'),
  );
  const sections = section === 'Resources' ? omitKeys(template, 'Outputs', 'Rules') : template;
  return { ...root, template: { ...sections, Resources: Object.fromEntries(kept) } };
}

const ODD = ['', 15.1, null, {}, [], ['a'], { Ref: 'X' }, { 'Fn::If': ['X', 1, 2] }];

/** A finding of values: rights and paths have tests of their own. */
const FINDING =
  /^- (⛔|⚠️|👀) \*\*(?!Permissions|Trust policy|Who|Network|Security group|New roles|`[^`]*` →).*?\*\*:( .*)$/gm;

const OPPOSITES: Readonly<Record<string, unknown>> = {
  ...{ true: false, false: true, IMMUTABLE: 'MUTABLE' },
  ...{ Enabled: 'Suspended', enabled: 'disabled', ENABLED: 'DISABLED' },
};

/** The opposite of a value, or less and more. */
function steps(value: unknown): unknown[] {
  if (/^\d+$/.test(String(value))) return [0, Math.floor(Number(value) / 2), 2 * Number(value)];
  return [OPPOSITES[String(value)] ?? []].flat();
}

it('every change is reported, and no value is folded away, unless it only describes', () => {
  const all = readAssembly(assembly, new SecretMask());
  const [seen, silent, folded] = [new Set<string>(), [] as string[], [] as string[]];
  const reported: Record<string, Record<string, string>> = {};
  for (const name of ['ProoflinkProd', 'ProoflinkDelivery', 'ProoflinkTestweekdays']) {
    const stack = all.stacks.get(name);
    if (!stack) throw new Error(`${name} is not synthesized`);
    const only = (root: Root) => ({ ...all, stacks: new Map([[name, { ...stack, ...root }]]) });
    const { template, tags, artifact, terminationProtection } = stack;
    const whole: Root = { template, tags, artifact, terminationProtection };
    for (const [index, [type, kind, path]] of places(whole, seen).entries()) {
      const root = part(whole, path);
      const own = path.reduce<unknown>((inner, key) => (inner as Holder)[key], root);
      const isWhole = isRecord(own) && !functionOf(own);
      const place = `${type} ${kind.replace('Properties.', '')}`;
      const review = (base: Root, head: Root, change: string, isOdd = false) => {
        const found = compareAssemblies(only(base), only(head), '');
        const levels = found.environments.flatMap(({ findings }) => findings.map(({ level }) => level));
        if (levels.length === 0) silent.push(`${place} → ${change}`);
        const isFolded = levels.every((level) => level === 'other');
        const open = [...renderMarkdown(found, false).matchAll(FINDING)].map(([, mark = '', says = '']) => mark + says);
        for (const sentence of isOdd ? [] : isFolded ? ['folded away'] : open) {
          const places = (reported[sentence.replace(/ \(`[^`]*`\)/g, '')] ??= {});
          places[place] = [places[place] ?? [], change].flat().join(', ');
        }
        return isFolded;
      };
      const [others, odd] = [steps(own), ODD[index % ODD.length]];
      for (const value of isWhole ? [undefined] : ['x', undefined, ...others, odd]) {
        const [head, text] = [changed(root, path, value), value === undefined ? 'none' : JSON.stringify(value)];
        const isFolded = review(root, head, text, value === odd);
        const isKnown =
          (value !== 'x' && value !== undefined) ||
          DESCRIBES.some((each) => each.test(kind)) ||
          (value === undefined && SAME.test(kind)) ||
          (/^(Deletion|UpdateReplace)Policy$/.test(kind) && NO_DATA.test(type)) ||
          (kind === '' && GOES_UNSEEN.test(type));
        if (!isKnown && isFolded) folded.push(`${place} → ${text}`);
        if (isWhole || others.includes(value)) review(head, root, `from ${text}`);
      }
    }
  }
  expect({ silent, folded }).toEqual({ silent: [], folded: [] });
  expect(seen.size).toBeGreaterThan(350);
  // Each sentence with its level, and its values.
  expect(reported).toMatchSnapshot();
});
