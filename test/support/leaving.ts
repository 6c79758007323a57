/** For a client that leaves after so long, or never: undefined where it has left before it was answered. */
export async function leavingAfter<Answer>(
  ms: number | undefined,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer | undefined> {
  const leaving = new AbortController();
  const timer = ms === undefined ? undefined : setTimeout(() => leaving.abort(), ms);
  try {
    return await ask(leaving.signal);
  } catch (error) {
    if (leaving.signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
