export { compareAssemblies } from './compare';
export type { CostChange, CostChanges } from './cost';
export type { Deployed } from './deployed-file';
export { LONGEST_REVIEW, renderMarkdown } from './render-markdown';
export { type ReviewOptions, runDiffReview } from './review';
