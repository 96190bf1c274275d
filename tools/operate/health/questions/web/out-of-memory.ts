/** Reason of ECS and AWS Batch for a container that ended: `OutOfMemoryError: Container killed due to memory usage`. */
export const OUT_OF_MEMORY = /OutOfMemory/;
