import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { functionOf } from '@infra/common/template';
import { isRecord, omitKeys } from '@infra/common/values';
import { compareAssemblies } from '@infra/change-review';
import { assembly as directory } from '@infra/testing/assembly';

/*
 * Every kind of value of the real stacks is changed and removed: no change is silent, and none is folded away that is not
 * listed here. What is said of a change has its test in packages/change-review.
 */

/** Values that may be folded away whatever they become: descriptions, and a switch that any text leaves off. */
const DESCRIPTIONS = [
  /\.(Alarm|Constraint|Assert)?Description$/,
  /^artifact\.(additionalMetadataFile|displayName|templateFile)$/,
  /^Properties\.DashboardBody$/,
  /^Properties\.Tags\.\[\]\.Value$/,
  /\.Statement\.\[\]\.Sid$/,
  /^Properties\.Policies\.\[\]\.PolicyName$/,
  /\.AbortIncompleteMultipartUpload\./,
  /^Properties\.DeleteAutomatedBackups$/,
];

/** Values that mean the same or less when left out: off, AWS's default, or reported with what names them. */
const OPTIONAL_VALUES: ReadonlySet<string> = new Set([
  'Properties.AvailabilityZoneRebalancing',
  'Properties.BackupRetentionPeriod',
  'Properties.ContainerDefinitions.[].HealthCheck.Interval',
  'Properties.ContainerDefinitions.[].HealthCheck.Retries',
  'Properties.ContainerDefinitions.[].HealthCheck.Timeout',
  'Properties.ContainerDefinitions.[].PortMappings.[].Protocol',
  'Properties.ContainerProperties.RuntimePlatform.CpuArchitecture',
  'Properties.ContainerProperties.RuntimePlatform.OperatingSystemFamily',
  'Properties.DeletionProtection',
  'Properties.EmptyOnDelete',
  'Properties.EnableExecuteCommand',
  'Properties.LoadBalancerAttributes.[].Value',
  'Properties.MapPublicIpOnLaunch',
  'Properties.MemorySize',
  'Properties.MultiAZ',
  'Properties.PerformanceInsightsRetentionPeriod',
  'Properties.RetentionInDays',
  'Properties.RuntimePlatform.CpuArchitecture',
  'Properties.RuntimePlatform.OperatingSystemFamily',
  'Properties.SecurityGroupEgress.[].IpProtocol',
  'template.Conditions.[]',
  'terminationProtection',
]);

/** Resource types without data, whose deletion policies may be folded away. */
const TYPES_WITHOUT_DATA = /^(Custom::|AWS::(RDS::DBSubnetGroup|Logs::LogGroup)$)/;
const DELETION_POLICY = /^(Deletion|UpdateReplace)Policy$/;

/** Resource types that may be removed: the effect is reported as a right or a path. */
const TYPES_REMOVED_UNSEEN = /^AWS::(CloudWatch::Dashboard|IAM::\w*Policy|EC2::SecurityGroup(In|E)gress)$/;

type Path = readonly (string | number)[];
type Holder = Record<string | number, unknown>;

/** Parts of a stack that are compared: its template, and the manifest's entry beside it. */
type Root = Pick<SynthesizedStack, 'template' | 'tags' | 'artifact' | 'terminationProtection'>;

/** The first value of its kind in all stacks. */
interface Place {
  /** Type of the value's resource; empty for a value of no resource. */
  readonly type: string;
  /** Path without the names that the template chooses. */
  readonly kind: string;
  readonly path: Path;
}

/** A change of a value, as the review judges it. */
interface ReviewedChange {
  readonly title: string;
  readonly isReported: boolean;
  /** Folded away, although nothing above allows it. */
  readonly isLost: boolean;
}

function leaves(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  if (!isRecord(value) || functionOf(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function valueAt(root: Root, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Holder)[key], root);
}

function withValue(root: Root, path: Path, value: unknown): Root {
  const copy = structuredClone(root);
  const holder = valueAt(copy, path.slice(0, -1)) as Holder;
  const last = path.at(-1) ?? '';
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
  return copy;
}

/** Paths of all values, then of each entry of each section, a resource for example. */
function pathsOf(root: Root): Path[] {
  const sections = Object.entries<unknown>(root.template);
  const entries = sections.flatMap(([name, section]): Path[] =>
    isRecord(section) ? Object.keys(section).map((id) => ['template', name, id]) : [],
  );
  return [...leaves(root), ...entries];
}

function placeOf(root: Root, path: Path): Place {
  const [, section, id = ''] = path;
  const isInResource = section === 'Resources';
  const type = isInResource ? (root.template.Resources[id]?.Type ?? '') : '';
  const generalPath = path.map((key, index) => {
    const isChosenName = index === 2 && path[0] === 'template';
    return typeof key === 'number' || isChosenName ? '[]' : key;
  });
  const kind = generalPath.slice(isInResource ? 3 : 0).join('.');
  return { type, kind, path };
}

/** Type and metadata of a resource have tests of their own. */
function hasOtherTests([, section, , field]: Path): boolean {
  return section === 'Resources' && (field === 'Type' || field === 'Metadata');
}

/**
 * Part of a stack: a path's resource alone, or what is not a resource, which reaches AWS Batch. The whole stack takes a
 * hundred times as long.
 */
function partOf({ template, ...root }: Root, [, section, id]: Path): Root {
  const isInResource = section === 'Resources';
  const kept = Object.entries(template.Resources).filter(([key, { Type }]) =>
    isInResource ? key === id : Type.startsWith('AWS::Batch::'),
  );
  const sections = isInResource ? omitKeys(template, 'Outputs', 'Rules') : template;
  return { ...root, template: { ...sections, Resources: Object.fromEntries(kept) } };
}

/** True for a change that may be folded away, since it loses and opens nothing. */
function mayBeFolded({ kind, type }: Place, isRemoval: boolean): boolean {
  if (DESCRIPTIONS.some((description) => description.test(kind))) return true;
  if (isRemoval && OPTIONAL_VALUES.has(kind)) return true;
  if (DELETION_POLICY.test(kind) && TYPES_WITHOUT_DATA.test(type)) return true;
  const isResource = kind === '';
  return isResource && TYPES_REMOVED_UNSEEN.test(type);
}

const assembly = readAssembly(directory, new SecretMask());

/** Reviews a stack in which a place has another value, or none. */
function reviewChange(stack: SynthesizedStack, whole: Root, place: Place, value: unknown): ReviewedChange {
  const base = partOf(whole, place.path);
  const sideWith = (root: Root) => ({ ...assembly, stacks: new Map([['Stack', { ...stack, ...root }]]) });
  const review = compareAssemblies(sideWith(base), sideWith(withValue(base, place.path, value)), '');
  const levels = review.environments.flatMap(({ findings }) => findings.map(({ level }) => level));
  const isFolded = levels.every((level) => level === 'other');
  return {
    title: `${place.type} ${place.kind} → ${String(value)}`,
    isReported: levels.length > 0,
    isLost: isFolded && !mayBeFolded(place, value === undefined),
  };
}

/** Changes and removes the first value of each kind in the stacks. An entry of a section, such as a resource, is removed. */
function reviewEveryChange(): ReviewedChange[] {
  const seen = new Set<string>();
  const reviewed: ReviewedChange[] = [];
  for (const name of ['ProoflinkProd', 'ProoflinkDelivery', 'ProoflinkTestweekdays']) {
    const stack = assembly.stacks.get(name);
    if (!stack) throw new Error(`${name} is not synthesized`);
    const { template, tags, artifact, terminationProtection } = stack;
    const whole: Root = { template, tags, artifact, terminationProtection };
    for (const path of pathsOf(whole).filter((each) => !hasOtherTests(each))) {
      const place = placeOf(whole, path);
      const key = `${place.type} ${place.kind}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const value = valueAt(whole, path);
      const isEntry = isRecord(value) && !functionOf(value);
      if (!isEntry) reviewed.push(reviewChange(stack, whole, place, 'x'));
      reviewed.push(reviewChange(stack, whole, place, undefined));
    }
  }
  return reviewed;
}

const REVIEWED = reviewEveryChange();

it('every change is reported', () => {
  expect(REVIEWED.length).toBeGreaterThan(700);
  const silent = REVIEWED.filter(({ isReported }) => !isReported);
  expect(silent.map(({ title }) => title)).toEqual([]);
});

it('no change is folded away that no rule knows', () => {
  const lost = REVIEWED.filter(({ isLost }) => isLost);
  expect(lost.map(({ title }) => title)).toEqual([]);
});
