export {
  dataIsKept,
  everywhere,
  type Invariant,
  noSecretInClearText,
  whySecret,
} from '../../../test/support/invariants';
