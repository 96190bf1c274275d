import fc from 'fast-check';
import { constructPath } from '@infra/common/template';
import { review, reviewStack } from '@infra/change-review/testing';
import { RealStack } from './support/real-stack';

type Path = readonly (string | number)[];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Every place in a value, itself included. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (!isObject(value)) return [path];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [path, ...keys.flatMap((key) => placesIn((value as Record<string | number, unknown>)[key], [...path, key]))];
}

const branches = { 'Fn::If': ['X', 1, 2] };
const odd = fc.constantFrom<unknown>('', 'x', 0, 15.1, true, null, {}, [], { Ref: 'X' }, ['a'], branches);
const KEYS = 'valueOf __proto__ constructor toString toJSON Ref New Statement Default';
const oddKey = fc.constantFrom(...KEYS.split(' '));
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('remove' as const) }),
  fc.record({ kind: fc.constant('replace' as const), by: odd }),
  fc.record({ kind: fc.constant('add' as const), key: oddKey, by: odd }),
  fc.record({ kind: fc.constant('swap' as const) }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

/** Changes the value at a path; whether that made a difference. */
function mutate(root: Record<string, unknown>, path: Path, change: Mutation): boolean {
  const before = JSON.stringify(root);
  const key = path.at(-1) ?? '';
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((inner, each) => (inner as Record<string | number, unknown>)[each], root);
  const holder = parent as Record<string | number, unknown>;
  const own = (target: object, name: string | number, value: unknown) =>
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  const value = holder[key];
  if (change.kind === 'remove') {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
  } else if (change.kind === 'replace') own(holder, key, change.by);
  else if (change.kind === 'swap')
    own(holder, key, Array.isArray(value) ? [...(value as unknown[])].reverse() : `${JSON.stringify(value)}0`);
  else if (Array.isArray(value)) value.push(change.by);
  else if (isObject(value)) own(value, change.key, change.by);
  else own(holder, key, [value]);
  return JSON.stringify(root) !== before;
}

/** Names in the comment of a change at a path, one of which must be there. */
function namesOf(stack: RealStack, [root, first = '', second = '', third = '']: Path, change: Mutation): RegExp {
  const [name, part] =
    root === 'template'
      ? [first === 'Resources' ? second : second || String(first).replace(/s$/, ''), first === 'Resources' ? third : '']
      : [first, ''];
  const resource = stack.template.Resources[name];
  const path = resource ? constructPath(String(name), resource) : '';
  const known = [name, path, part, 'key' in change ? change.key : ''].map(String).filter((each) => each !== '');
  return new RegExp(known.map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|') || 'not');
}

it('whatever changes, wherever it is, is told', () => {
  const original = new RealStack('prod');
  const base = original.write();
  const all = placesIn({ template: original.template, properties: original.properties }).filter(
    ({ length }) => length > 1,
  );
  // A resource has many more values than the manifest, which counts as much.
  const manifest = all.filter(([root]) => root === 'properties');
  const place = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...all) },
    { weight: 1, arbitrary: fc.constantFrom(...manifest) },
  );
  fc.assert(
    fc.property(place, mutation, (path, change) => {
      const head = new RealStack('prod');
      fc.pre(mutate({ template: head.template, properties: head.properties }, path, change));
      const { exitCode, stdout, stderr } = review(base, head.write(), '--markdown');
      expect(stdout).not.toContain('No change.');
      expect(stderr).not.toContain('unexpected fault');
      if (exitCode !== 2)
        expect(
          stdout
            .replace(/<summary><code>cdk diff[^]*?<\/details>/g, '')
            .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))),
        ).toMatch(namesOf(original, path, change));
    }),
    { numRuns: 80 },
  );
}, 120_000);

describe('what is uploaded for a stack', () => {
  const [one = '', other = '', code = '', newCode = ''] = ['a', 'b', 'c', 'd'].map((sign) => sign.repeat(64));
  const url = (hash: string) => `s3://assets/${hash}.json`;
  /** As `cdk synth` files a template and a function's code; the hash of the template differs with it. */
  const stack = (template: string, code: string, change: object = {}) => {
    const entry = (displayName: string, objectKey: string) => {
      return {
        displayName,
        source: { path: objectKey },
        destinations: { here: { bucketName: 'assets', objectKey, ...change } },
      };
    };
    const files = { [template]: entry('Template', `${template}.json`), [code]: entry('Code', `${code}.zip`) };
    const properties = { stackTemplateAssetObjectUrl: url(template) };
    return { resources: {}, properties, assets: { version: '55.0.0', files, dockerImages: {} } };
  };

  it.each<[string, object]>([
    ['into another bucket', { bucketName: 'other' }],
    ['under another name', { objectKey: 'other.zip' }],
    ['by another role', { assumeRoleArn: 'arn:aws:iam::999999999999:role/x' }],
  ])('%s is shown', (_what, change) => {
    const { stdout } = reviewStack(stack(one, code), stack(one, code, change));
    expect(stdout).toMatch(/(👀|⚠️) \*\*The stack itself\*\*[^]*assets/);
    expect(stdout).toContain(Object.values(change)[0]);
  });

  it('another hash, of code or of a template that says the same, is folded', () => {
    const { stdout } = reviewStack(stack(one, code), stack(one, newCode));
    expect(stdout).toContain('nothing is opened or weakened');
    expect(stdout).toContain(`\`${code}.zip\` → \`${newCode}.zip\``);
    const template = reviewStack(stack(one, code), stack(other, code)).stdout;
    expect(template).toContain('nothing is opened or weakened');
    expect(template).toContain(`\`${url(one)}\` → \`${url(other)}\``);
  });

  it('a template that differs is told without its hash', () => {
    const topic = { Topic: { Type: 'AWS::SNS::Topic' } };
    const { stdout } = reviewStack(stack(one, code), { ...stack(other, code), resources: topic });
    expect(stdout).toContain('`Topic`');
    expect(stdout).not.toContain('The stack itself');
  });
});
