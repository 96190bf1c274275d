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

/** Whether the files below lib that have no owner hold nothing but literals, as they are in a commit. */
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

/** Paths of CODEOWNERS that stand there alone, below lib. */
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
  // What the parser had to guess may be something else for the loader.
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, fileName: file });
  const found = diagnostics.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  const report = (node: ts.Node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${line + 1}: ${node.getText().split('\n')[0] ?? ''}`);
  };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      if (!isPlainImport(statement)) report(statement);
    } else if (ts.isVariableStatement(statement) && statement.declarationList.flags & ts.NodeFlags.Const) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!ts.isIdentifier(name) || initializer === undefined) report(statement);
        else checkValue(initializer, report);
      }
    } else report(statement);
  }
  return found;
}

/** An import of types, or of the CDK's values by their own names. */
function isPlainImport({ importClause, moduleSpecifier }: ts.ImportDeclaration): boolean {
  const from = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
  if (importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = importClause?.name === undefined ? importClause?.namedBindings : undefined;
  return (
    /^aws-cdk-lib\/[\w-]+$/.test(from) &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.every(
      ({ name, propertyName, isTypeOnly }) =>
        isTypeOnly || (propertyName === undefined && Object.hasOwn(VALUES, name.text)),
    )
  );
}

function checkValue(node: ts.Expression, report: (node: ts.Node) => void): void {
  if (ts.isObjectLiteralExpression(node)) {
    for (const property of node.properties) {
      const isNamed = ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name);
      if (isNamed) checkValue(property.initializer, report);
      else report(property);
    }
  } else if (ts.isArrayLiteralExpression(node)) {
    for (const element of node.elements) checkValue(element, report);
  } else if (ts.isCallExpression(node) && isFunctionOfValues(node.expression)) {
    for (const argument of node.arguments) checkValue(argument, report);
  } else if (!isLiteral(node)) report(node);
}

function isFunctionOfValues(node: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return false;
  const { text } = node.expression;
  return Object.hasOwn(VALUES, text) && VALUES[text]?.includes(node.name.text) === true;
}

function isLiteral(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    // A member of an enum: no function and no property that every object has is written like this.
    const isMember = ts.isIdentifier(node.expression) && Object.hasOwn(VALUES, node.expression.text);
    return isMember && /^[A-Z][A-Z0-9_]*$/.test(node.name.text);
  }
  const isMinus = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken;
  return (
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined') ||
    (isMinus && ts.isNumericLiteral(node.operand))
  );
}
