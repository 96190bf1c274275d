import { en } from './en';

/** Place where a person reads how to restore a deleted database: a deploy only creates an empty one in its place. */
export const RESTORING_CHAPTER = en.restoringChapter();
