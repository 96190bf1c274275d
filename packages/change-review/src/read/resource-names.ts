import { functionOf, type Resource } from '@infra/common/template';
import { stableJson } from '@infra/common/values';
import type { KnownNames } from './value';
import type { NormalizedText } from './normalized-text';
import { NAME_IS_SHARED } from './physical-name';
import { refPropertyOf, schemaOf } from './resource-schemas';
import type { TemplateReader } from './template-reader';

/** A physical name or an ARN that the template sets, and the reference to its resource. */
interface NamedReference {
  readonly name: NormalizedText;
  readonly reference: NormalizedText;
  readonly type: string;
}

/** A word, or a number, means other things as well. */
const DISTINCTIVE = /[-_/:]/;

/** Template of an ARN in the schemas that ends with one property. */
const ARN_TEMPLATE = /^(arn:.*)\$\{(\w+?)(?:WithPath)?\}$/;
const PSEUDO_PARAMETER_IN_ARN = /(?=Partition|Region)/g;

/**
 * Physical names and ARNs of the resources of all sides, as a template may write them out. How AWS composes ARNs is in
 * the resource schemas. A record has the name of what it leads to.
 */
export function findKnownNames(readers: readonly TemplateReader[]): KnownNames {
  const named = readers.flatMap(namedReferencesIn);
  const shared = named.filter(({ type }) => NAME_IS_SHARED.has(type));
  const own = named.filter(({ type }) => !NAME_IS_SHARED.has(type));
  return new Map([...unambiguous(shared), ...unambiguous(own)]);
}

function unambiguous(named: readonly NamedReference[]): KnownNames {
  const referencesByName = new Map<NormalizedText, Set<NormalizedText>>();
  for (const { name, reference } of named) {
    if (!DISTINCTIVE.test(name)) continue;
    const references = referencesByName.get(name) ?? new Set();
    referencesByName.set(name, references.add(reference));
  }
  const knownNames = new Map<NormalizedText, NormalizedText>();
  for (const [name, references] of referencesByName) {
    const [reference = ''] = references;
    // A name that several resources have is ambiguous.
    if (references.size === 1) knownNames.set(name, reference);
  }
  return knownNames;
}

function namedReferencesIn(reader: TemplateReader): NamedReference[] {
  const resources = Object.entries(reader.template.Resources);
  return resources.flatMap(([id, resource]) => namedReferencesOf(id, resource, reader));
}

function namedReferencesOf(id: string, { Type, Properties = {} }: Resource, reader: TemplateReader): NamedReference[] {
  const textOf = (value: unknown) =>
    reader.normalizeText(value) ?? (functionOf(value) ? stableJson(reader.normalize(value)) : '');
  const schema = schemaOf(Type);
  const [, arnPrefix = '', arnProperty = ''] = ARN_TEMPLATE.exec(schema?.arnTemplate ?? '') ?? [];
  const refProperty = refPropertyOf(Type) ?? '';
  const nameByRef = textOf(Properties[refProperty]);
  const nameInArn = textOf(Properties[arnProperty]);
  const ref = textOf({ Ref: id });
  const named = [{ name: nameByRef, reference: ref, type: Type }];

  const arnAttribute = arnAttributeOf(refProperty, schema?.attributes ?? {});
  const hasName = nameByRef !== '' || nameInArn !== '';
  const hasPath = Properties['Path'] !== undefined;
  if (!hasName || hasPath || arnAttribute === undefined) return named;

  const arnStart = textOf({ 'Fn::Sub': withPseudoParameters(arnPrefix) });
  const arnEnd = Type === 'AWS::Logs::LogGroup' ? ':*' : '';
  const reference = textOf({ 'Fn::GetAtt': [id, arnAttribute] });
  for (const name of [nameInArn, ref]) {
    const arn = `${arnStart}${name}${arnEnd}`;
    if (name !== '') named.push({ name: arn, reference, type: Type });
  }
  return named;
}

/** The attribute that is the ARN of a resource: `Arn`, or the one that `Ref` returns. */
function arnAttributeOf(refProperty: string, attributes: Readonly<Record<string, unknown>>): string | undefined {
  const candidates = ['Arn', refProperty];
  return candidates.find((candidate) => {
    const isArn = candidate.endsWith('Arn');
    return isArn && attributes[candidate];
  });
}

/** The schemas write `${Account}` for `${AWS::AccountId}`. */
function withPseudoParameters(arnPrefix: string): string {
  return arnPrefix.replace(PSEUDO_PARAMETER_IN_ARN, 'AWS::').replace('Account', 'AWS::AccountId');
}
