export interface SocketLimits {
  /** The longest time from the handshake to `connection_init`. */
  initMs: number;
  messageBytes: number;
  /** The most fragments of a message, and the most chunks from the network that wait for the rest of a frame. */
  messagePieces: number;
  /** Messages and pings of a client between two heartbeats. */
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
  // Each is an object of about 100 bytes, even if it brings one byte. In packets of 536 bytes a whole message has 187.
  messagePieces: 256,
  messages: 2000,
  subscriptions: 100,
  heartbeatMs: 12_000,
  closeMs: 2000,
};
