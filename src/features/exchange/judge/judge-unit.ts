import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { KnownBooks, KnownUnit } from './known-books.ts'
import { nearestWord } from './nearest-word.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 认单位 — the administrative unit a row names by its code, within the importer's counties. */
export function judgeUnit(row: FieldRow, known: KnownBooks): { unit?: KnownUnit; problems: CellProblem[] } {
  const code = row.values.unitCode as string | undefined
  if (code === undefined) return { problems: [] }
  const unit = known.units.get(code)
  if (!unit) return { problems: [unknownUnit(row, code, known)] }
  return { unit, problems: judgeUnitName(row, unit) }
}

function unknownUnit(row: FieldRow, code: string, known: KnownBooks): CellProblem {
  const county = code.slice(0, 6)
  if (!known.units.has(county))
    return fieldProblem(
      row,
      'unitCode',
      'unit.out-of-scope',
      `“${code}”所在的县（${county}）不在您的管辖范围内，或不是本市的县—各县只能导入自己的数—请核对区划代码；别的县请由该县或市教体局导入。`,
    )
  const near = nearestWord(
    code,
    [...known.units.keys()].filter((other) => other.length === code.length && other.startsWith(county)),
  )
  const hint = near ? `最接近的是 ${near} ${known.units.get(near)?.name}，` : ''
  return fieldProblem(
    row,
    'unitCode',
    'unit.unknown',
    `“${code}”在区划里没有—代码可能抄错，或是区划调整前的旧代码—${hint}请照统计用区划代码核对。`,
  )
}

function judgeUnitName(row: FieldRow, unit: KnownUnit): CellProblem[] {
  const name = row.values.unitName as string | undefined
  if (!name || alike(name, unit.name)) return []
  return [
    fieldProblem(
      row,
      'unitName',
      'unit.name-mismatch',
      `“${name}”与区划不同：代码 ${unit.code} 是“${unit.name}”—可能是代码串了行—请核对。`,
      'doubt',
    ),
  ]
}

/** Officials leave out 镇, 街道, 村民委员会: one name holding the other is the same place. */
function alike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) =>
    name.replace(/\s|办事处|民委员会|委员会|委会|居委|社区/g, ''),
  ) as [string, string]
  return a.includes(b) || b.includes(a)
}
