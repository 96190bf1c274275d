import { countText } from '@infra/common/words';

/** Sentences of `npm run deploy:local`, in English: those that were written since a second language is planned. */
export const en = {
  farewell: {
    startAgain: ({ command }: { readonly command: string }) => `\nTo start it again, in that shell:\n\n  ${command}`,
    migrationRuns: ({ stopCommands }: { readonly stopCommands: readonly string[] }) =>
      '\nThe migration still runs, and a release is refused until it ends. To stop it, in that shell:\n\n' +
      stopCommands.map((command) => `  ${command}`).join('\n'),
  },
  session: {
    begin: ({ effectOfEnd }: { readonly effectOfEnd: string }) =>
      `It starts. r releases it again, with its migration; q or Ctrl-C ${effectOfEnd}. Its log:`,
    releaseEnds: 'The release ends, and its migration with it. The next one begins.',
    taskReplaced:
      'CloudFormation deploys, which nothing interrupts: r replaces the task alone. Press r again at the end for config, settings ' +
      'and migration.',
    failed: 'r starts it again, q ends.',
    jobFailed: ({ jobName, jobId, statusReason }: Readonly<Record<'jobName' | 'jobId' | 'statusReason', string>>) =>
      `The import job ${jobName} (${jobId}) failed: ${statusReason}`,
    noJob: 'Imports have no image here, since --job is missing. To run them, begin again with --job <folder>.',
    noConfig: ({ environmentName }: Environment) =>
      `lib/config has no environment ${environmentName} any more. Add it again, then press r.`,
  },
  usage: {
    onlyOnAws:
      'These need AWS: Docker images in the registry, a shell in a task (Shell), and the tunnel to the database (DatabaseTunnel).',
    noImport: 'Without --job, there is no import.',
  },
  settings: {
    noSuchFile: ({ file }: SettingsFile) => `--settings ${file}: there is no such file.`,
    noText: ({ file, reason }: SettingsFile & { readonly reason: string }) =>
      `--settings ${file}: it is no file of lines NAME=value in UTF-8 (${reason}).`,
    wrongLines: ({ file, problems }: SettingsFile & { readonly problems: readonly string[] }) =>
      `--settings ${file}:\n${problems.map((problem) => `  ${problem}\n`).join('')}` +
      'Put a value with a #, or one of several lines, into quotation marks: docs/application.md, "On the local AWS".',
    strayLine: ({ line, furtherCount }: { readonly line: number; readonly furtherCount: number }) => {
      const further =
        furtherCount === 0
          ? ''
          : `, and so ${furtherCount === 1 ? 'is' : 'are'} ${countText(furtherCount, 'line')} below`;
      return `line ${line} is neither NAME=value nor a comment${further}`;
    },
    cutValue: ({ line, name }: SettingsLine) => `line ${line}: the value of ${name} would end before its #`,
    brokenQuotation: ({ line, name }: SettingsLine) =>
      `line ${line}: the value of ${name} opens a quotation mark, which is not closed at the end of a line`,
    insideApplication: ({ file, folder }: SettingsFile & { readonly folder: string }) =>
      `--settings ${file} is in the application's folder ${folder}. Next.js reads .env files there itself: a setting that the ` +
      'config lacks has its value here, and none on AWS. Move the file to another folder.',
    noneConfigured: ({ file, environmentName }: SettingsFile & Environment) =>
      `No secret setting is configured for ${environmentName}, so the values of --settings ${file} are not used. ` +
      configAdvice(environmentName),
    notConfigured: ({ names, environmentName }: Environment & { readonly names: readonly string[] }) =>
      `Not configured for ${environmentName}, so the application gets no value: ${names.join(', ')}. ${configAdvice(environmentName)}`,
    placeholders:
      'On AWS, a container does not start while one of its settings is missing. Here, the value is a placeholder. To give values:',
    fileOption: ({ name }: { readonly name: string }) => `  --settings <file>, with lines such as ${name}=<value>`,
  },
};

interface SettingsFile {
  /** Path as it was written on the command line. */
  readonly file: string;
}

interface SettingsLine {
  /** Number of the line, from 1 on. */
  readonly line: number;
  readonly name: string;
}

interface Environment {
  readonly environmentName: string;
}

function configAdvice(environmentName: string): string {
  return `If the application needs them, name them in webService.settings of lib/config/${environmentName}.ts.`;
}
