import { type Stage, stageNames, stageOfGrade } from '../../../kernel/stage.ts'
import { reaches } from '../../../platform/access/policy.ts'
import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Institution } from '../../../records/registry/institution.ts'
import { gradeName, institutionKindList, otherCategories } from '../tables/code-lists.ts'
import type { KnownBooks } from './known-books.ts'
import { nearestWord } from './nearest-word.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/**
 * 标识码存疑 — what is wrong with a ten-digit code by itself: 2 category, 2 province, 6 serial digits.
 *
 * The code has no check digit, so only its parts can be tested.
 */
export function judgeCodeForm(row: FieldRow, code: string, known: KnownBooks): CellProblem[] {
  const category = code.slice(0, 2)
  const province = code.slice(2, 4)
  const ours = institutionKindList.some((kind) => kind.category === category)
  const doubt = (id: string, text: string) => [fieldProblem(row, 'code', id, text)]
  if (!ours && !(otherCategories as readonly string[]).includes(category))
    return doubt(
      'institution.code-category',
      `“${code}”的前两位 ${category} 不是学校类别码—标识码由 2 位类别、2 位省、6 位序号组成—请照标识码证书核对。`,
    )
  if (!ours)
    return doubt(
      'institution.code-other-category',
      `“${code}”的类别码 ${category} 属于高校、成人教育等—本平台只收幼儿园、中小学、中职和特教—请删去这一行，或核对标识码。`,
    )
  if (province !== known.provinceDigits)
    return doubt(
      'institution.code-province',
      `“${code}”的省码是 ${province}，本市应是 ${known.provinceDigits}—看来是外省学校或抄错了位—请照标识码证书核对。`,
    )
  return []
}

/** 认机构 — the institution a row names, as it stood on the day; with the reason when there is none. */
export function judgeInstitution(
  row: FieldRow,
  known: KnownBooks,
  day: string,
): { institution?: Institution; problems: CellProblem[] } {
  const code = row.values.code as string | undefined
  if (code === undefined) return { problems: [] }
  const formProblems = judgeCodeForm(row, code, known)
  if (formProblems.length > 0) return { problems: formProblems }
  const versions = known.institutions.get(known.institutionByCode.get(code) ?? 0)
  if (!versions) return { problems: [unknownCode(row, code, known)] }
  const notYours = judgeReach(row, versions.at(-1)!, known)
  if (notYours.length > 0) return { problems: notYours }
  const institution = versions.find((version) => holdsOn(version, day))
  if (!institution) return { problems: [notOpen(row, versions, day)] }
  return { institution, problems: judgeName(row, institution, versions) }
}

/** A school's clerk files the own school only, and whoever acts for some stages only those. */
function judgeReach(
  row: FieldRow,
  { countyId, institutionId }: Institution,
  known: KnownBooks,
): CellProblem[] {
  const { filer } = known
  if (!filer) return []
  if (!reaches(filer, { counties: [countyId], institution: institutionId }))
    return [
      fieldProblem(
        row,
        'code',
        'institution.not-yours',
        `“${row.values.code}”不是您所在的学校—学校数据员只能填报本校—请删去这一行，或请县教体局导入。`,
      ),
    ]
  const stage = stageOfGrade(String(row.values.grade))
  if (!stage || reaches(filer, { counties: [countyId], institution: institutionId, stages: [stage] }))
    return []
  return [stageNotYours(row, 'grade', stage)]
}

/** 学段不在范围 — a row of a stage the one who files it does not answer for. */
export function stageNotYours(row: FieldRow, key: string, stage: Stage): CellProblem {
  return fieldProblem(
    row,
    key,
    'institution.stage-not-yours',
    `这一行属于${stageNames[stage]}—您的授权不含这里的这个学段—请删去这一行，或请主管这个学段的同事导入。`,
  )
}

/** 当日有效 — does this version hold on the day? */
export function holdsOn(version: { from: string; to?: string | null }, day: string): boolean {
  return version.from <= day && (version.to === null || version.to === undefined || day < version.to)
}

function unknownCode(row: FieldRow, code: string, known: KnownBooks): CellProblem {
  const name = row.values.name as string | undefined
  const sameName = [...known.institutions.values()].flat().find((version) => version.name === name)
  const near = sameName?.code ?? nearCode(code, known)
  const nearName = near && known.institutions.get(known.institutionByCode.get(near) ?? 0)?.at(-1)?.name
  const hint = nearName ? `台账里“${nearName}”的标识码是 ${near}，` : ''
  return fieldProblem(
    row,
    'code',
    'institution.unknown',
    `“${code}”在台账里没有，或不在您的管辖范围内—在校生只能记在已登记的机构名下—${hint}请核对标识码；新建的机构请先导入“机构”表。`,
  )
}

/** One wrong or swapped digit is the usual slip. */
function nearCode(code: string, known: KnownBooks): string | undefined {
  const alike = [...known.institutionByCode.keys()].filter((other) => differingDigits(code, other) === 1)
  return alike.length > 0 ? nearestWord(code, alike) : undefined
}

function differingDigits(one: string, other: string): number {
  let differing = 0
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) differing++
  return differing
}

function notOpen(row: FieldRow, versions: readonly Institution[], day: string): CellProblem {
  const first = versions[0]!
  const last = versions.at(-1)!
  const why = day < first.from ? `${first.from} 才开办` : `已于 ${last.to} 停办或并入他校`
  return fieldProblem(
    row,
    'code',
    'institution.not-open',
    `“${first.code} ${last.name}”在 ${day} 没有开办—台账记载它${why}—请核对学年和标识码；确实在办的，请先更正机构的开办情况。`,
  )
}

function judgeName(row: FieldRow, institution: Institution, versions: readonly Institution[]): CellProblem[] {
  const name = row.values.name as string | undefined
  if (!name || versions.some((version) => plainName(version.name) === plainName(name))) return []
  return [
    fieldProblem(
      row,
      'name',
      'institution.name-mismatch',
      `“${name}”与台账不同：标识码 ${institution.code} 登记的是“${institution.name}”—可能是代码串了行—请核对；确是改名的，请按改名办理。`,
      'doubt',
    ),
  ]
}

function plainName(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '')
}

/** 学段相符 — does the institution run the stage of this grade on that day? */
export function judgeStage(row: FieldRow, institution: Institution, grade: string): CellProblem[] {
  const stage = stageOfGrade(grade) as Stage
  if (institution.stages.includes(stage)) return []
  const runs = institution.stages.map((each) => stageNames[each]).join('、')
  return [
    fieldProblem(
      row,
      'grade',
      'enrolment.stage-not-run',
      `“${gradeName(grade as never)}”属于${stageNames[stage]}，而“${institution.name}”登记的学段是${runs}—没有这个学段就不应有这个年级—请核对年级和标识码；确已增办的，请先导入“机构”表。`,
    ),
  ]
}
