import { Amount, Reference, Spending, Tile } from './fragments.ts';
import { graphql } from './tada.ts';

export const GALLERY = graphql(
  `
    query StudioGallery($first: Int!, $after: String, $filter: PromptFilter!) {
      prompts(first: $first, after: $after, filter: $filter) {
        nodes {
          ...Tile
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [Tile],
);

export const PICTURE = graphql(
  `
    query StudioPicture($id: ID!) {
      prompt(id: $id) {
        ...Tile
        seed
        steps
        resolution
        negativePrompt
        videoDuration
        trainedAt
        startedTrainingAt
        cost {
          ...Amount
        }
        tune {
          id
          title
        }
        references {
          type
          strength
          tuneId
          tune {
            id
            title
            name
            origImages
          }
        }
        workspace {
          id
          title
        }
        basePack {
          id
          slug
          title
        }
      }
    }
  `,
  [Tile, Amount],
);

export const JOBS_BY_ID = graphql(
  `
    query StudioJobs($ids: [ID!]!) {
      promptsById(ids: $ids) {
        ...Tile
      }
    }
  `,
  [Tile],
);

export const LIVE = graphql(
  `
    subscription StudioLive($ids: [ID!]!, $after: String) {
      jobs(ids: $ids, after: $after) {
        isDone
        reason
        cursor
        node {
          id
          ... on Prompt {
            ...Tile
            cost {
              ...Amount
            }
          }
          ... on Tune {
            # An alias, because the status of a prompt has another type. The cache stores it under its own name.
            tuneStatus: status
            reference
            eta
          }
        }
      }
    }
  `,
  [Tile, Amount],
);

export const ACCOUNT = graphql(
  `
    query StudioAccount {
      ...Spending
      workspaces {
        id
        astriaId
        title
        brief
      }
    }
  `,
  [Spending],
);

export const REFERENCES = graphql(
  `
    query StudioReferences($first: Int!, $after: String, $filter: TuneFilter!) {
      tunes(first: $first, after: $after, filter: $filter) {
        nodes {
          ...Reference
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [Reference],
);

export const ESTIMATE = graphql(
  `
    query StudioEstimate($input: CostEstimateInput!, $one: CostEstimateInput!) {
      costEstimate(input: $input) {
        low {
          ...Amount
        }
        high {
          ...Amount
        }
        basis
      }
      one: costEstimate(input: $one) {
        high {
          ...Amount
        }
      }
    }
  `,
  [Amount],
);
