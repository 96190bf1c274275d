import { HARMLESS } from './support/pairs/harmless';
import { check } from './support/real-stack';

describe('harmless, folded away, and never silent', () => {
  it.each(HARMLESS)('$what, and undone it is $back', check);
});
