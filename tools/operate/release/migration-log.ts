import { resourceNames } from '../../../lib/config/names';
import { CONTAINER_NAME, MIGRATION_LOG_PREFIX } from '../../../lib/contract';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { logReader } from '../../deployed/log-stream';

const MOST_LAST_LINES = 20;

/** The log of a migration's task. */
export class MigrationLog {
  /** Command that shows the log. */
  public readonly command: string;
  private readonly readNewLines: () => Promise<string[]>;
  private lines: readonly string[] = [];

  constructor(
    stack: DeployedStack,
    taskId: string,
    private readonly show: (line: string) => void,
  ) {
    const logGroup = resourceNames(stack.environmentName).logGroups.app;
    const logStream = `${MIGRATION_LOG_PREFIX}/${CONTAINER_NAME}/${taskId}`;
    this.command = `aws logs tail ${logGroup} --log-stream-names ${logStream} --follow --region ${stack.region}`;
    this.readNewLines = logReader(stack, logGroup, logStream);
  }

  /** The last lines that were shown. */
  public get lastLines(): readonly string[] {
    return this.lines;
  }

  /** Shows the lines that were written since the last call. */
  public async showNewLines(): Promise<void> {
    const newLines = await this.readNewLines();
    for (const line of newLines) this.show(`  ${line}`);
    this.lines = [...this.lines, ...newLines].slice(-MOST_LAST_LINES);
  }
}
