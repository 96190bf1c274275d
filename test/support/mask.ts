import type { Json, Template } from './template';

/** The CDK's own: its parameter and rule of the bootstrap, its metadata, and constructs' paths. */
const OF_THE_CDK = /^(Metadata|BootstrapVersion|CheckBootstrapVersion|CDKMetadata|CDKMetadataAvailable)$/;

/**
 * Takes out of a template what says nothing to a reviewer and changes without a change of ours: the hashes of assets
 * keep their shape only, what the CDK adds for itself goes.
 */
export function mask(template: Template): Json {
  const masked = JSON.stringify(template, (key, value: unknown) =>
    OF_THE_CDK.test(key) ? undefined : typeof value === 'string' ? value.replace(/\b[0-9a-f]{64}\b/g, '<hash>') : value,
  );
  return JSON.parse(masked) as Json;
}
