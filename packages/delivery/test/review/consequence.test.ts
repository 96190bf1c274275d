import type { Verdict } from '@infra/change-review';
import { renderWords } from '@infra/change-review/words';
import { consequenceIn } from '../../src/review/consequence';

const NEEDS_LABEL = 'This check fails unless the pull request has the label allow-destructive.';
const NEEDS_CHANGE =
  'This check fails as long as the deployment would fail. No label accepts that; .github/accepted-findings.json can.';

// A label that promised to accept a failing deployment would be put on, and then nothing would be deployed.
it.each<{ open: Verdict[]; accepted: Verdict[]; says: string }>([
  { open: ['lost'], accepted: [], says: NEEDS_LABEL },
  { open: ['fails'], accepted: [], says: NEEDS_CHANGE },
  { open: ['fails', 'left'], accepted: [], says: `${NEEDS_LABEL} ${NEEDS_CHANGE}` },
  { open: ['fails'], accepted: ['lost'], says: `Accepted by the label allow-destructive. ${NEEDS_CHANGE}` },
  { open: [], accepted: [], says: '' },
])('a pull request by which $open are open and $accepted accepted', ({ says, ...decision }) => {
  const words = consequenceIn('en', false)({ ...decision, names: '' });
  expect(renderWords(words, (text) => text)).toBe(says);
});
