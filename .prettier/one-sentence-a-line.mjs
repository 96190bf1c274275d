/**
 * Plugin of Prettier: Markdown has one sentence a line, in paragraphs and lists. A line break within a sentence becomes
 * a space or, in Japanese, nothing, since browsers show it as a space there. The package
 * prettier-plugin-sentences-per-line (0.2.3) does so for English only, and joins no lines.
 */
import { doc } from 'prettier';
import * as markdown from 'prettier/plugins/markdown';

const { hardline } = doc.builders;
const printer = markdown.printers.mdast;

/** Last word of a sentence. */
const SENTENCE_END = /[.?!。？！]["'”’]*$/;
/** The same in Japanese, which has no space after it. */
const JAPANESE_SENTENCE_END = /[。？！]$/;
/** Brackets: a full stop between them does not end the sentence around them. */
const OPENED = /[(（「『]/g;
const CLOSED = /[)）」』]/g;
const ABBREVIATION = /^[("]*(?:e\.g|i\.e|etc|cf|vs)\.$/;
/** The number of a step, such as the start of "**1. Deploy.**". */
const NUMBER = /^\d+\.$/;
/** A word that would begin a list, a heading or a quotation at the start of a line. */
const MARKER = /^>|^(?:[*+-]|#{1,6}|\d+[.)])$/;

const JAPANESE_LETTER = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]/u;
const JAPANESE_PUNCTUATION = /[、。・：；？！「」『』（）]/;

const count = (text, pattern) => text.match(pattern)?.length ?? 0;
const isSpace = (node) => node?.type === 'whitespace';

/**
 * Words, spaces and code in their order. The place before a leaf is a list and a node in it: that of the link or the
 * emphasis which the leaf begins.
 */
function leavesOf(siblings, placeOfParent) {
  return siblings.flatMap((node, index) => {
    const place = index === 0 && placeOfParent !== undefined ? placeOfParent : { siblings, node };
    return node.children === undefined ? [{ node, siblings, place }] : leavesOf(node.children, place);
  });
}

/** True if a word is the last of its sentence, and another sentence follows. */
function endsSentence(leaf, next, openBrackets) {
  const word = leaf.node.value;
  if (openBrackets > 0 || !SENTENCE_END.test(word)) return false;
  if (leaf.siblings[0] === leaf.node && NUMBER.test(word)) return false;
  if (ABBREVIATION.test(word)) return false;
  if (next.node.type === 'break') return false;
  // A link or code may begin a sentence in lower case; after an abbreviation, plain text goes on so.
  const isPlainText = next.node.type === 'word' && next.siblings === leaf.siblings;
  if (!isPlainText) return true;
  if (MARKER.test(next.node.value)) return false;
  return JAPANESE_SENTENCE_END.test(word) || !/^[a-z]/.test(next.node.value);
}

/** Marks the spaces between sentences, and adds those that Japanese does not have. */
function separateSentences(paragraph) {
  const leaves = leavesOf(paragraph.children);
  let openBrackets = 0;
  for (const [index, leaf] of leaves.entries()) {
    const { node } = leaf;
    if (node.type !== 'word') continue;
    openBrackets += count(node.value, OPENED) - count(node.value, CLOSED);
    const next = leaves.slice(index + 1).find((other) => !isSpace(other.node));
    if (next === undefined || !endsSentence(leaf, next, openBrackets)) continue;
    const space = leaves[index + 1];
    if (isSpace(space.node)) space.node.isBetweenSentences = true;
    else if (JAPANESE_SENTENCE_END.test(node.value)) addSpaceAt(next.place);
  }
}

function addSpaceAt({ siblings, node }) {
  siblings.splice(siblings.indexOf(node), 0, { type: 'whitespace', value: '\n', isBetweenSentences: true });
}

/** First or last character of a leaf. */
function edge(leaf, at) {
  return Array.from(leaf?.node.value ?? '').at(at) ?? '';
}

/** Replacement of a line break within a sentence. */
function joint(before, space, after) {
  const edges = [edge(before, -1), edge(after, 0)];
  if (edges.some((character) => JAPANESE_PUNCTUATION.test(character))) return '';
  const japanese = edges.filter((character) => JAPANESE_LETTER.test(character)).length;
  if (japanese === 0) return ' ';
  if (japanese === 2) return '';
  // Code, and a link whose text is no Japanese, have a space on both sides.
  const areSiblings = before?.siblings === space.siblings && after?.siblings === space.siblings;
  return areSiblings ? '' : ' ';
}

/** Removes the line breaks within sentences. */
function joinLines(paragraph) {
  const leaves = leavesOf(paragraph.children);
  for (const [index, space] of leaves.entries()) {
    const { node } = space;
    if (!isSpace(node) || node.isBetweenSentences || !node.value.includes('\n')) continue;
    node.value = joint(leaves[index - 1], space, leaves[index + 1]);
  }
}

function rearrange(node) {
  if (node.type === 'paragraph') {
    separateSentences(node);
    joinLines(node);
    return;
  }
  for (const child of node.children ?? []) rearrange(child);
}

// Prettier takes the printer of the plugin that has the parser.
export const parsers = markdown.parsers;

export const printers = {
  mdast: {
    ...printer,
    preprocess: (ast, options) => {
      const prepared = printer.preprocess(ast, options);
      rearrange(prepared);
      return prepared;
    },
    print: (path, options, print, args) =>
      path.node.isBetweenSentences ? hardline : printer.print(path, options, print, args),
  },
};
