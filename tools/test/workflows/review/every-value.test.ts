import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { functionOf } from '@infra/common/template';
import { isRecord, omitKeys } from '@infra/common/values';
import { compareAssemblies, renderMarkdown } from '@infra/change-review';
import { assembly as directory } from '../../../../test/support/assembly';

/** Values that may be folded away whatever they become: descriptions, and a switch that any text leaves off. */
const DESCRIPTIONS = [
  /\.(Alarm|Constraint)?Description$/,
  /^artifact\.(additionalMetadataFile|displayName|templateFile)$/,
  /^Properties\.DashboardBody$/,
  /^Properties\.Tags\.\[\]\.Value$/,
  /\.Statement\.\[\]\.Sid$/,
  /^Properties\.Policies\.\[\]\.PolicyName$/,
  /\.AbortIncompleteMultipartUpload\./,
  /^Properties\.DeleteAutomatedBackups$/,
];

/** Values that mean the same or less when left out: off in the changed environment, or reported with what names them. */
const OPTIONAL_VALUES: ReadonlySet<string> = new Set([
  'Properties.BackupRetentionPeriod',
  'Properties.DeletionProtection',
  'Properties.EmptyOnDelete',
  'Properties.EnableExecuteCommand',
  'Properties.LoadBalancerAttributes.[].Value',
  'Properties.MultiAZ',
  'Properties.RetentionInDays',
  'Properties.SecurityGroupEgress.[].IpProtocol',
  'template.Conditions.[]',
  'terminationProtection',
]);

/** Resource types without data, whose deletion policies may be folded away. */
const TYPES_WITHOUT_DATA = /^(Custom::|AWS::(RDS::DBSubnetGroup|Logs::LogGroup)$)/;
const DELETION_POLICY = /^(Deletion|UpdateReplace)Policy$/;

/** Resource types that may be removed: the effect is reported as a right or a path. */
const TYPES_REMOVED_UNSEEN = /^AWS::(CloudWatch::Dashboard|IAM::\w*Policy|EC2::SecurityGroup(In|E)gress)$/;

/** Values that a property hardly ever has. */
const ODD_VALUES = ['', 15.1, null, {}, [], ['a'], { Ref: 'X' }, { 'Fn::If': ['X', 1, 2] }];

const OPPOSITES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', false],
  ['false', true],
  ['IMMUTABLE', 'MUTABLE'],
  ['Enabled', 'Suspended'],
  ['enabled', 'disabled'],
  ['ENABLED', 'DISABLED'],
]);

/** A finding in a comment, with its mark, its subject and its sentences. */
const FINDING = /^- (⛔|⚠️|👀) \*\*(.*?)\*\*:( .*)$/gm;
/** Subjects of findings on rights and paths, which have tests of their own. */
const SUBJECTS_OF_OTHER_TESTS = /^(Permissions|Trust policy|Who|Network|Security group|New roles|`[^`]*` →)/;

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

/** A change of one value. */
interface Change {
  readonly stack: string;
  readonly place: Place;
  readonly purpose: 'another text' | 'removal' | 'less or more' | 'odd value';
  readonly base: Root;
  readonly head: Root;
  /** The new value; for the way back, the old one. */
  readonly text: string;
  readonly isWayBack: boolean;
}

interface ReviewedChange extends Change {
  /** Place and change, for a reader. */
  readonly name: string;
  readonly isReported: boolean;
  readonly isFolded: boolean;
  /** Level and sentences of each finding that is not folded. */
  readonly openFindings: readonly string[];
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

/** One of each kind of value, with the resource's type, then a resource of each type, and an entry of each section. */
function newPlaces(root: Root, seen: Set<string>): Place[] {
  const places: Place[] = [];
  for (const path of pathsOf(root)) {
    const place = placeOf(root, path);
    const key = `${place.type} ${place.kind}`;
    if (hasOtherTests(path) || seen.has(key)) continue;
    seen.add(key);
    places.push(place);
  }
  return places;
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

/** The opposite of a value, or less and more. */
function steps(value: unknown): unknown[] {
  if (/^\d+$/.test(String(value))) return [0, Math.floor(Number(value) / 2), 2 * Number(value)];
  const opposite = OPPOSITES.get(String(value));
  return opposite === undefined ? [] : [opposite];
}

/** New values for a place. An entry of a section is only removed. */
function newValues(
  value: unknown,
  oddValue: unknown,
): Pick<Change & { readonly value: unknown }, 'purpose' | 'value'>[] {
  const removal = { purpose: 'removal' as const, value: undefined };
  if (isRecord(value) && !functionOf(value)) return [removal];
  return [
    { purpose: 'another text', value: 'x' },
    removal,
    ...steps(value).map((step) => ({ purpose: 'less or more' as const, value: step })),
    { purpose: 'odd value', value: oddValue },
  ];
}

function changesAt(stack: string, whole: Root, place: Place, oddValue: unknown): Change[] {
  const base = partOf(whole, place.path);
  const oldValue = valueAt(base, place.path);
  const isEntry = isRecord(oldValue) && !functionOf(oldValue);
  return newValues(oldValue, oddValue).flatMap(({ purpose, value }) => {
    const head = withValue(base, place.path, value);
    const text = value === undefined ? 'none' : JSON.stringify(value);
    const change: Change = { stack, place, purpose, base, head, text, isWayBack: false };
    if (!isEntry && purpose !== 'less or more') return [change];
    const wayBack: Change = { ...change, base: head, head: base, text: `from ${text}`, isWayBack: true };
    return [change, wayBack];
  });
}

const assembly = readAssembly(directory, new SecretMask());

function reviewChange(change: Change): ReviewedChange {
  const { stack: name, place, base, head, text } = change;
  const stack = stackNamed(name);
  const sideWith = (root: Root) => ({ ...assembly, stacks: new Map([[name, { ...stack, ...root }]]) });
  const review = compareAssemblies(sideWith(base), sideWith(head), '');
  const levels = review.environments.flatMap(({ findings }) => findings.map(({ level }) => level));
  const findings = [...renderMarkdown(review, false).matchAll(FINDING)];
  const ownFindings = findings.filter(([, , subject = '']) => !SUBJECTS_OF_OTHER_TESTS.test(subject));
  return {
    ...change,
    name: `${shownPlace(place)} → ${text}`,
    isReported: levels.length > 0,
    isFolded: levels.every((level) => level === 'other'),
    openFindings: ownFindings.map(([, mark = '', , sentences = '']) => mark + sentences),
  };
}

function stackNamed(name: string): SynthesizedStack {
  const stack = assembly.stacks.get(name);
  if (!stack) throw new Error(`${name} is not synthesized`);
  return stack;
}

function shownPlace({ type, kind }: Place): string {
  return `${type} ${kind.replace('Properties.', '')}`;
}

/** True for a change that may be folded away, since it loses and opens nothing. */
function mayBeFolded({ place: { type, kind }, purpose }: Change): boolean {
  if (purpose === 'less or more' || purpose === 'odd value') return true;
  if (DESCRIPTIONS.some((description) => description.test(kind))) return true;
  if (purpose === 'removal' && OPTIONAL_VALUES.has(kind)) return true;
  if (DELETION_POLICY.test(kind) && TYPES_WITHOUT_DATA.test(type)) return true;
  const isResource = kind === '';
  return isResource && TYPES_REMOVED_UNSEEN.test(type);
}

/** Reviews a change of each kind of value. */
function reviewEveryChange(): ReviewedChange[] {
  const seen = new Set<string>();
  return ['ProoflinkProd', 'ProoflinkDelivery', 'ProoflinkTestweekdays'].flatMap((name) => {
    const { template, tags, artifact, terminationProtection } = stackNamed(name);
    const whole: Root = { template, tags, artifact, terminationProtection };
    const changes = newPlaces(whole, seen).flatMap((place, index) => {
      const oddValue = ODD_VALUES[index % ODD_VALUES.length];
      return changesAt(name, whole, place, oddValue);
    });
    return changes.map(reviewChange);
  });
}

/** Sentences, each with its level, and the changes of which it is said, by the place. */
function changesBySentence(changes: readonly ReviewedChange[]): Record<string, Record<string, string>> {
  const bySentence: Record<string, Record<string, string>> = {};
  for (const { place, text, isFolded, openFindings } of changes) {
    for (const finding of isFolded ? ['folded away'] : openFindings) {
      const sentence = finding.replace(/ \(`[^`]*`\)/g, '');
      const changesByPlace = (bySentence[sentence] ??= {});
      const otherChanges = changesByPlace[shownPlace(place)];
      changesByPlace[shownPlace(place)] = otherChanges === undefined ? text : `${otherChanges}, ${text}`;
    }
  }
  return bySentence;
}

const REVIEWED = reviewEveryChange();

it('reviews each kind of value', () => {
  const places = new Set(REVIEWED.map(({ place }) => shownPlace(place)));
  expect(places.size).toBeGreaterThan(350);
});

it('every change is reported', () => {
  const silent = REVIEWED.filter(({ isReported }) => !isReported);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

it('no change is folded away that no rule knows', () => {
  const folded = REVIEWED.filter((change) => change.isFolded && !change.isWayBack && !mayBeFolded(change));
  expect(folded.map(({ name }) => name)).toEqual([]);
});

it('each sentence, with its level and the changes of which it is said', () => {
  const likely = REVIEWED.filter(({ purpose }) => purpose !== 'odd value');
  expect(changesBySentence(likely)).toMatchSnapshot();
});
