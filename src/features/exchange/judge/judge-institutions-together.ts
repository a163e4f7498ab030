import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { InstitutionEntry } from './institution-entry.ts'
import type { RowEntry } from './kind-rules.ts'
import { currentVersion, type KnownBooks } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 同一机构各行一致 — what belongs to the institution reads the same in each of its rows; no second code for one name. */
export function judgeInstitutionsTogether(
  rows: readonly RowEntry<InstitutionEntry>[],
  known: KnownBooks,
): CellProblem[] {
  const byCode = Map.groupBy(rows, ({ entry }) => entry.code)
  return [...byCode.values()].flatMap((own) => [
    ...judgeRepeated(own),
    ...judgeMoved(own[0]!, known),
    ...judgeNameTaken(own[0]!, known),
    ...own.flatMap(({ row }) => judgeParent(row, known, byCode)),
  ])
}

const repeated = [
  ['name', '机构名称'],
  ['kind', '机构类型'],
  ['sector', '办学性质'],
  ['profitStatus', '营利属性'],
  ['publicInterest', '普惠性'],
  ['townshipCentral', '乡镇公办中心园'],
  ['boarding', '寄宿制'],
  ['urbanRural', '城乡分类'],
  ['unitCode', '所在单位代码'],
  ['parentCode', '主校标识码'],
  ['openedOn', '开办日期'],
] as const

function judgeRepeated(own: readonly RowEntry<InstitutionEntry>[]): CellProblem[] {
  const [first, ...others] = own
  return others.flatMap(({ row }) =>
    repeated.flatMap(([key, header]) => {
      if (row.values[key] === first?.row.values[key]) return []
      return [
        fieldProblem(
          row,
          key,
          'institution.rows-differ',
          `“${header}”与第 ${first?.row.row} 行不同，标识码却相同—同一个机构只能有一种说法—请把它的各行改成一致。`,
        ),
      ]
    }),
  )
}

function judgeMoved({ row, entry }: RowEntry<InstitutionEntry>, known: KnownBooks): CellProblem[] {
  const latest = currentVersion(known.institutions.get(entry.institutionId), known.today)
  if (!latest || latest.countyId === entry.institution.countyId) return []
  return [
    fieldProblem(
      row,
      'unitCode',
      'institution.county-change',
      '所在单位属于另一个县—机构划归别县要有批文，历年数据要一并划转，不能靠导入改—请核对代码；确已划转的，请按划转办理。',
    ),
  ]
}

function judgeNameTaken({ row, entry }: RowEntry<InstitutionEntry>, known: KnownBooks): CellProblem[] {
  if (entry.institutionId !== 0) return []
  const taken = [...known.institutions.values()]
    .map((versions) => currentVersion(versions, known.today))
    .find(
      (latest) => latest?.name === entry.institution.name && latest.countyId === entry.institution.countyId,
    )
  if (!taken) return []
  return [
    fieldProblem(
      row,
      'name',
      'institution.name-taken',
      `本县台账里已有“${taken.name}”，标识码是 ${taken.code}，这里是 ${entry.code}—可能把同一个机构登记两遍—请核对标识码；确是两个机构的，确认时写明。`,
      'doubt',
    ),
  ]
}

function judgeParent(
  row: FieldRow,
  known: KnownBooks,
  inFile: ReadonlyMap<string, readonly RowEntry<InstitutionEntry>[]>,
): CellProblem[] {
  const { parentCode, code } = row.values
  if (typeof parentCode !== 'string') return []
  const circle = leadsBack(String(code), parentCode, inFile)
  if (!circle && (known.institutionByCode.has(parentCode) || inFile.has(parentCode))) return []
  const why =
    parentCode === code
      ? '填成了它自己'
      : circle
        ? '又以它为主校，绕成了圈'
        : '在台账和本文件里都没有，或不在您的管辖范围内'
  return [
    fieldProblem(
      row,
      'parentCode',
      'institution.parent',
      `主校标识码“${parentCode}”${why}—教学点要挂在已登记的学校下面—请核对；主校也是新的，请把它写进同一个文件或先导入。`,
    ),
  ]
}

/** Do the parents the file names lead from this parent back to the institution itself? */
function leadsBack(
  code: string,
  parentCode: string,
  inFile: ReadonlyMap<string, readonly RowEntry<InstitutionEntry>[]>,
): boolean {
  const passed = new Set<string>()
  for (let at: unknown = parentCode; typeof at === 'string' && !passed.has(at); ) {
    if (at === code) return true
    passed.add(at)
    at = inFile.get(at)?.[0]?.row.values.parentCode
  }
  return false
}
