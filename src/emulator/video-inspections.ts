/** The inspection of videos, which takes a while. Nobody looks at the video: its address decides. */
import { invalid, json, must } from './answers.ts';
import { takeMedia } from './media.ts';
import { noteUnknown } from './parameters.ts';
import { listOf, type Params, textOf } from './params.ts';
import { type Call, idOf, route } from './route.ts';
import { findTune, type VideoInspectionRow, type World } from './store.ts';
import { phaseAt } from './timeline.ts';

export const videoInspectionRoutes = (world: World) => [
  route(world, 'POST /videos/inspect', (call) => {
    noteUnknown(world, 'video inspection', call.body);
    const row = add(call, videoAt(world, call.body), namesIn(call));
    return json(show(row, call.now));
  }),
  route(world, 'GET /videos/inspect/:id', (call) =>
    json(show(must(call.account.inspections.get(idOf(call))), call.now)),
  ),
];

function videoAt(world: World, body: Params): string {
  const address = textOf(body, 'file_url');
  if (address !== null && !/^https?:/.test(address)) {
    throw invalid({ file_url: ['must be an https URL'] });
  }
  const [video] = [
    ...takeMedia(world, { file_url: address }, 'file'),
    ...takeMedia(world, body, 'blob_signed_id'),
  ];
  if (video === undefined) throw invalid({ file_url: ["can't be blank"] });
  return address ?? video;
}

const namesIn = ({ world, account, body }: Call): string[] =>
  listOf(body, 'tune_ids').map((id) => {
    const tune = findTune(world, account, Number(id));
    if (!tune) throw invalid({ tune_ids: ['is invalid'] });
    return tune.fields.title ?? `tune ${tune.id}`;
  });

function add({ world, account, now }: Call, video: string, names: string[]): VideoInspectionRow {
  const { promptQueueMs, promptRunMs } = world.durations;
  const startsAt = now + promptQueueMs;
  const life = { createdAt: now, startsAt, doneAt: startsAt + promptRunMs, touchedAt: 0 };
  const id = world.next.inspection++;
  const row = { id, life, video, names };
  account.inspections.set(id, row);
  return row;
}

const STATUS = { queued: 'pending', processing: 'processing', done: 'done' };

function show({ id, life, video, names }: VideoInspectionRow, now: number) {
  const phase = phaseAt(life, now);
  const told = { id, status: STATUS[phase], error: null, description: null };
  if (phase !== 'done') return told;
  // The same marker as in the text of a prompt.
  if (/\[fail\]|%5Bfail%5D/i.test(video)) {
    return { ...told, status: 'failed', error: 'The video could not be read' };
  }
  const who = names.length > 0 ? names.join(' and ') : 'somebody';
  return { ...told, description: `A video of ${who}, who walks along a street in daylight.` };
}
