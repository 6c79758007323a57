import { seedFoundation, seedGalleryTunes } from './seed-gallery.ts';
import { seedGalleryPacks, seedStudioPacks } from './seed-packs.ts';
import { seedStudioPrompts } from './seed-prompts.ts';
import { openStudio } from './seed-studio.ts';
import { seedStudioTunes } from './seed-tunes.ts';
import { seedUnfinished } from './seed-unfinished.ts';
import type { World } from './store.ts';

/** Adds what is public, for every account. No prompt works without its models. */
export function seedGallery(world: World): void {
  seedFoundation(world);
  seedGalleryTunes(world);
  seedGalleryPacks(world);
}

/** Fills the account of `sd_demo` with eight weeks of a photo studio's work, up to now. Needs the gallery. */
export function seedDemo(world: World): void {
  const studio = openStudio(world);
  seedStudioTunes(studio);
  seedStudioPacks(studio);
  seedStudioPrompts(studio);
  seedUnfinished(studio);
}
