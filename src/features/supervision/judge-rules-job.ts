import { granted } from '../../kernel/result.ts'
import { booksJob } from '../../records/books.ts'
import { openByRules } from './open-by-rules.ts'

/** 按规则立项任务 — one run over some counties; begun again it goes on where nothing is open yet. */
export const judgingRules = booksJob<{ readonly counties: readonly number[]; readonly today: string }>({
  kind: 'supervision.judge-rules',
  run: async ({ context, input, report }) =>
    granted(await openByRules(context, input.counties, input.today, report)),
})
