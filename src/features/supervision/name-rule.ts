import type { FindingSource } from '../../kernel/finding.ts'
import { type Plan, quotedWords, sectionOf } from '../../plan/index.ts'

/** 问题所依规则 — what a finding's rule is called, and what would mend it; undefined where no rule names it. */
export function nameRule(
  plan: Plan,
  { source, rule }: { readonly source: FindingSource; readonly rule: string | null },
): { readonly zh: string; readonly remedy?: string } | undefined {
  if (rule === null) return undefined
  if (source === 'duty') {
    const duty = plan.coverage.get(rule)
    return duty && { zh: duty.zh, remedy: duty.remedy }
  }
  if (source === 'check') {
    const check = plan.checks.get(rule)
    return check && { zh: check.zh, remedy: check.mend }
  }
  if (source === 'indicator') return plan.indicatorRules.get(rule)
  const kind = findViolation(plan, rule)
  return kind && { zh: `${kind.list.zh}：${kind.zh}` }
}

/** 查问题种类 — `list.kind` as the plan lists it. */
export function findViolation(plan: Plan, rule: string) {
  const [listId = '', kindId] = rule.split('.')
  const list = plan.violations.get(listId)
  const kind = list?.kinds.find(({ id }) => id === kindId)
  return list && kind && { list, ...kind }
}

/** 原文 — the item's own words, its runs joined as a reader would. */
export function quoteOf(plan: Plan, item: string): string | undefined {
  const found = plan.items.get(item)
  return found && quotedWords(found)
}

/** 原文所在文件 — its title. */
export function paperOf(plan: Plan, item: string): string | null {
  const section = sectionOf(plan, item)
  return section ? (plan.papers.get(section.paper)?.title ?? null) : null
}
