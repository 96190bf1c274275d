import { pacedCases } from './cases';

jest.setTimeout(300_000);

describe('at AWS’s pace, in real time', pacedCases);
