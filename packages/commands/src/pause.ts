/** Resolves after so many seconds: the time between two questions to AWS about the same thing. */
export function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });
}
