import { lightNames } from '../../../kernel/due-light.ts'
import { counted } from '../../../ui/counted.ts'
import type { FindingBoard, FindingRow } from '../contract.ts'

/** 期限说法 — how long is left, in words. */
export function tellDays({ daysLeft, phase }: Pick<FindingRow, 'daysLeft' | 'phase'>): string {
  if (daysLeft === null) return phase === 'closed' ? '已销号' : '未交办，没有期限'
  if (daysLeft < 0) return `逾期 ${-daysLeft} 个工作日`
  return daysLeft === 0 ? '今天到期' : `还剩 ${daysLeft} 个工作日`
}

/** 灯的样子 — its tag's class and its word. */
export function lightTag(light: FindingRow['light']): { readonly className: string; readonly word: string } {
  const className = { red: 'tag shortage', yellow: 'tag waiting', green: 'tag plain', none: 'quiet' }[light]
  return { className, word: light === 'none' ? '无期限' : lightNames[light] }
}

/** 台账总话 — the answer of the ledger as a sentence one can read aloud. */
export function tellBoard({ counties }: FindingBoard): string {
  const sum = (of: (county: FindingBoard['counties'][number]) => number) =>
    counties.reduce((total, county) => total + of(county), 0)
  const total = sum(({ total }) => total)
  if (total === 0) return '没有符合条件的问题。'
  const overdue = sum(({ overdue }) => overdue)
  const closed = sum(({ closed }) => closed)
  const worst = [...counties].sort((one, other) => other.overdue - one.overdue)[0]
  return counted`共 ${total} 个问题，已销号 ${closed} 个，未销号 ${total - closed} 个；逾期 ${overdue} 个，临近到期 ${sum(({ dueSoon }) => dueSoon)} 个${
    overdue > 0 && worst && counties.length > 1 ? `，逾期最多的是${worst.county}（${worst.overdue} 个）` : ''
  }；条件已满足、等人复核的 ${sum(({ conditionMet }) => conditionMet)} 个。`
}
