import { words } from './words';

/** Place where a person reads how to restore a deleted database: a deploy only creates an empty one in its place. */
export const RESTORING_CHAPTER = words.restoringChapter;
