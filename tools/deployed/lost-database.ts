/** Chapter on restoring data. A deploy creates an empty database in the place of a deleted one. */
export const RESTORING_CHAPTER = '“Restoring a lost environment” in docs/moving-in.md';
