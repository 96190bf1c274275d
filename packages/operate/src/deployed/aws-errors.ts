import { words } from './words';

/** Name and message of an error of the SDK. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // If all addresses of a host name refused the connection, the error has a code and an empty message.
  const { code } = error as { readonly code?: unknown };
  return `${error.name}: ${error.message || String(code)}`;
}

/** True if AWS has answered, and refuses the request. After a lost answer, or a fault of AWS, it may have been carried out. */
export function isRefusal(error: unknown): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}

/** For `catch`: returns `undefined` if AWS answers with this error, and throws every other error again. */
export function undefinedIf(ExpectedError: new (...args: never[]) => Error): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  };
}

/** Returns an item of an answer. If AWS left it out, throws an error with the name NotFound, as AWS's own errors have. */
export function mustExist<Item>(name: string, item: Item | undefined): Item {
  if (item !== undefined) return item;
  throw Object.assign(new Error(words.noSuchItem({ item: name })), { name: 'NotFound' });
}
