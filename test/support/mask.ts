import type { Json, Template } from './template';

/**
 * Takes out of a template what says nothing to a reviewer and changes without a change of ours: the hashes of assets
 * keep their shape only, metadata (construct paths, where an asset comes from) and CDK's own parameter go.
 */
export function mask(template: Template): Json {
  const masked = JSON.parse(JSON.stringify(template, withoutMetadata), withoutHashes) as Record<string, Json>;
  const { Parameters, Rules, Conditions, Resources, ...others } = masked;
  return {
    ...others,
    ...rest('Parameters', Parameters, 'BootstrapVersion'),
    ...rest('Rules', Rules, 'CheckBootstrapVersion'),
    ...rest('Conditions', Conditions, 'CDKMetadataAvailable'),
    ...rest('Resources', Resources, 'CDKMetadata'),
  };
}

function withoutMetadata(key: string, value: unknown): unknown {
  return key === 'Metadata' ? undefined : value;
}

function withoutHashes(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\b[0-9a-f]{64}\b/g, '<hash>') : value;
}

/** A section without one of its entries, and nothing at all where nothing else is in it. */
function rest(section: string, entries: Json | undefined, taken: string): Record<string, Json> {
  const kept = Object.entries(entries ?? {}).filter(([id]) => id !== taken);
  return kept.length === 0 ? {} : { [section]: Object.fromEntries(kept) };
}
