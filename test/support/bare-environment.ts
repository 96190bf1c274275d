/** The variables of a program that is to know nothing of this machine but where programs and temporary files are. */
export function bareEnvironment(): Record<string, string> {
  const names = ['PATH', 'TMPDIR'];
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']));
}
