import { missingLines } from './differences';

/**
 * A difference as the comparison makes it, and the line that deviations.ts then lacks. A row's key is its environment, the
 * guide's chapter and resource, and the property as the guide's table calls it: クラス is the instance class.
 */
const LARGER_CLASS = { row: 'dev: 3-2 database: クラス', says: '"large", in the guide "micro"' };
const LINE_TO_PASTE = `// "large", in the guide "micro"\n  'dev: 3-2 database: クラス': '<why>',`;

test.each([undefined, '<why>', '  ', '...'])(
  'a difference with %j for a reason is printed as a line to paste',
  (reason) => {
    const reasons = reason === undefined ? {} : { [LARGER_CLASS.row]: reason };
    expect(missingLines([LARGER_CLASS], reasons)).toEqual([LINE_TO_PASTE]);
  },
);

test.each(['larger queries', '大きなクエリのため'])(
  'a difference with the reason "%s" needs no further line',
  (reason) => {
    expect(missingLines([LARGER_CLASS], { [LARGER_CLASS.row]: reason })).toEqual([]);
  },
);
