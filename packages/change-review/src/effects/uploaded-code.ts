import type { SynthesizedStack } from '@infra/common/assembly';
import type { Resource } from '@infra/common/template';
import { valueAtPath } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';
import { onlyHashChanges } from '../rules/conditions';

const FUNCTION = 'AWS::Lambda::Function';

/** Uploads of a template without its assembly, of which nothing is known. */
const NO_UPLOADS = '[]';

/** Effect of code with another hash that the assembly does not upload: it comes from no source here. */
export function uploadedCodeEffects({ before, after }: BeforeAndAfter<Resource>, head: SynthesizedStack): Effect[] {
  if (after.Type !== FUNCTION) return [];
  const key = keyOf(after);
  const uploads = JSON.stringify(head.artifact.assets ?? []);
  const isUploaded = uploads === NO_UPLOADS || uploads.includes(JSON.stringify(key));
  if (isUploaded || !onlyHashChanges(keyOf(before), key)) return [];
  return [{ level: 'look', sentence: wordsOf('codeNotUploaded') }];
}

function keyOf({ Properties }: Resource): unknown {
  return valueAtPath(Properties, 'Code', 'S3Key');
}
