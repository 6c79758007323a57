import * as z from 'zod';
import type { Session } from '../../upstream/client.ts';
import { url } from '../../upstream/wire.ts';

const address = z.url({ protocol: /^https?$/ });

/** An address in storage for a file that is about to be uploaded. */
export const DirectUpload = z.object({
  signed_id: z.string().min(1),
  public_url: url,
  direct_upload: z.object({ url: address, headers: z.record(z.string(), z.string()) }),
});
export type DirectUpload = z.infer<typeof DirectUpload>;

export const createDirectUpload = (astria: Session, blob: object) =>
  astria.request({
    method: 'POST',
    path: '/api/direct_uploads',
    body: { blob },
    names: {},
    isOfAccount: true,
    response: DirectUpload,
  });
