import { resourceNames } from '@infra/commands/app';
import { errorText } from '../deployed/aws-errors';
import type { DeployedStack } from '../deployed/deployed-stack';
import { lastLinesShown, logReader } from '../deployed/log-stream';
import { migrationLogStream } from '../deployed/migration-tasks';
import { words } from './words';

/** A failed release prints this many lines of the log. */
const MOST_LAST_LINES = 20;

/** The log stream of a migration task. */
export class MigrationLog {
  /** Command that follows this log in a shell. */
  public readonly tailCommand: string;
  private readonly readNewLines: () => Promise<string[]>;
  private isUnreadableShown = false;
  private readonly shownLines: string[] = [];

  constructor(
    stack: DeployedStack,
    taskId: string,
    private readonly showLine: (line: string) => void,
  ) {
    const logGroup = resourceNames(stack.environmentName).logGroups.app;
    const logStream = migrationLogStream(taskId);
    this.tailCommand = `aws logs tail ${logGroup} --log-stream-names ${logStream} --follow --region ${stack.region}`;
    this.readNewLines = logReader(stack, logGroup, logStream);
  }

  /** The last lines among those that were shown. */
  public get lastLines(): readonly string[] {
    return lastLinesShown(this.shownLines, MOST_LAST_LINES);
  }

  /** Shows the lines that the task has written since the last call. A log that cannot be read ends no release. */
  public async showNewLines(): Promise<void> {
    const newLines = await this.readNewLines().catch((error: unknown) => {
      this.showUnreadable(errorText(error));
      return [];
    });
    for (const line of newLines) this.showLine(`  ${line}`);
    this.shownLines.push(...newLines);
  }

  private showUnreadable(reason: string): void {
    if (!this.isUnreadableShown) this.showLine(words.logUnreadable({ reason }));
    this.isUnreadableShown = true;
  }
}
