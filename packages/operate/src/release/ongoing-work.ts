import { isRefusal } from '../deployed/aws-errors';

/** Changes that a command asks AWS for, and what a person must know of them who leaves the command. */
export class OngoingWork {
  /** True once AWS was asked for a change that it has not refused. */
  public hasChangedAws = false;

  /** @param goesOn - Work that goes on in AWS if the command ends now. */
  constructor(public goesOn: string) {}

  /** Asks AWS for a change. What AWS refuses is undone here, too: nothing but the earlier work goes on. */
  public async request<Answer>(goesOn: string, send: () => Promise<Answer>): Promise<Answer> {
    const earlierWork = this.goesOn;
    const hadChangedAws = this.hasChangedAws;
    this.goesOn = goesOn;
    this.hasChangedAws = true;
    try {
      return await send();
    } catch (error) {
      if (isRefusal(error)) {
        this.goesOn = earlierWork;
        this.hasChangedAws = hadChangedAws;
      }
      throw error;
    }
  }
}
