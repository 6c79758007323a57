import { Amount, Reference, Tile } from './fragments.ts';
import { graphql, type ResultOf } from './tada.ts';

const PackCard = graphql(
  `
    fragment PackCard on Pack {
      id
      astriaId
      slug
      title
      subtitle
      coverUrl
      useMulti
      referenceClassNames
      costs {
        className
        numImages
        cost {
          ...Amount
        }
      }
    }
  `,
  [Amount],
);

export type PackRow = ResultOf<typeof PackCard>;

/** The account's own packs, and the newest public ones. */
export const PACKS = graphql(
  `
    query StudioPacks {
      packs(first: 30) {
        nodes {
          ...PackCard
        }
      }
      gallery {
        packs(first: 30) {
          nodes {
            ...PackCard
          }
        }
      }
    }
  `,
  [PackCard],
);

export const PACK = graphql(
  `
    query StudioPack($id: ID!) {
      pack(id: $id) {
        ...PackCard
        generatedPrompts(first: 24) {
          nodes {
            ...Tile
          }
        }
      }
      tunes(first: 100) {
        nodes {
          ...Reference
        }
      }
    }
  `,
  [PackCard, Tile, Reference],
);
