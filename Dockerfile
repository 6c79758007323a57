# The gateway, for production: two stages, and in what runs nothing but Node, what is published, and the packages that it needs.
# Needs: -e ASTRIA_BASE_URL or ASTRIA_AUTH_TOKEN (with GATEWAY_KEYS or JWTs). See README.md, "Running it".

FROM node:26.10-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Scripts fetch and build what only development needs.
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build

FROM node:26.10-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000 \
    LEDGER_PATH=/data/ledger.sqlite
WORKDIR /app
COPY package.json package-lock.json LICENSE ./
RUN npm ci --omit=dev --no-audit --no-fund --ignore-scripts && npm cache clean --force
COPY --from=build /app/dist dist
COPY schema schema
# All else may be read-only: what is written is the ledger.
RUN install -d -o node -g node /data
VOLUME /data
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1, and handles SIGTERM and SIGINT: no shell and no npm between.
CMD ["node", "dist/main.js"]
