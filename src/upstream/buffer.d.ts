/** What `toString('latin1', start, end)` calls after a look at its arguments, which takes longer than a short text does. */
interface Buffer {
  latin1Slice(start: number, end: number): string;
}
