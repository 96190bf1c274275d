import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as ts from 'typescript';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';

/** The CDK's types whose values a config names, and the functions of these that make one. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  InstanceClass: [],
  InstanceSize: [],
  InstanceType: ['of'],
  SslPolicy: [],
  RetentionDays: [],
  RemovalPolicy: [],
  Duration: ['seconds', 'minutes', 'hours', 'days'],
  Size: ['mebibytes', 'gibibytes', 'tebibytes'],
};

/** True if the files below lib that have no owner hold nothing but literals, as they are in a commit. */
export function runConfigLiterals(commit: string): Outcome {
  const files = filesWithoutOwner(readFileSync('.github/CODEOWNERS', 'utf8'));
  const found = files.flatMap((file) => codeIn(file, textOf(commit, file)));
  if (found.length === 0) return { exitCode: 0, stdout: `Nothing but literals: ${files.join(', ')}.\n`, stderr: '' };
  const stderr = [
    'Code in a config that is merged without a review by who owns lib. Write values only, or put the code elsewhere in lib:',
    ...found.map((line) => `  ${line}`),
  ];
  return { exitCode: 1, stdout: '', stderr: visible(`${stderr.join('\n')}\n`, '\n') };
}

/** Paths of CODEOWNERS below lib that name no owner. */
export function filesWithoutOwner(owners: string): string[] {
  return [...owners.matchAll(/^\/(lib\/\S+)[ \t]*$/gm)].map(([, file = '']) => file);
}

function textOf(commit: string, file: string): string {
  const { status, stdout, stderr } = spawnSync('git', ['show', `${commit}:${file}`], { encoding: 'utf8' });
  if (status !== 0) {
    throw new CannotTellError(
      `${file} of ${commit} cannot be read (${stderr.trim()}). Is it gone? Then take it out of CODEOWNERS.`,
    );
  }
  return stdout;
}

/** Whatever in a config file is no literal, as `file:line: text`. */
export function codeIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  // A guess of the parser may be something else for the loader.
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, fileName: file });
  return [
    ...diagnostics.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
    ...source.statements.flatMap(codeOf).map((node) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      return `${file}:${line + 1}: ${node.getText().split('\n')[0] ?? ''}`;
    }),
  ];
}

/** Code in a statement: anything but plain imports and literal values of constants. */
function codeOf(statement: ts.Statement): readonly ts.Node[] {
  if (ts.isImportDeclaration(statement)) return isPlainImport(statement) ? [] : [statement];
  if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) return [statement];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    ts.isIdentifier(name) && initializer ? codeInValue(initializer) : [statement],
  );
}

/** An import of types, or of the CDK's values by their own names. */
function isPlainImport({ importClause, moduleSpecifier }: ts.ImportDeclaration): boolean {
  if (importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const from = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
  const names = importClause?.name === undefined ? importClause?.namedBindings : undefined;
  if (!/^aws-cdk-lib\/[\w-]+$/.test(from) || names === undefined || !ts.isNamedImports(names)) return false;
  return names.elements.every(({ name, propertyName, isTypeOnly }) => {
    return isTypeOnly || (propertyName === undefined && Object.hasOwn(VALUES, name.text));
  });
}

function codeInValue(node: ts.Expression): readonly ts.Node[] {
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.flatMap((property) =>
      ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)
        ? codeInValue(property.initializer)
        : [property],
    );
  }
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(codeInValue);
  if (ts.isCallExpression(node) && functionsOf(node.expression)?.includes(memberOf(node.expression))) {
    return node.arguments.flatMap(codeInValue);
  }
  return isLiteral(node) ? [] : [node];
}

/** The functions of a CDK's value that an expression is a member of. */
function functionsOf(node: ts.Expression): readonly string[] | undefined {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const { text } = node.expression;
  return Object.hasOwn(VALUES, text) ? VALUES[text] : undefined;
}

const memberOf = (node: ts.Expression): string => (ts.isPropertyAccessExpression(node) ? node.name.text : '');

const LITERALS = [
  ...[ts.SyntaxKind.StringLiteral, ts.SyntaxKind.NumericLiteral, ts.SyntaxKind.NoSubstitutionTemplateLiteral],
  ...[ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword],
];

function isLiteral(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) {
    return node.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand);
  }
  // A member of an enum: no function and no property that every object has is written like this.
  const isMember = functionsOf(node) !== undefined && /^[A-Z][A-Z0-9_]*$/.test(memberOf(node));
  return isMember || LITERALS.includes(node.kind) || (ts.isIdentifier(node) && node.text === 'undefined');
}
