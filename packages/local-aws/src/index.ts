export { bootstrap, CdkError, type CdkProps, deploy, deployArguments, destroy, diff, runCdk, synth } from './cdk';
export { adoptAwsVariables, awsVariables, LOCAL_ACCOUNT, LOCAL_REGION, localEnvironment } from './environment';
export { findingAnnotations, type ImageProgram, programAnnotations, type ScanFinding } from './images';
export {
  type HostedZoneConfig,
  type JudgedCall,
  type LocalAws,
  adviceOnFilesOfKilledRuns,
  startLocalAws,
} from './local-aws';
