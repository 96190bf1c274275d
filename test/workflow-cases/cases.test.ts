import { CASES, check } from './cases';
import { workflows } from '../workflows/workflow';

test.each(CASES)('$file: $says', (one) => {
  check(one, workflows());
});
