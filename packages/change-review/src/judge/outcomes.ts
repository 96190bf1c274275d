import { isRuleRead } from '../network/security-rules';
import type { NormalizedValue } from '../read/normalized-text';
import { areReadAsRights, isPropertyReadAsRights, isReadAsRight } from '../rights/policy-documents';
import type { Difference } from './differences';

const RESOURCE_TYPE = /^(AWS|Custom)::/;
const SEPARATE_RULE = /^AWS::EC2::SecurityGroup(In|E)gress$/;
const INLINE_RULES = /^SecurityGroup(In|E)gress$/;

/** True if rights or network paths report a difference, since they are computed from its values on both sides. */
export function isReportedAsOutcome(type: string, difference: Difference): boolean {
  if (!RESOURCE_TYPE.test(type)) return false;
  const { before, after } = difference;
  return isRead(type, difference, before) && isRead(type, difference, after);
}

/** True if rights or network paths read a value of a resource. */
function isRead(type: string, { path, kind }: Difference, value: NormalizedValue): boolean {
  if (kind === 'statement') return areReadAsRights(value);
  if (kind === 'withinStatement') return isReadAsRight(path, value);
  const [property = ''] = path.split(/[.[]/);
  if (type.startsWith('AWS::IAM::')) return isPropertyReadAsRights(type, property, value);
  const isInlineRule = type === 'AWS::EC2::SecurityGroup' && INLINE_RULES.test(property);
  return (isInlineRule || SEPARATE_RULE.test(type)) && isRuleRead(path, value);
}
