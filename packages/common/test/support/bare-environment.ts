/** The variables of a program that is to know nothing of this machine but its programs, and where files of a run belong. */
export function bareEnvironment(): Record<string, string> {
  const names = ['PATH', 'TMPDIR', 'NODE_COMPILE_CACHE'];
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']));
}
