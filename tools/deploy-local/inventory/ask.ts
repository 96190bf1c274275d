/** The only element of a list. Throws if there is none or more than one: the environment is not what it should be. */
export function only<T>(items: readonly T[] | undefined, what: string): T {
  const [item, ...rest] = items ?? [];
  if (item === undefined || rest.length > 0) throw new Error(`expected one ${what}, found ${items?.length ?? 0}`);
  return item;
}

/** `on` or `off`. */
export function onOff(value: boolean | undefined): string {
  return value ? 'on' : 'off';
}

/** The value of the tag `Name`. */
export function nameOf(tags: readonly { Key?: string; Value?: string }[] | undefined): string {
  return tags?.find(({ Key }) => Key === 'Name')?.Value ?? '(no name)';
}

/** What comes after the last slash or colon of an ARN. */
export function tail(arn: string | undefined): string {
  return arn?.split(/[/:]/).at(-1) ?? '(none)';
}
