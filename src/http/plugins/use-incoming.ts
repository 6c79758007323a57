import { getSSEProcessor, type Plugin, processRegularResult } from 'graphql-yoga';
import { unauthenticated } from '../../graphql/errors.ts';
import { isEvents } from '../event-stream.ts';
import type { Incoming } from '../incoming.ts';
import { EVENTS } from '../media-type.ts';

/** Hands yoga what is known of the request: a refusal, the parameters, the media type of the answer. */
export function useIncoming(): Plugin<object, Incoming> {
  const processEvents = getSSEProcessor();
  return {
    onRequestParse({ serverContext: { refusal, params, caller }, setRequestParser }) {
      if (refusal !== undefined) throw refusal;
      // yoga's own parsers must not read the request.
      setRequestParser(() => {
        if (!caller || !params) throw unauthenticated('It is not known who asks.');
        return params;
      });
    },
    onResultProcess({ serverContext, result, setResultProcessor }) {
      const { mediaType = 'application/json', deliver, onEvents } = serverContext;
      if (deliver) setResultProcessor(deliveredTo(deliver), 'application/json');
      else if (onEvents && isEvents(result)) setResultProcessor(deliveredTo(onEvents), EVENTS);
      else if (mediaType === 'text/event-stream') setResultProcessor(processEvents, mediaType);
      // yoga does not export its processor for `multipart/mixed`, but chooses it itself if nothing else is accepted.
      else if (mediaType !== 'multipart/mixed') setResultProcessor(processRegularResult, mediaType);
    },
  };
}

/** The result is written elsewhere, so nobody reads yoga's response. */
const deliveredTo =
  (deliver: (result: never) => void): ReturnType<typeof getSSEProcessor> =>
  (result, { Response }) => {
    deliver(result as never);
    return new Response();
  };
