import type { Remark } from '../../../engines/filing/judge-filing.ts'
import { counted } from '../../../ui/counted.ts'
import type { FilingShown, FormBoard } from '../contract.ts'
import type { DraftSaver } from './draft-saver.ts'

/** 保存状态说法 — told beside the title, so that nobody wonders whether what he wrote is safe. */
export function tellSaving({ state, draft, refusal }: DraftSaver): string {
  if (state === 'refused' && refusal) return refusal
  if (state === 'saving') return '正在保存…'
  if (state === 'offline')
    return `连不上平台：${draft.size} 处已留在本机，连上后自动补存，请不要清除浏览器数据`
  if (draft.size > 0)
    return state === 'waiting' ? '有改动，稍后自动保存' : `${draft.size} 处还没有存下，请看标红处`
  return '已保存'
}

/** 填报单回答 — where it stands, what is left to do and until when, as one sentence. */
export function tellFiling({ stands, dueOn, late, form }: FilingShown, remarks: readonly Remark[]): string {
  const errors = remarks.filter(({ severity }) => severity === 'error').length
  const left = errors > 0 ? `，还有 ${errors} 处要填或要改` : ''
  const due = dueOn ? `，截止 ${dueOn}${late ? '（已迟报）' : ''}` : ''
  return `${form.why}。现在：${stands}${left}${due}。`
}

/** 总览回答 — how many forms are still owed and how many are late. */
export function tellForms({ forms }: FormBoard): string {
  const periods = forms.flatMap((form) => form.periods)
  const sum = (of: (period: (typeof periods)[number]) => number) =>
    periods.reduce((total, period) => total + of(period), 0)
  const due = sum((period) => period.due)
  if (due === 0) return '现在没有要填的报表。'
  const submitted = sum((period) => period.submitted)
  return counted`本期和上期应报 ${due} 份，已报 ${submitted} 份，通过 ${sum((period) => period.approved)} 份；被退回 ${sum((period) => period.returned)} 份，过期未报或迟报 ${sum((period) => period.late)} 份。`
}
