/** Polls until the answer is as expected, up to the test's timeout. */
export async function until<T>(read: () => Promise<T>, isExpected: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await read();
    if (isExpected(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
