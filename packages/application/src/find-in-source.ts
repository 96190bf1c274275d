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
      const name = isEnvironment(access.expression) ? accessedName(access) : undefined;
      if (name !== undefined) add(name, placeOf(file, access));
    }
    // const { NAME } = process.env
    for (const { name, initializer } of nodesOf(file, ts.isVariableDeclaration)) {
      if (!ts.isObjectBindingPattern(name) || !initializer || !isEnvironment(initializer)) continue;
      for (const element of name.elements)
        add((element.propertyName ?? element.name).getText(), placeOf(file, element));
    }
  }
  return found;
}

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

function isAccess(node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function isEnvironment(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && node.getText() === 'process.env';
}

function accessedName(access: Access): string | undefined {
  if (ts.isPropertyAccessExpression(access)) return access.name.text;
  return ts.isStringLiteralLike(access.argumentExpression) ? access.argumentExpression.text : undefined;
}

/** Properties that stand beside `secure` in the options of a cookie, and nowhere else beside it. */
const OF_COOKIES = ['httpOnly', 'sameSite', 'maxAge', 'expires'];

/** Places where a cookie gets the flag `Secure`, whatever the address is. */
export function forcedSecureCookies(sources: readonly SourceFile[]): Place[] {
  return sources.flatMap((file) =>
    nodesOf(file, ts.isPropertyAssignment)
      .filter(forcesSecure)
      .map((property) => placeOf(file, property)),
  );
}

function forcesSecure(property: ts.PropertyAssignment): boolean {
  const name = property.name.getText();
  if (name !== 'useSecureCookies' && !(name === 'secure' && isOfCookie(property))) return false;
  // A build for production runs on every environment of AWS, over plain HTTP, too.
  return property.initializer.kind === ts.SyntaxKind.TrueKeyword || /NODE_ENV/.test(property.initializer.getText());
}

function isOfCookie(property: ts.PropertyAssignment): boolean {
  const siblings = property.parent.properties.map((each) => each.name?.getText() ?? '');
  const owner = property.parent.parent;
  const isNamedSo = ts.isPropertyAssignment(owner) && /^cookies?(?:Options)?$/.test(owner.name.getText());
  return isNamedSo || siblings.some((sibling) => OF_COOKIES.includes(sibling));
}

/** Files whose redirects Next.js makes relative (tried with 15.5): its middleware, and the proxy of version 16. */
const MADE_RELATIVE = /^(?:.*\/)?(?:middleware|proxy)\.[jt]s$/;

/** Places of redirects to an address that is made from the request's own, which is the task's. */
export function redirectsToTask(sources: readonly SourceFile[]): Place[] {
  return sources
    .filter(({ path }) => !MADE_RELATIVE.test(path))
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
    });
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
