import { messagesOf } from './messages';
import { ja } from './ja';

/** Sentences of the frame of every command, in English. */
export const en = {
  overview: {
    summary: 'Commands for operating the environments, and for CI.',
    forPeople: 'For people:',
    forCi: 'For CI:',
  },

  help: {
    usage: 'Usage:',
    arguments: 'Arguments:',
    options: 'Options:',
    commands: 'Commands:',
    exitCodes: 'Exit codes:',
    /** Notes behind the description of an argument or an option. */
    choices: 'choices',
    default: 'default',
    /** Description of `--help`. */
    helpOption: 'show this',
    howToCall: ({ command }: { readonly command: string }) => `How to call it: ${command} --help`,
  },

  environments: {
    /** Descriptions of arguments. */
    one: 'an environment of lib/config',
    oneOrFirst: 'an environment of lib/config; the first one unless given',
    several: 'environments of lib/config; all of them unless given',
    /** End of the refusal of another name. */
    known: ({ names }: { readonly names: readonly string[] }) => `There are: ${names.join(', ')}.`,
    missing: ({ environmentName, names }: { readonly environmentName: string; readonly names: readonly string[] }) =>
      `lib/config has no environment ${environmentName}, but: ${names.join(', ')}.`,
  },

  /** End of the line of a step that failed, in a file or a pipe. */
  stepFailed: 'FAILED: see below',
};

/** Sentences of the frame of every command, in the language of this process. */
export const words = messagesOf({ en, ja });
