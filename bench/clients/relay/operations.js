/** What the compiler of Relay reads. Nothing runs this: `run.mjs` takes what was made of it. */
const { graphql } = require('relay-runtime');

exports.tunes = graphql`
  query operationsTunesQuery($first: Int!, $after: String, $filter: TuneFilter) {
    tunes(first: $first, after: $after, filter: $filter)
      @connection(key: "operations_tunes", filters: ["filter"]) {
      edges {
        node {
          id
          title
          createdAt
        }
      }
    }
  }
`;

exports.node = graphql`
  query operationsNodeQuery($id: ID!) {
    node(id: $id) {
      id
      ... on Tune {
        title
      }
    }
  }
`;

exports.rename = graphql`
  mutation operationsRenameMutation($id: ID!, $title: String!) {
    updateTune(input: { id: $id, title: $title }) {
      tune {
        id
        title
      }
    }
  }
`;
