export { assembly, configuredAssembly, manifest, type Manifest, template } from '../../../test/support/assembly';
