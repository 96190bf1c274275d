// One line per environment: the export's name is the environment's, `staging` becomes the stack ProoflinkStaging.
export { dev } from './dev';
export { prod } from './prod';
