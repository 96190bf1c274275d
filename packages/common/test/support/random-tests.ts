/**
 * Seed of the random tests. It is fixed, so that a commit that was green for its author is green for whoever comes next.
 * The workflow search.yml draws another one each week; `SEED=…` repeats its run.
 */
export const seed = Number(process.env['SEED'] ?? 1);

/** Multiple of the cases that CI tries; search.yml sets it. */
export const searchFactor = Number(process.env['SEARCH_FACTOR'] ?? 1);

/** Parameters of fast-check for a test of so many cases. */
export function randomRuns(numRuns: number): { readonly seed: number; readonly numRuns: number } {
  return { seed, numRuns: numRuns * searchFactor };
}
