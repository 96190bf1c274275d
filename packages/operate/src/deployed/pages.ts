import { mustExist } from './aws-errors';

/** Type of a list's items. */
type ItemOf<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;

/**
 * Reads all items of a list that AWS answers in pages. ESLint refuses a command that answers only the first page.
 * @param pages - Result of a paginator of the SDK.
 * @param key - Field of a page that has the items.
 */
export async function readAll<Page, Key extends keyof Page>(
  pages: AsyncIterable<Page>,
  key: Key,
): Promise<ItemOf<Page[Key]>[]> {
  const items: ItemOf<Page[Key]>[] = [];
  for await (const page of pages) {
    const itemsOfPage = (page[key] ?? []) as ItemOf<Page[Key]>[];
    items.push(...itemsOfPage);
  }
  return items;
}

/**
 * Reads the first item of a list; throws a NotFound error if the list is empty.
 * @param description - Words for the item in that error.
 */
export async function readFirst<Page, Key extends keyof Page>(
  description: string,
  pages: AsyncIterable<Page>,
  key: Key,
): Promise<ItemOf<Page[Key]>> {
  const items = await readAll(pages, key);
  return mustExist(description, items[0]);
}
