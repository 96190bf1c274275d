/** Text of an error of the SDK. If every address refused the connection, it has no message of its own. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { readonly code?: unknown };
  return `${error.name}: ${error.message || String(code)}`;
}

/** For `catch`: returns `undefined` if AWS answers with this error, and throws every other error again. */
export function undefinedIf(ExpectedError: new (...args: never[]) => Error): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  };
}

/** The item that AWS must have; a missing one throws an error with the SDK's name for that. */
export function mustExist<Item>(description: string, item: Item | undefined): Item {
  if (item !== undefined) return item;
  throw Object.assign(new Error(`there is no ${description}`), { name: 'NotFound' });
}
