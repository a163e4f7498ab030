import { canonicalJson } from '../../kernel/canonical-json.ts'
import type { Answer, FiledAnswers } from '../../kernel/filed-answers.ts'
import type { Remark } from './judge-filing.ts'

/** 说明 — why a doubted figure stands, and the values it was said of. */
export interface Explained {
  readonly check: string
  readonly line: number
  readonly found: unknown
}

/**
 * 存疑依据 — the values a doubt rests on: those of the cells it marks with the facts they were compared with, or what a
 * comparison with other filings found.
 */
export function doubtedValues(
  remark: Remark,
  { once, lines }: FiledAnswers,
): Readonly<Record<string, Answer>> {
  if (remark.found !== undefined) return { found: remark.found }
  const answers = { ...once, ...lines.find(({ line }) => line === remark.line)?.answers }
  const marked = remark.fields.flatMap((field) => {
    const answer = answers[field]
    return answer === undefined ? [] : [[field, answer] as const]
  })
  // A field's name holds no dot, a fact's always one: they cannot meet.
  return { ...Object.fromEntries(marked), ...remark.facts }
}

/** 是否已说明 — of these very values: an explanation does not outlive the figure it explains, nor what that was compared with. */
export function isExplained(remark: Remark, filed: FiledAnswers, all: readonly Explained[]): boolean {
  const values = canonicalJson(doubtedValues(remark, filed))
  return all.some(
    ({ check, line, found }) =>
      check === remark.check && line === remark.line && canonicalJson(found) === values,
  )
}

/** 待说明的存疑 — the doubts nobody has explained yet: with them a filing cannot be handed in. */
export function unexplained(
  remarks: readonly Remark[],
  filed: FiledAnswers,
  all: readonly Explained[],
): Remark[] {
  return remarks.filter((remark) => remark.severity === 'doubt' && !isExplained(remark, filed, all))
}
