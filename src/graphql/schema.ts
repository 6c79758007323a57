/** Every file that adds something to the graph; the order decides nothing. */
import './node.ts';
import './scalars.ts';
import '../entities/gallery/queries.ts';
import '../entities/inspection/mutations.ts';
import '../entities/models/queries.ts';
import '../entities/pack/mutations.ts';
import '../entities/pack/queries.ts';
import '../entities/pack/relations.ts';
import '../entities/pack/run.ts';
import '../entities/prompt/mutations.ts';
import '../entities/prompt/queries.ts';
import '../entities/prompt/relations.ts';
import '../entities/prompt/revisions.ts';
import '../entities/theme/mutations.ts';
import '../entities/tune/mutations.ts';
import '../entities/tune/queries.ts';
import '../entities/tune/relations.ts';
import '../entities/viewer/queries.ts';
import '../entities/workspace/mutations.ts';
import '../entities/workspace/queries.ts';
import '../entities/workspace/relations.ts';
import { builder } from './builder.ts';
import { stopEarly } from './limits/early-stop.ts';

export const schema = stopEarly(builder.toSchema());
