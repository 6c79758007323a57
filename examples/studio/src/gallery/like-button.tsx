import type { ApolloCache } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Heart } from 'lucide-react';
import type { TilePrompt } from '../graphql/fragments.ts';
import { LIKE, UNLIKE } from '../graphql/mutations.ts';

/** Shows a like at once, and takes it back if the mutation fails. */
export function LikeButton({ prompt }: { prompt: Pick<TilePrompt, 'id' | 'liked'> }) {
  const { id } = prompt;
  const liked = prompt.liked ?? false;
  const after = { __typename: 'Prompt' as const, id, liked: !liked };
  const [like] = useMutation(LIKE, {
    optimisticResponse: { likePrompt: { __typename: 'LikePromptPayload', prompt: after } },
    update: forgetLiked,
  });
  const [unlike] = useMutation(UNLIKE, {
    optimisticResponse: { unlikePrompt: { __typename: 'UnlikePromptPayload', prompt: after } },
  });
  const toggle = () => void (liked ? unlike : like)({ variables: { id } }).catch(() => {});
  return (
    <button
      type="button"
      className="icon like"
      aria-pressed={liked}
      aria-label={liked ? 'Liked' : 'Like'}
      onClick={toggle}
    >
      <Heart aria-hidden size={18} fill={liked ? 'currentColor' : 'none'} />
    </button>
  );
}

/** Drops the list of liked prompts from the cache. It is read again when it is opened. */
function forgetLiked(cache: ApolloCache) {
  cache.modify({
    fields: {
      prompts: (known, { storeFieldName, DELETE }) =>
        storeFieldName.includes('"liked":true') ? DELETE : known,
    },
  });
}
