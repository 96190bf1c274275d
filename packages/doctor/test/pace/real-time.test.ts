import { pacedCases } from './cases';

jest.setTimeout(300_000);

describe('at AWS’s pace, in real time', () => {
  // Comparisons that hang take two minutes each time: they are tried on the clock of the commands.
  pacedCases(['denied']);
});
