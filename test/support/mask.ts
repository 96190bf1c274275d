import type { Json, Template } from './template';

/** Keys of what the CDK adds: its parameter and rule of the bootstrap, its metadata, and constructs' paths. */
const ADDED_BY_CDK: readonly string[] = [
  'Metadata',
  'BootstrapVersion',
  'CheckBootstrapVersion',
  'CDKMetadata',
  'CDKMetadataAvailable',
];

/** Hash of an asset. */
const HASH = /\b[0-9a-f]{64}\b/g;

/**
 * Takes out of a template what says nothing to a reviewer and changes without a change of ours: the hashes of assets
 * keep their shape only, what the CDK adds for itself goes.
 */
export function mask(template: Template): Json {
  const masked = JSON.stringify(template, (key, value: unknown) => {
    if (ADDED_BY_CDK.includes(key)) return undefined;
    return typeof value === 'string' ? value.replace(HASH, '<hash>') : value;
  });
  return JSON.parse(masked) as Json;
}
