import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import type { Lists, Texts } from '@infra/common/words';

/** Sentences of `settings`, in English. */
export const en = {
  isSet: ({ key, restartCommand }: Texts<'key' | 'restartCommand'>) =>
    `${key} is set. Containers read it when they start: import jobs from the next one on, web tasks from the next release ` +
    `on, or at once: ${restartCommand}`,
  noValue: ({ key }: Texts<'key'>) => `No value was given; ${key} stays as it was.`,
  /** The key is not repeated: it may be a value that was written in its place. */
  unknownKey: ({ environmentName, keys }: Texts<'environmentName'> & Lists<'keys'>) =>
    `No secret setting of that name is configured for ${environmentName}. ` +
    (keys.length > 0 ? `Configured are: ${keys.join(', ')}. ` : 'None is configured. ') +
    `Names stand in settings.secrets of lib/config/${environmentName}.ts.`,
  /** Web tasks do not start without the values: a deploy of names alone would be rolled back. */
  noSecret: ({ stackName }: Texts<'stackName'>) =>
    `${stackName} has no secret for settings yet. Before its first release, deploy it: npx cdk deploy ${stackName}. ` +
    'To add the first secret setting to a running environment: docs/operating.md, "Releases and settings".',
  overtaken: ({ key }: Texts<'key'>) => `${key} is not set: somebody else set other settings each time. Set it again.`,
  noText:
    'The value is not set: it is no text in UTF-8. Convert a file first (iconv -t UTF-8), or encode binary data (base64).',
  severalLines: ({ key }: Texts<'key'>) =>
    `${key} is not set: several lines were pasted. Pipe a file with them into this command.`,
  typedBeforeQuestion: ({ key }: Texts<'key'>) =>
    `${key} is not set: something was typed before the question, and the terminal may have shown it. Call the command ` +
    'again, and wait for the question.',
};

/** Sentences of `settings`, in the language of this process. */
export const words = messagesOf({ en, ja });
