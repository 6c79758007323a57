import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page and the graph have one origin, as behind any proxy: no CORS, and no key in the page. */
const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000';
const proxy = { '/graphql': { target: gateway, ws: true } };

export default defineConfig({
  base: '/studio/',
  plugins: [react()],
  // The client package is a link into this repository, whose own packages lie beside it.
  resolve: { dedupe: ['@apollo/client', 'graphql'] },
  // React, Apollo Client and the router are one file, which is loaded once.
  build: { chunkSizeWarningLimit: 600 },
  server: { proxy },
  preview: { proxy, host: '127.0.0.1' },
});
