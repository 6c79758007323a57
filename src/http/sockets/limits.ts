export interface SocketLimits {
  /** From the handshake to `connection_init`. */
  initMs: number;
  messageBytes: number;
  /** Messages and pings of a client between two heartbeats. */
  messages: number;
  /** At once, of one socket. */
  subscriptions: number;
  heartbeatMs: number;
  /** How long one may be without a subscription. */
  idleMs: number;
  /** How long a client may take to answer that its socket is closed. */
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
