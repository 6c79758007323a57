/** A fault in the delivery of callbacks, armed by a test or a demo. */
export interface CallbackFault {
  /** A part of the callback's address. Any address if left out. */
  url?: string;
  /** How many callbacks it affects. 1 if left out. */
  times?: number;
  /** How many times the callback is sent: 0 loses it, 2 doubles it. 1 if left out. */
  copies?: number;
  /** The delay by the emulator's clock. A delayed callback arrives after later ones, so out of order. */
  delayMs?: number;
  /** The `Content-Type` header. */
  contentType?: string;
}

export interface CallbackFaults {
  add(fault: CallbackFault): void;
  clear(): void;
  list(): readonly CallbackFault[];
  /** Returns the first fault for this address, and uses it once. */
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
