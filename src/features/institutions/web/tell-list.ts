import { type InstitutionPageAnswer, kindNames } from '../contract.ts'

/** 用话说 — how many institutions of which kinds, how many pupils, and how many have not filed. */
export function tellList({ rows, total, year, unit }: InstitutionPageAnswer): string {
  if (total === 0) return ''
  const kinds = Map.groupBy(rows, ({ kind }) => kind)
  const parts = [...kinds]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([kind, own]) => `${kindNames[kind]} ${separated(own.length)} 所`)
  const filed = rows.filter(({ pupils }) => pupils !== null)
  const pupils = filed.reduce((sum, row) => sum + (row.pupils ?? 0), 0)
  const late = rows.length - filed.length
  const where = unit === null ? '' : `${unit}：`
  const returns =
    year === null
      ? '还没有任何一年的在校生登记'
      : `${year} 年秋季在校生 ${separated(pupils)} 人${late > 0 ? `，另有 ${separated(late)} 所没有登记` : ''}`
  return `${where}共 ${separated(total)} 所机构（${parts.join('、')}），${returns}。`
}

function separated(value: number): string {
  return value.toLocaleString('zh-CN')
}
