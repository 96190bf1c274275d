/**
 * Where lib/config leaves the guide on purpose, and why: a line each, such as
 * `'dev: cpuArchitecture': 'ARM64 costs a fifth less',`. The test says which line is missing, or is no longer needed.
 */
export const deviations: Readonly<Record<string, string>> = {};
