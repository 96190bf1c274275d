/** Programs that do the work of a step. What else a script has, such as echo and tests of the shell, only serves them. */
const PROGRAMS = new Set(['aws', 'cdk', 'docker', 'exit', 'gh', 'git', 'npm', 'pip', 'prooflink', 'shasum']);

const QUOTED = /'[^']*'|"(?:[^"\\]|\\.)*"/g;
const SIMPLE_COMMAND = /[^\n|;&()]+/g;
const KEYWORDS = /^(?:(?:if|elif|while|then|else|do|!) )+/;
const REDIRECTION = / \d?>.*$/;
const OPTION = /(?<=[ +])--?[A-Za-z][\w-]*(?:=\S+)?/g;

/** A script with all lines of a command in one, and dots in the place of quoted text that runs nothing. */
function maskQuotes(script: string): string {
  return script.replace(QUOTED, (quoted) => (quoted.includes('$(') ? quoted : '·'.repeat(quoted.length)));
}

/** Names that the program goes by here, without the way to start it. */
function withoutLauncher(command: string): string {
  return command
    .replace(KEYWORDS, '')
    .replace(/^npm run --silent prooflink -- /, 'prooflink ')
    .replace(/^npm run --silent /, 'npm run ')
    .replace(/^env -i \S+ \S+ (?=npx )/, '')
    .replace(/^npx cdk /, 'cdk ');
}

/** `prooflink release`, `npm run test`, `.ci/run`: a program with its own command. */
function programOf(command: string): string | undefined {
  const [program = ''] = command.split(' ');
  if (/^(?:\.ci|tools)\//.test(program)) return program;
  if (!PROGRAMS.has(program)) return undefined;
  const [name = program] = /^npm run \S+|^\S+ [a-z][\w-]*/.exec(command) ?? [];
  return name;
}

/**
 * The commands of a script in their order: those of this repository's program as they are written, an exit with its code,
 * and of others the names of their options, such as `cdk synth --strict`.
 */
export function commandsOf(script: string): string[] {
  const lines = script.replace(/\\\n\s*/g, '');
  return [...maskQuotes(lines).matchAll(SIMPLE_COMMAND)].flatMap(({ 0: masked, index }) => {
    const command = withoutLauncher(masked.trim());
    const program = programOf(command);
    if (program === undefined) return [];
    if (/^(?:prooflink|exit)\b/.test(program)) {
      const asWritten = withoutLauncher(lines.slice(index, index + masked.length).trim());
      return [asWritten.replace(REDIRECTION, '')];
    }
    const options = command.match(OPTION) ?? [];
    return [[program, ...options].join(' ')];
  });
}
