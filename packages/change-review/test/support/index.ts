export * from './assemblies';
export * from './secrets';
