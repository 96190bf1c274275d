export { assembly, configuredAssembly, type Manifest, template } from '../../../test/support/assembly';
