import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import type { Lists, Texts } from '@infra/common/words';

/** Sentences of `npm run deploy:local`, in English. */
export const en = {
  help: {
    summary: 'Deploys an environment to a local AWS on this machine, where it runs.',
    /** Below the options, with lines of at most 60 columns. */
    details: `
What the application finds there and must answer:
docs/application.md. Secret settings without a value in
--settings get placeholders. Keep that file outside the
application's folder, which Next.js reads itself.`,
    exitCodes: {
      0: 'deployed',
      1: 'not deployed, or it does not answer',
      2: 'refused; says why',
    },
    keep: 'leave it running afterwards',
    app: 'run this web application, show its log, restart it with a key',
    appCommand: 'how it starts; its port is in PORT (default: "npm start")',
    job: 'run this user import',
    jobCommand: 'how it starts, unless as the job definition says',
    settings: 'values of secret settings, in lines NAME=value',
    strict: 'fail at a resource type or property that the local AWS does not know',
  },

  /** Titles of the steps. Commands are titles, too. */
  steps: {
    startAws: 'Start a local AWS',
    awsRuns: ({ endpoint }: Texts<'endpoint'>) => `Start a local AWS: ${endpoint}`,
    prepare: 'Prepare the account and the templates',
    deploy: ({ stackName }: Texts<'stackName'>) => `cdk deploy ${stackName} (the registries are empty)`,
    setSettings: 'Set the secret settings',
  },

  /** @param types - Types of resources, such as AWS::ElastiCache::ServerlessCache. */
  standIns: ({ types }: Lists<'types'>) =>
    `The local AWS does not know ${types.join(', ')}: these resources are not really there, and nothing answers at their addresses.`,
  /** @param properties - Each with its type, such as AWS::RDS::DBInstance.AssociatedRoles. */
  ignoredProperties: ({ properties }: Lists<'properties'>) =>
    `The local AWS does not know ${properties.join(', ')}: these properties have no effect here.`,

  failure: {
    errors: ({ errors }: Texts<'errors'>) => `The last errors of the local AWS:\n\n${errors}`,
    /** @param output - What the command has printed. */
    command: ({ command, output }: Texts<'command' | 'output'>) => `${command} failed\n\n${output}`,
    deployment: ({ stackName, reason }: Texts<'stackName' | 'reason'>) => `cdk deploy ${stackName} failed:\n${reason}`,
    wholeOutput: ({ file }: Texts<'file'>) => `All that it printed:\n  ${file}`,
  },

  /** Reasons for which the program of an option cannot start. */
  programs: {
    /** --app-command or --job-command alone. */
    folderMissing: ({ option }: ProgramOption) => `--${option}-command needs --${option} <folder>.`,
    noImport: ({ environmentName }: Environment) =>
      `--job: ${environmentName} has no user import (lib/config/${environmentName}.ts).`,
    noFolder: ({ option, path, folder }: ProgramOption & Texts<'path' | 'folder'>) =>
      `--${option} ${path}: there is no folder ${folder}.`,
    /** @param reason - One of the sentences below. */
    cannotStart: ({ option, path, reason }: ProgramOption & Texts<'path' | 'reason'>) =>
      `--${option} ${path}: ${reason} Or say how it starts: --${option}-command "<command>".`,
    noManifest: ({ command }: Texts<'command'>) => `there is no package.json, in which "${command}" looks.`,
    noScript: ({ script, scriptNames }: Texts<'script'> & Lists<'scriptNames'>) => {
      const choice = scriptNames.length === 0 ? 'it has none' : `it has: ${scriptNames.join(', ')}`;
      return `its package.json has no script "${script}" (${choice}).`;
    },
    noFile: ({ file, command }: Texts<'file' | 'command'>) =>
      `there is no ${file}, which "${command}" starts. Build it first.`,
    /** @param reason - One of the three sentences below. */
    runsInPlace: ({ option, reason }: ProgramOption & Texts<'reason'>) =>
      `--${option} runs in its own folder, so that each tag has the folder's present code, also in a rollback: ${reason}`,
    takesUpChanges: ({ command }: Texts<'command'>) => `"${command}" takes up changes by itself.`,
    leadsOut: ({ command }: Texts<'command'>) => `"${command}" leads out of the folder.`,
    copies: ({ option }: ProgramOption) => `The folder of --${option} is copied, which takes a while.`,
    notCopied: ({ reason }: Texts<'reason'>) => `the folder could not be copied (${reason}).`,
  },

  farewell: {
    startAgain: ({ commands }: Lists<'commands'>) =>
      `\nTo start it again, with its code as it was, in that shell:\n\n${indented(commands)}`,
    stopEverything: ({ command }: Texts<'command'>) => `\nTo stop everything:\n\n  ${command}`,
    stopped: ({ environmentName, command }: Environment & Texts<'command'>) =>
      `\n${environmentName} ran, and is stopped again. To leave it running, and open it:\n\n  ${command}`,
  },
  session: {
    begin: ({ keeps }: { readonly keeps: boolean }) => {
      const end = keeps ? 'leaves it running' : 'ends everything';
      return `It starts. r releases it again, with its migration; q or Ctrl-C ${end}. Its log:`;
    },
    releaseEnds: 'The release ends, and its migration with it. The next one begins.',
    releaseWaits: 'CloudFormation deploys, which nothing interrupts. The next release begins at its end.',
    failed: 'r starts it again, q ends.',
    jobFailed: ({ jobName, jobId, statusReason }: Texts<'jobName' | 'jobId' | 'statusReason'>) =>
      `The import job ${jobName} (${jobId}) failed: ${statusReason}`,
    noConfig: ({ environmentName }: Environment) =>
      `lib/config has no environment ${environmentName} any more. Add it again, then press r.`,
  },
  /** Findings of the local load balancer: they work on this machine alone. */
  findings: {
    secureCookie: ({ request, cookie }: Finding & Texts<'cookie'>) =>
      `Not on AWS: ${request} sets the cookie ${cookie} as Secure over plain HTTP. Browsers take it on localhost alone: set ` +
      'Secure if NEXTAUTH_URL begins with https, or use loadBalancer.domain or edge.',
    ownAddress: ({ request, location }: Finding & Texts<'location'>) =>
      `Not on AWS: ${request} redirects to ${location}, the task's own address, which no user reaches. Build the URL from ` +
      'NEXTAUTH_URL, not from request.url.',
    closedEarly: ({ request }: Finding) =>
      `Not on AWS: ${request} got 502, since the program closed an idle connection that the load balancer keeps for a ` +
      'minute. Start it as "next start --keepAliveTimeout 65000", or set server.keepAliveTimeout (docs/application.md).',
  },
  usage: {
    domain:
      'It answers to its domain alone, since the bucket takes uploads from no other origin: a browser, in a profile of ' +
      'its own, is told that the domain is on this machine.',
    tryImport: 'Try: choose a CSV file there, whose first line is email,name.',
    shell: 'A shell that asks the local AWS, and what works there of README.md, "Daily use":',
    /** Below a command of `npm run prooflink`. */
    furtherCommands: ({ commands }: Lists<'commands'>) => `and ${commands.join(', ')}`,
    onlyOnAws: ({ hasImport }: { readonly hasImport: boolean }) =>
      'Docker images in the registry need AWS.' + (hasImport ? '' : ' Without --job, there is no import.'),
  },
  settings: {
    noSuchFile: ({ file }: SettingsFile) =>
      `--settings ${file}: there is no such file. Name one with lines NAME=value.`,
    envFile: ({ file, names, environmentName }: SettingsFile & Environment & Lists<'names'>) =>
      `${file} gives the application what it lacks on AWS: ${names.join(', ')}. Next.js reads this file by itself. ` +
      configAdvice(environmentName),
    notConfigured: ({ names, environmentName }: Environment & Lists<'names'>) =>
      `Not configured for ${environmentName}, so the application gets no value: ${names.join(', ')}. ${configAdvice(environmentName)}`,
    replaced: ({ keys, environmentName }: Environment & Lists<'keys'>) =>
      'r sets each secret setting by --settings, or to a placeholder, also over ' +
      `\`settings ${environmentName} set\`. Replaced: ${keys.join(', ')}.`,
    placeholders:
      'On AWS, a container does not start while one of its settings is missing. Here, the value is a placeholder. To give values:',
    fileOption: ({ name }: Texts<'name'>) => `  --settings <file>, with lines such as ${name}=<value>`,
  },
};

/** Sentences of `npm run deploy:local`, in the language of this process. */
export const words = messagesOf({ en, ja });

/** Option that gives a program, without its hyphens. */
interface ProgramOption {
  readonly option: 'app' | 'job';
}

interface SettingsFile {
  /** Path as it was written on the command line. */
  readonly file: string;
}

interface Finding {
  /** Method and path. */
  readonly request: string;
}

interface Environment {
  readonly environmentName: string;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}

function configAdvice(environmentName: string): string {
  return `If the application needs them, name them in webService.settings of lib/config/${environmentName}.ts.`;
}
