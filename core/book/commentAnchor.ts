import { z } from 'zod';

/**
 * The words that a comment is about: from one place to another in the text of a chapter, each a block and the
 * characters before it in that block (a footnote counts as one), with the words themselves as they were.
 */
export const commentAnchorSchema = z.strictObject({
  from: z.strictObject({ blockId: z.string().min(1).max(64), offset: z.int().min(0) }),
  to: z.strictObject({ blockId: z.string().min(1).max(64), offset: z.int().min(0) }),
  quote: z.string().max(2_000),
});
export type CommentAnchor = z.infer<typeof commentAnchorSchema>;
