import type { NormalizedText } from './normalized-text';

/** References by the physical name or ARN that their resources have: a template may also write those out. */
export type KnownNames = ReadonlyMap<NormalizedText, NormalizedText>;

const ARN = /arn:[^"',\s]+/g;
/** Places at which the part of an ARN that is known may end. */
const END_OF_PART = /[/:]|$/g;

/** A text in which physical names and ARNs that are written out are references. */
export function withReferences(text: NormalizedText, knownNames: KnownNames): NormalizedText {
  const reference = knownNames.get(text);
  if (reference !== undefined) return reference;
  if (!text.includes('arn:')) return text;
  return text.replace(ARN, (arn) => withReferenceAtStart(arn, knownNames));
}

/** An ARN whose longest known beginning is a reference. */
function withReferenceAtStart(arn: NormalizedText, knownNames: KnownNames): NormalizedText {
  const matches = [...arn.matchAll(END_OF_PART)];
  const ends = matches.map(({ index }) => index).reverse();
  for (const end of ends) {
    const reference = knownNames.get(arn.slice(0, end));
    if (reference !== undefined) return `${reference}${arn.slice(end)}`;
  }
  return arn;
}
