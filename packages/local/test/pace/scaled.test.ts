import { AwsTime } from '../support/aws-time';
import { pacedCases } from './cases';

jest.setTimeout(120_000);

AwsTime.use();

describe('at AWS’s pace, on the clock of the commands', pacedCases);
