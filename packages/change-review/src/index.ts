export { compareAssemblies } from './compare-assemblies';
export type { CostChange } from './model/review';
export type { Verdict } from './model/finding';
export type { Consequence, Decision } from './render/verdict';
export { type ReviewOptions, runDiffReview } from './review';
export type { CostChanges } from './stack-costs';
