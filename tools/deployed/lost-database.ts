/** Chapter that says how data comes back. A deploy creates an empty database in the place of a deleted one. */
export const RESTORING = '“Restoring a lost environment” in docs/moving-in.md';
