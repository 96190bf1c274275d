/** Waits for what a service does in the background. */
export async function until<T>(look: () => Promise<T>, isExpected: (seen: T) => boolean): Promise<T> {
  const limit = Date.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (isExpected(seen)) return seen;
    if (Date.now() > limit) throw new Error(`it did not come: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
