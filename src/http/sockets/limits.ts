export interface SocketLimits {
  /** The longest time from the handshake to `connection_init`. */
  initMs: number;
  messageBytes: number;
  /** The most messages and pings of a client between two heartbeats. */
  messages: number;
  /** The most subscriptions of one socket at once. */
  subscriptions: number;
  heartbeatMs: number;
  /** The longest time that a socket may have no subscription. */
  idleMs: number;
  /** The longest time that a client may take to confirm that its socket is closed. */
  closeMs: number;
}

export const SOCKET_LIMITS: Omit<SocketLimits, 'idleMs'> = {
  initMs: 5000,
  messageBytes: 100_000,
  messages: 2000,
  subscriptions: 100,
  heartbeatMs: 12_000,
  closeMs: 2000,
};
