import ts from 'typescript';
import { nodesOf, type Place, placeOf, type SourceFile } from './source-file';

/** Names of environment variables that JavaScript and TypeScript read, with the places. */
export function variablesRead(sources: readonly SourceFile[]): Map<string, Place[]> {
  const found = new Map<string, Place[]>();
  const add = (name: string, place: Place): void => {
    found.set(name, [...(found.get(name) ?? []), place]);
  };
  for (const file of sources) {
    // process.env.NAME, process.env['NAME']
    for (const access of nodesOf(file, isAccess)) {
      const [, name] = /^process\.env(?:\.|\[['"])(\w+)(?:['"]\])?$/.exec(access.getText()) ?? [];
      if (name !== undefined) add(name, placeOf(file, access));
    }
    // const { NAME } = process.env
    for (const { name, initializer } of nodesOf(file, ts.isVariableDeclaration)) {
      if (!ts.isObjectBindingPattern(name) || initializer?.getText() !== 'process.env') continue;
      for (const element of name.elements)
        add((element.propertyName ?? element.name).getText(), placeOf(file, element));
    }
  }
  return found;
}

function isAccess(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** Properties that stand beside `secure` in the options of a cookie, and nowhere else beside it. */
const OF_COOKIES = ['httpOnly', 'sameSite', 'maxAge', 'expires'];

/** Names that force the flag, or the name that it gives a session's cookie, wherever they are. */
const FORCING = ['useSecureCookies', 'secureCookie'];

/** Places where a cookie gets the flag `Secure`, whatever the address is. */
export function forcedSecureCookies(sources: readonly SourceFile[]): Place[] {
  const ofProduction = sources.flatMap(namesOfProduction);
  const isForced = ({ initializer }: ts.PropertyAssignment): boolean => {
    const text = initializer.getText();
    // A build for production runs on every environment of AWS, over plain HTTP, too.
    return text === 'true' || text.includes('NODE_ENV') || ofProduction.includes(text.replace('!', ''));
  };
  return sources.flatMap((file) =>
    nodesOf(file, ts.isPropertyAssignment)
      .filter((property) => setsSecure(property) && isForced(property))
      .map((property) => placeOf(file, property)),
  );
}

/** Constants such as `const isProduction = process.env.NODE_ENV === 'production'`. */
function namesOfProduction(file: SourceFile): string[] {
  return nodesOf(file, ts.isVariableDeclaration)
    .filter(({ initializer }) => initializer && ts.isBinaryExpression(initializer))
    .filter(({ initializer }) => initializer?.getText().includes('process.env.NODE_ENV'))
    .map(({ name }) => name.getText());
}

function setsSecure(property: ts.PropertyAssignment): boolean {
  const name = property.name.getText();
  return FORCING.includes(name) || (name === 'secure' && isOfCookie(property));
}

function isOfCookie(property: ts.PropertyAssignment): boolean {
  const siblings = property.parent.properties.map((each) => each.name?.getText() ?? '');
  const owner = property.parent.parent;
  const isNamedSo = ts.isPropertyAssignment(owner) && /^cookies?(?:Options)?$/.test(owner.name.getText());
  return isNamedSo || siblings.some((sibling) => OF_COOKIES.includes(sibling));
}

/** True for the middleware of Next.js, and the proxy of version 16. */
export function isMiddleware(path: string): boolean {
  return /^(?:.*\/)?(?:middleware|proxy)\.[jt]s$/.test(path);
}

/** Places of redirects to an address that is made from the request's own, which is the task's. */
export function redirectsToTask(sources: readonly SourceFile[]): Place[] {
  return (
    sources
      // Next.js makes those of its middleware relative (tried with 15.5).
      .filter(({ path }) => !isMiddleware(path))
      .flatMap((file) => {
        const ofRequest = new Set(
          nodesOf(file, ts.isVariableDeclaration)
            .filter(({ initializer }) => initializer && isMadeFromRequest(initializer))
            .map(({ name }) => name.getText()),
        );
        const redirects = nodesOf(file, ts.isCallExpression).filter(({ expression, arguments: [target] }) => {
          if (!target || !/(?:^|\.)redirect$/.test(expression.getText())) return false;
          return isMadeFromRequest(target) || ofRequest.has(target.getText());
        });
        return redirects.map((call) => placeOf(file, call));
      })
  );
}

function isMadeFromRequest(expression: ts.Expression): boolean {
  return /\b(?:req|request)\.(?:url\b|nextUrl\.(?:clone|origin|href))/.test(expression.getText());
}

/** True if a file has a text or a name anywhere outside of comments. */
export function mentions(sources: readonly SourceFile[], word: string): boolean {
  return sources.some((file) =>
    nodesOf(
      file,
      (node): node is ts.Identifier | ts.StringLiteralLike => ts.isIdentifier(node) || ts.isStringLiteralLike(node),
    ).some(({ text }) => text === word),
  );
}
