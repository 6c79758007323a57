# The gateway, for production: two stages, and in what runs nothing but Node, what is published, and the packages that it needs.
# Needs: -e ASTRIA_BASE_URL or ASTRIA_AUTH_TOKEN (with GATEWAY_KEYS or JWTs). See docs/running-it.md.

FROM node:26.10-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Scripts fetch and build what only development needs.
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY tsconfig.json tsconfig.build.json sbom.sh ./
COPY src src
RUN npm run build && npm run --silent sbom > sbom.cdx.json

FROM node:26.10-slim
# Of the commit that it is built from: --build-arg REVISION=$(git rev-parse HEAD) --build-arg CREATED=$(date -u +%Y-%m-%dT%H:%M:%SZ)
ARG REVISION=""
ARG CREATED=""
LABEL org.opencontainers.image.title="astria-graphql" \
      org.opencontainers.image.description="A GraphQL gateway over Astria's REST API" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/node:26.10-slim" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
# Metrics, once they are on, are for others than this container too; their port is published by whoever wants that.
# MALLOC_ARENA_MAX: glibc keeps what was freed apart for each thread. It has some 25 MB less with two such places (bench/PROOFS.md).
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000 \
    METRICS_HOST=0.0.0.0 \
    METRICS_PORT=9464 \
    LEDGER_PATH=/data/ledger.sqlite \
    MALLOC_ARENA_MAX=2
WORKDIR /app
COPY package.json package-lock.json LICENSE ./
RUN npm ci --omit=dev --no-audit --no-fund --ignore-scripts && npm cache clean --force
# sbom.cdx.json: what of npm is in here, as CycloneDX.
COPY --from=build /app/sbom.cdx.json ./
COPY --from=build /app/dist dist
COPY schema schema
# All else may be read-only: what is written is the ledger. 1000 is `node`; by its number Kubernetes knows that it is not root.
RUN install -d -o 1000 -g 1000 /data
VOLUME /data
USER 1000:1000
EXPOSE 4000 9464
# A shell takes 3 MB each time, where a second Node took 65.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]
# Node itself is process 1, and handles SIGTERM and SIGINT: no shell and no npm between.
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]
