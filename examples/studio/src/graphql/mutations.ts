import { Reference, Spending, Tile } from './fragments.ts';
import { graphql } from './tada.ts';

export const GENERATE_WITH_GEMINI = graphql(
  `
    mutation StudioGemini($input: GenerateWithGeminiInput!) {
      made: generateWithGemini(input: $input) {
        prompt {
          ...Tile
        }
        warnings {
          message
        }
        query {
          ...Spending
        }
      }
    }
  `,
  [Tile, Spending],
);

export const GENERATE_WITH_SEEDREAM = graphql(
  `
    mutation StudioSeedream($input: GenerateWithSeedreamInput!) {
      made: generateWithSeedream(input: $input) {
        prompt {
          ...Tile
        }
        warnings {
          message
        }
        query {
          ...Spending
        }
      }
    }
  `,
  [Tile, Spending],
);

export const CREATE_PROMPT = graphql(
  `
    mutation StudioPrompt($input: CreatePromptInput!) {
      made: createPrompt(input: $input) {
        prompt {
          ...Tile
        }
        warnings {
          message
        }
        query {
          ...Spending
        }
      }
    }
  `,
  [Tile, Spending],
);

export const CREATE_REFERENCE = graphql(
  `
    mutation StudioReference($input: CreateTuneInput!) {
      createTune(input: $input) {
        tune {
          ...Reference
        }
        query {
          ...Spending
        }
      }
    }
  `,
  [Reference, Spending],
);

export const RUN_PACK = graphql(
  `
    mutation StudioRunPack($input: RunPackInput!) {
      runPack(input: $input) {
        message
        prompts {
          ...Tile
        }
        query {
          ...Spending
        }
      }
    }
  `,
  [Tile, Spending],
);

export const LIKE = graphql(`
  mutation StudioLike($id: ID!) {
    likePrompt(input: { id: $id }) {
      __typename
      prompt {
        __typename
        id
        liked
      }
    }
  }
`);

export const UNLIKE = graphql(`
  mutation StudioUnlike($id: ID!) {
    unlikePrompt(input: { id: $id }) {
      __typename
      prompt {
        __typename
        id
        liked
      }
    }
  }
`);

export const CREATE_WORKSPACE = graphql(`
  mutation StudioWorkspace($input: CreateWorkspaceInput!) {
    createWorkspace(input: $input) {
      workspace {
        id
        astriaId
        title
        brief
      }
    }
  }
`);
