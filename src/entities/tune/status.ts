import type { Tune } from './rest.ts';

/** Nobody trained a foundation model: it has no base, photos, eta or start. */
export function statusOfTune(tune: Tune, now: number) {
  if (tune.expires_at && Date.parse(tune.expires_at) <= now) return 'EXPIRED';
  if (tune.trained_at || tune.isGallery) return 'READY';
  if (tune.started_training_at) return 'TRAINING';
  const isOwn = tune.eta || tune.orig_images?.length || tune.model_type || tune.base_tune_id;
  return isOwn ? 'QUEUED' : 'READY';
}
