import { adviceFor } from './messages/advice';
import type { Words } from './messages/words';
import type { Finding } from './model/finding';

/** Finding on an outcome that is computed from many values: a right or a network path. */
export function outcomeFinding(
  level: 'fails' | 'weaker' | 'look',
  subject: Words,
  sentences: readonly Words[],
): Finding {
  return {
    level,
    subject,
    sentences,
    changes: [],
    advice: adviceFor(sentences),
  };
}
