import { getSSEProcessor, type Plugin, processRegularResult } from 'graphql-yoga';
import type { Incoming } from '../incoming.ts';

/** Yoga takes over what was found out in front of it: a refusal, what is asked, and in which media type it is answered. */
export function useIncoming(): Plugin<object, Incoming> {
  const processEvents = getSSEProcessor();
  return {
    onRequestParse({ serverContext: { refusal, params }, setRequestParser }) {
      if (refusal !== undefined) throw refusal;
      if (params) setRequestParser(() => params);
    },
    onResultProcess({ serverContext: { mediaType = 'application/json' }, setResultProcessor }) {
      if (mediaType === 'text/event-stream') setResultProcessor(processEvents, mediaType);
      else if (mediaType !== 'multipart/mixed') setResultProcessor(processRegularResult, mediaType);
    },
  };
}
