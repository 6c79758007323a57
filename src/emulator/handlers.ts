import { directUploadRoutes } from './direct-uploads.ts';
import type { Handler } from './handler.ts';
import { inspectionRoutes } from './inspection.ts';
import { modelRoutes } from './models.ts';
import { packRoutes } from './packs.ts';
import { peopleRoutes } from './people.ts';
import { promptRoutes } from './prompts.ts';
import type { World } from './store.ts';
import { themeRoutes } from './themes.ts';
import { tuneRoutes } from './tunes.ts';
import { videoInspectionRoutes } from './video-inspections.ts';

/** All endpoints of Astria, in the order in which they are tried: the busiest come first. */
export const createHandlers = (world: World): Handler[] => [
  ...promptRoutes(world),
  ...tuneRoutes(world),
  ...packRoutes(world),
  ...peopleRoutes(world),
  ...themeRoutes(world),
  ...inspectionRoutes(world),
  ...videoInspectionRoutes(world),
  ...directUploadRoutes(world),
  ...modelRoutes(),
];
