import type { z } from 'zod';
import type { recentProjectSchema } from '#core/contract/projects.ts';

export type RecentProject = z.infer<typeof recentProjectSchema>;
