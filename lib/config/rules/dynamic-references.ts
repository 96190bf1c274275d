import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import { type Report, show } from './check';

/**
 * No text is a dynamic reference: CloudFormation would put a value from elsewhere in its place while it deploys, and no
 * review, test or diff would show it.
 */
export function dynamicReferenceRules(config: EnvironmentConfig, report: Report): void {
  for (const { field, text } of textsIn(config)) {
    if (!/\{\{resolve:/.test(text)) continue;
    report(field, words.values.dynamicReference({ text: show(text) }));
  }
}

interface TextField {
  readonly field: string;
  readonly text: string;
}

/** The texts of a config, but for the reasons of safeguards that are off, which reach no template. */
function textsIn(value: unknown, field = ''): TextField[] {
  if (typeof value === 'string') return [{ field, text: value }];
  if (typeof value !== 'object' || value === null || 'off' in value) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = Array.isArray(value) ? `${field}[${key}]` : `${field}.${key}`;
    return textsIn(inner, field === '' ? key : name);
  });
}
