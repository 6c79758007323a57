/** What a test or a demo wants to become of callbacks: which Astria sends once, and nobody knows whether they come. */
export interface CallbackFault {
  /** A part of the address that it goes to. Any, when left out. */
  url?: string;
  /** How many callbacks it meets; 1 when left out. */
  times?: number;
  /** How often it is sent: 0 loses it, 2 doubles it; 1 when left out. */
  copies?: number;
  /** How much later, by the emulator's clock. One that is late comes after others: out of order. */
  delayMs?: number;
  /** Its `Content-Type`. */
  contentType?: string;
}

export interface CallbackFaults {
  add(fault: CallbackFault): void;
  clear(): void;
  list(): readonly CallbackFault[];
  /** The first that is meant for this address, used once by it. */
  take(url: string): CallbackFault | undefined;
}

export function createCallbackFaults(): CallbackFaults {
  let armed: { fault: CallbackFault; left: number }[] = [];
  return {
    add(fault) {
      armed.push({ fault, left: fault.times ?? 1 });
    },
    clear() {
      armed = [];
    },
    list: () => armed.map(({ fault, left }) => ({ ...fault, times: left })),
    take(url) {
      const hit = armed.find(({ fault }) => fault.url === undefined || url.includes(fault.url));
      if (!hit) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) armed = armed.filter((other) => other !== hit);
      return hit.fault;
    },
  };
}
