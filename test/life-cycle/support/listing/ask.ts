/** Type → the ids that a service answers with. */
export type Asked = Record<string, Promise<string[]>>;

/** The ids in an answer. An answer with a next page is refused: its ids would be missed. */
export async function ids<Answer extends object>(
  answer: Promise<Answer>,
  pick: (answer: Answer) => (string | undefined)[] | undefined,
): Promise<string[]> {
  const given = await answer;
  for (const [key, value] of Object.entries(given)) {
    if (/^(next)?(token|marker)$|^isTruncated$/i.test(key) && value)
      throw new Error(`an answer has a second page: ${key}`);
  }
  return (pick(given) ?? []).map((id) => {
    if (id === undefined) throw new Error('an answer holds something without an id');
    return id;
  });
}

/** The ids in several answers together. */
export async function all(answers: Promise<string[]>[]): Promise<string[]> {
  return (await Promise.all(answers)).flat();
}
