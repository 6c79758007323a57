#!/bin/sh
# What is shipped, as CycloneDX, from the lock file to standard output: npm run --silent sbom
set -eu
repository=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# npm calls it by the name of its folder.
mkdir "$folder/astria-graphql"
cd "$folder/astria-graphql"
cp "$repository/package.json" "$repository/package-lock.json" .
# `npm sbom --omit dev` would leave out what development needs too, such as graphql: so what only development needs goes first.
npm pkg delete devDependencies
npm prune --package-lock-only --offline --no-audit --no-fund --loglevel=error >&2
npm sbom --package-lock-only --sbom-format cyclonedx --sbom-type application
