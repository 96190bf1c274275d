export { compareAssemblies } from './compare-assemblies';
export type { CostChange } from './model/review';
export { renderMarkdown } from './render/markdown';
export { type ReviewOptions, runDiffReview } from './review';
export type { CostChanges } from './stack-costs';
