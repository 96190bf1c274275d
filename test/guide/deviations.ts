/**
 * Deviations of lib/config or lib/constructs from the guide's tables, with the reason: a line each, such as
 * `'dev: 7-3 webTaskDefinition: アーキテクチャ': 'ARM64 costs a fifth less',`. The test says which line is missing, or is no
 * longer needed.
 */
export const deviations: Readonly<Record<string, string>> = {};

/** Is the guide still the truth? `false` ends the comparison: docs/moving-in.md says when. */
export const guideHolds: boolean = true;
