export { dataIsKept, everywhere, type Invariant } from '../../../test/support/invariants';
