import { graphql, type ResultOf } from './tada.ts';

export const Amount = graphql(`
  fragment Amount on Money {
    usd
    milliCents
  }
`);

/** What a tile of the gallery shows, while its prompt runs and afterwards. */
export const Tile = graphql(`
  fragment Tile on Prompt {
    id
    astriaId
    text
    videoPrompt
    videoModel
    status
    userError
    createdAt
    aspectRatio
    w
    h
    numImages
    liked
    progress {
      elapsedSeconds
      expectedSeconds
    }
    images {
      url
      isVideo
      width
      height
      filename
    }
  }
`);

/** A tune as a reference: its photo, its name and the token for a text. */
export const Reference = graphql(`
  fragment Reference on Tune {
    id
    astriaId
    title
    name
    status
    modelType
    branch
    baseTuneId
    token
    reference
    createdAt
    eta
    origImages
  }
`);

const Period = graphql(
  `
    fragment Period on BudgetPeriod {
      limit {
        ...Amount
      }
      spent {
        ...Amount
      }
      reserved {
        ...Amount
      }
      left {
        ...Amount
      }
      resetsAt
    }
  `,
  [Amount],
);

/** Who pays, and what is left to spend. Each paid mutation selects it below `query`, so that no query has to follow. */
export const Spending = graphql(
  `
    fragment Spending on Query {
      viewer {
        name
        balance {
          ...Amount
        }
        payer {
          name
          isSelf
          balance {
            ...Amount
          }
        }
        budget {
          day {
            ...Period
          }
          month {
            ...Period
          }
        }
      }
    }
  `,
  [Amount, Period],
);

export type TilePrompt = ResultOf<typeof Tile>;
export type ReferenceTune = ResultOf<typeof Reference>;
export type Money = ResultOf<typeof Amount>;
