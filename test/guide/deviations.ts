/**
 * Deviations of lib/config from the guide's tables, with the reason: a line each, such as
 * `'dev: 7-3 webTaskDefinition: アーキテクチャ': 'ARM64 costs a fifth less',`. The test says which line is missing, or is no longer needed.
 */
export const deviations: Readonly<Record<string, string>> = {};
