import type { Tune } from './rest.ts';

/** A foundation model was trained by nobody: it has no base, no photos, no eta and no start. */
export function statusOfTune(tune: Tune, now: number) {
  if (tune.expires_at && Date.parse(tune.expires_at) <= now) return 'EXPIRED';
  if (tune.trained_at || tune.isGallery) return 'READY';
  if (tune.started_training_at) return 'TRAINING';
  const isOwn = tune.eta || tune.orig_images?.length || tune.model_type || tune.base_tune_id;
  return isOwn ? 'QUEUED' : 'READY';
}
