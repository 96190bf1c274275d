import type * as original from '../../../../test/support/global-setup';

/**
 * Jest's globalSetup under Stryker, which runs jest many times in one process: each run has to load lib anew, or a mutant
 * at the top of a module would never be seen. What packages/common remembers stays. A mutant that stops the synth leaves no templates, and every test fails.
 */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalSetup(): void {
  delete (globalThis as { __stryker__?: unknown }).__stryker__;
  for (const file of Object.keys(require.cache)) {
    if (!/node_modules|packages.common/.test(file)) Reflect.deleteProperty(require.cache, file);
  }
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be loaded once
    (require('../../../../test/support/global-setup') as typeof original).default();
  } catch (error) {
    console.error(error);
  }
}
