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

  /** Refusals of a call, as Commander words them. */
  refusals: {
    missingArgument: ({ name }: { readonly name: string }) => `error: missing required argument '${name}'`,
    optionWithoutValue: ({ option }: { readonly option: string }) => `error: option '${option}' argument missing`,
    repeatedOption: ({ option }: { readonly option: string }) => `error: option '${option}' given more than once`,
    conflictingOptions: ({ option, other }: { readonly option: string; readonly other: string }) =>
      `error: option '${option}' cannot be used with option '${other}'`,
    unknownOption: ({ option, alike }: { readonly option: string; readonly alike: string }) =>
      `error: unknown option '${option}'${didYouMean(alike)}`,
    unknownCommand: ({ command, alike }: { readonly command: string; readonly alike: string }) =>
      `error: unknown command '${command}'${didYouMean(alike)}`,
    /** @param command - Name of the command; empty for a program without commands. */
    tooManyArguments: ({
      command,
      expected,
      received,
    }: {
      readonly command: string;
      readonly expected: number;
      readonly received: number;
    }) =>
      `error: too many arguments${command && ` for '${command}'`}. ` +
      `Expected ${expected} argument${expected === 1 ? '' : 's'} but got ${received}.`,
    /** @param advice - A sentence on what is allowed. */
    invalidArgument: ({ name, value, advice }: Readonly<Record<'name' | 'value' | 'advice', string>>) =>
      `error: command-argument value '${value}' is invalid for argument '${name}'. ${advice}`,
    invalidOption: ({ option, value, advice }: Readonly<Record<'option' | 'value' | 'advice', string>>) =>
      `error: option '${option}' argument '${value}' is invalid. ${advice}`,
    allowed: ({ choices }: { readonly choices: string }) => `Allowed choices are ${choices}.`,
  },

  /** End of the line of a step that failed, in a file or a pipe. */
  stepFailed: 'FAILED: see below',
};

/** Sentences of the frame of every command, in the language of this process. */
export const words = messagesOf({ en, ja });

/** @param alike - Names that are alike; empty if there are none. */
function didYouMean(alike: string): string {
  const oneOf = alike.includes(', ') ? 'one of ' : '';
  return alike && `\n(Did you mean ${oneOf}${alike}?)`;
}
