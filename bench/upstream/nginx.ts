/** Astria, as a static nginx: the caller's key in every body and ETag, and 304 for what the caller has already. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../test/support/free-port.ts';
import { type Started, start, untilAnswers } from '../load/children.ts';
import { type Answer, writeBodies } from './bodies.ts';
import { type BodySet, KEY } from './set.ts';

export interface Upstream {
  url: string;
  pid: number;
  /** Requests since its start, without those that ask for this. */
  requests(): Promise<number>;
  /** What was asked for and is not there. It is forgotten once told. */
  unanswered(): string[];
}

/** One for each set: a server is told of one address, and of nothing else that differs. */
export async function startUpstream(parent: string, set: BodySet): Promise<Upstream> {
  const folder = join(parent, set.name);
  const bodies = join(folder, 'bodies');
  const missed = join(folder, 'unanswered.log');
  mkdirSync(bodies, { recursive: true });
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, configOf({ folder, port, missed, answers: writeBodies(bodies, set) }));
  const started = start({
    name: 'nginx',
    command: ['nginx', '-p', folder, '-e', 'stderr', '-c', config],
    side: 'load',
    log: join(folder, 'nginx.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(started, `${url}/status`);
  return { url, pid: started.pid, ...counters(url, missed, started) };
}

function counters(url: string, missed: string, nginx: Started) {
  // The first question came from `untilAnswers`.
  let own = 1;
  let seen = 0;
  return {
    async requests() {
      own += 1;
      const status = await fetch(`${url}/status`);
      const [, , , requests] = (await status.text()).match(/(\d+) (\d+) (\d+) \n/) ?? [];
      if (!requests) throw new Error(`nginx counts no requests.\n${nginx.tail()}`);
      return Number(requests) - own;
    },
    unanswered() {
      const lines = readFileSync(missed, 'utf8').split('\n').filter(Boolean);
      const fresh = [...new Set(lines.slice(seen))];
      seen = lines.length;
      return fresh;
    },
  };
}

interface Site {
  folder: string;
  port: number;
  missed: string;
  answers: Answer[];
}

const mapOf = (answers: Answer[]) =>
  answers
    .map(({ path, beforeId, limit, file }) => `    "1 ${path} ${beforeId} ${limit}" ${file};`)
    .join('\n');

const digestsOf = (answers: Answer[]) =>
  answers.map(({ file, digest }) => `    ${file} ${digest};`).join('\n');

const scratch = (folder: string) =>
  ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `  ${name}_temp_path ${folder}/scratch;`)
    .join('\n');

/** One process, which dies with the bench; `etag` and dates of files are off, since Rails has its own. */
const configOf = ({ folder, port, missed, answers }: Site) => `
daemon off;
master_process off;
worker_rlimit_nofile 16384;
pid ${folder}/nginx.pid;
events { worker_connections 8192; }
http {
${scratch(folder)}
  access_log off;
  log_format question '$request_method $request_uri';
  keepalive_timeout 1h;
  keepalive_requests 1000000000;
  open_file_cache max=1000 inactive=1h;
  open_file_cache_valid 1h;
  sendfile off;
  output_buffers 1 1m;
  map_hash_max_size 8192;
  map_hash_bucket_size 256;

  map $http_authorization $key {
    default "";
    "~^Bearer (?<given>sd_\\w+)$" $given;
  }
  map $args $is_known {
    default 0;
    "" 1;
    "~^(?:(?:before_id|limit)=[0-9]+(?:&|$))+$" 1;
  }
  map "$is_known $uri $arg_before_id $arg_limit" $file {
    default "";
${mapOf(answers)}
  }
  map $file $digest {
    default "";
${digestsOf(answers)}
  }
  map $file $is_missing {
    default 0;
    "" 1;
  }

  server {
    listen 127.0.0.1:${port} backlog=4096;
    default_type application/json;
    location = /status { stub_status; }
    location / {
      access_log ${missed} question if=$is_missing;
      set $tag 'W/"$digest-$key"';
      if ($key = "") { return 401 "HTTP Token: Access denied.\\n"; }
      if ($file = "") { return 404 '{"status":404,"error":"Not Found"}'; }
      if ($http_if_none_match = $tag) { return 304; }
      root ${folder}/bodies;
      rewrite ^ /$file break;
      etag off;
      if_modified_since off;
      sub_filter ${KEY} $key;
      sub_filter_once off;
      sub_filter_types application/json;
      # Else the filter takes away the ETag together with the date.
      sub_filter_last_modified on;
      add_header Last-Modified "";
      add_header ETag $tag;
      add_header Cache-Control "max-age=0, private, must-revalidate";
    }
  }
}
`;
