import { createServer } from 'node:http';
import type { Metrics } from './metrics.ts';

/** Serves metrics on a port of their own, so that the public port need not decide who may see them. */
export const createMetricsServer = ({ registry }: Metrics) =>
  createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
