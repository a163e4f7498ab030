import { factsNamed, isExpression, parseExpression } from '../kernel/expression.ts'
import type { DataCheck } from './data-check.ts'

/** 所用表外数据 — what a check names beside its own form: facts of the books, and fields of other returns. */
export function factsOf({ holds = '' }: Pick<DataCheck, 'holds'>): string[] {
  const parsed = parseExpression(holds)
  return isExpression(parsed) ? [...factsNamed(parsed)] : []
}
