export { newApp, synthesize } from '../../../test/support/synth';
