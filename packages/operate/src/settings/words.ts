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
  /** Errors for a stack without the secret: before the first release, and beside web tasks, which need each named value. */
  noSecret: ({ stackName }: Texts<'stackName'>) =>
    `${stackName} has no secret for settings yet. Deploy it once without a new image: npx cdk deploy ${stackName}`,
  noSecretBesideTasks: ({ environmentName, stackName }: Texts<'environmentName' | 'stackName'>) =>
    `${stackName} has no secret for settings yet, and a deploy of their names alone would be rolled back, since web tasks ` +
    `do not start without the values. In this order: deploy \`settings: { variables: {}, secrets: [] }\` of ` +
    `lib/config/${environmentName}.ts, which creates the secret; write the names into it, and set their values; deploy ` +
    `again: npx cdk deploy ${stackName}`,
  overtaken: ({ key }: Texts<'key'>) => `${key} is not set: somebody else set other settings each time. Set it again.`,
  noText:
    'The value is not set: it is no text in UTF-8. Convert a file first (iconv -t UTF-8), or encode binary data (base64).',
  severalLines: ({ key }: Texts<'key'>) =>
    `${key} is not set: several lines were pasted, and only a PEM is taken so. Pipe a file with them into this command.`,
  typedBeforeQuestion: ({ key }: Texts<'key'>) =>
    `${key} is not set: something was typed before the question, and the terminal may have shown it. Call the command ` +
    'again, and wait for the question.',
};

/** Sentences of `settings`, in the language of this process. */
export const words = messagesOf({ en, ja });
