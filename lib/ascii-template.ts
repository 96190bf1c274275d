import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultStackSynthesizer, type FileAssetSource, type ISynthesisSession } from 'aws-cdk-lib/core';

/**
 * Writes a stack's template in ASCII, with escapes for all other characters. CloudFormation deploys either form, but its
 * GetTemplate returns `?` for each character outside ASCII (cloudformation-coverage-roadmap 1220), so that no template with
 * one could be compared with the deployed one.
 */
export class AsciiTemplateSynthesizer extends DefaultStackSynthesizer {
  protected override synthesizeTemplate(
    session: ISynthesisSession,
    lookupRoleArn?: string,
    lookupRoleExternalId?: string,
    lookupRoleAdditionalOptions?: Record<string, unknown>,
  ): FileAssetSource {
    const asset = super.synthesizeTemplate(session, lookupRoleArn, lookupRoleExternalId, lookupRoleAdditionalOptions);
    const file = join(session.assembly.outdir, this.boundStack.templateFile);
    const template = asciiJson(readFileSync(file, 'utf8'));
    writeFileSync(file, template);
    // The CDK has taken the hash of the file before.
    const sourceHash = createHash('sha256').update(template).digest('hex');
    return { ...asset, sourceHash };
  }
}

/** The same JSON in ASCII: `"プ"` becomes `"\u30d7"`. */
function asciiJson(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
