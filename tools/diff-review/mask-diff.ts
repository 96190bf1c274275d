import { isSecretName, type SecretMask } from '../shared/secret-mask';

/** A line's place in the tree of `cdk diff`, its mark, and what it shows. */
const LINE = /^([\s│]*(?:[├└]─ )?)(\[[-+~ ]\] )?(\s*)(.*)$/s;
const SECTION = /^(?:Resources|Parameters|Outputs|Conditions|Mappings|Metadata|Rules|Transform|Other Changes)$/;
const ENTRY = /^(?:\w+ )?"?([\w-]+)"?: /;
const PROPERTY = /^\.?([\w-]+):?(?: \(.*\))?$/;

/**
 * Text of `cdk diff` without any secret's value. What the text does not say is on the safe side: JSON on one line is read as
 * a template would be, whatever stands deeper than the name of a secret is one, and of the texts in a list, whose
 * neighbours may be cut off, only those are shown that the masked templates show, too.
 */
export function maskDiff(text: string, mask: SecretMask): string {
  let property = '';
  let entryName = '';
  let secretBelow = Infinity;

  const maskLine = (line: string): string => {
    const [, tree = '', mark = '', space = '', content = ''] = LINE.exec(line) ?? [];
    const start = tree + mark + space;
    const inJson = mark !== '' && /^[\s│]+$/.test(tree);
    const depth = inJson ? start.length : tree.length;
    const hasPlace = mark !== '' || tree.includes('─') || SECTION.test(line);
    if (hasPlace && depth <= secretBelow) secretBelow = Infinity;
    if (content.startsWith('@@') || /^[[\]{},"]*$/.test(content)) return line;
    if (secretBelow !== Infinity) return start + mask.maskAll(content);

    if (inJson && /^"[^:]*",?$/.test(content)) return start + (mask.shows(content) ? content : mask.maskAll(content));
    const [before = '', key = ''] = ENTRY.exec(content) ?? [];
    const value = content.slice(before.length);
    if (/^(?:Name|Key|ParameterKey)$/.test(key)) entryName = value.replace(/\W/g, '');
    if (!inJson && before === '') property = PROPERTY.exec(content)?.[1] ?? property;
    const name = before === '' ? PROPERTY.exec(content)?.[1] : key === 'Value' ? entryName : key;
    if (name !== undefined && isSecretName(name)) {
      secretBelow = depth;
      return before === '' || /^[[{]$/.test(value) ? line : start + before + mask.maskAll(value);
    }
    return start + (inJson ? mask.maskLines(content) : before + maskJson(value, key || property, mask));
  };
  return mask.maskKnown(text).split('\n').map(maskLine).join('\n');
}

/** Masks a value that may be JSON, or two with `to` between them. */
function maskJson(text: string, key: string, mask: SecretMask): string {
  if (!/[[{]["{[]/.test(text)) return mask.maskLines(text);
  try {
    return text
      .split(/(?<=[\]}]) to (?=[[{])/)
      .map((json) => JSON.stringify(mask.mask(JSON.parse(json), key)))
      .join(' to ');
  } catch {
    return mask.maskAll(text);
  }
}
