import { type Stage, stageNames } from '../../../kernel/stage.ts'
import { reaches } from '../../../platform/access/policy.ts'
import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import { institutionKindList } from '../tables/code-lists.ts'
import { institutions } from '../tables/institutions.ts'
import { type InstitutionEntry, institutionEntry } from './institution-entry.ts'
import { judgeCodeForm, stageNotYours } from './judge-institution-code.ts'
import { judgeInstitutionsTogether } from './judge-institutions-together.ts'
import { judgePlace } from './judge-place.ts'
import { judgeUnit } from './judge-unit.ts'
import { type Difference, figureDifferences, type KindRules } from './kind-rules.ts'
import { currentVersion, type KnownBooks, premisesKey } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 机构的规则 — see `KindRules`. */
export const institutionRules: KindRules<InstitutionEntry> = {
  table: institutions,
  judgeRow,
  keyOf: (entry) => `${entry.code}|${entry.premises.campusNo}|${entry.stage}`,
  groupOf: ({ values }) => String(values.code),
  restsOn: ({ values }) => values.parentCode as string | undefined,
  judgeTogether: judgeInstitutionsTogether,
  before,
  differences,
  nameOf: (entry) => `${entry.institution.name} ${stageNames[entry.stage]}`,
}

function judgeRow(row: FieldRow, known: KnownBooks): { entry?: InstitutionEntry; problems: CellProblem[] } {
  const { code } = row.values
  const found = judgeUnit(row, known)
  const problems = [
    ...found.problems,
    ...judgeKind(row),
    ...judgeSector(row),
    ...judgePlace(row, known, found.unit),
  ]
  if (typeof code === 'string')
    problems.push(...judgeCodeForm(row, code, known), ...judgeKnown(row, code, known))
  const notYours = judgeReach(row, found.unit?.countyId, known)
  if (notYours.length > 0) return { problems: [...problems, ...notYours] }
  const entry = found.unit && institutionEntry(row, found.unit, known)
  return entry ? { entry, problems } : { problems }
}

/** To change an institution takes every stage it runs, not only the row's. */
function judgeReach(row: FieldRow, countyId: number | undefined, known: KnownBooks): CellProblem[] {
  const { code, stage } = row.values
  const { filer, institutions: all, institutionByCode, today } = known
  const latest = currentVersion(all.get(institutionByCode.get(String(code)) ?? 0), today)
  const counties = [...new Set([countyId, latest?.countyId])].filter((id) => id !== undefined)
  if (!filer || counties.length === 0) return []
  const beyond = [...(stage === undefined ? [] : [stage as Stage]), ...(latest?.stages ?? [])].find(
    (each) => !reaches(filer, { counties, stages: [each] }),
  )
  return beyond ? [stageNotYours(row, 'stage', beyond)] : []
}

function judgeKind(row: FieldRow): CellProblem[] {
  const { code, kind, stage } = row.values
  const entry = institutionKindList.find((each) => each.value === kind)
  if (!entry) return []
  const problems: CellProblem[] = []
  if (
    typeof code === 'string' &&
    institutionKindList.some((each) => code.startsWith(each.category)) &&
    !code.startsWith(entry.category)
  )
    problems.push(
      fieldProblem(
        row,
        'code',
        'institution.code-kind',
        `标识码以 ${code.slice(0, 2)} 开头，而${entry.zh}的类别码是 ${entry.category}—改变类型要换新码，两者不会不同—请核对标识码和机构类型；原码沿用至今的，确认时写明。`,
        'doubt',
      ),
    )
  if (typeof stage === 'string' && !(entry.stages as readonly string[]).includes(stage))
    problems.push(
      fieldProblem(
        row,
        'stage',
        'institution.stage-kind',
        `${entry.zh}不办${stageNames[stage as Stage]}—机构类型和学段对不上—请核对；确实增办的，机构类型要先转设。`,
      ),
    )
  return problems
}

function judgeSector(row: FieldRow): CellProblem[] {
  const { sector, profitStatus } = row.values
  if (sector !== 'public' || profitStatus === undefined) return []
  return [
    fieldProblem(
      row,
      'profitStatus',
      'institution.public-profit',
      '公办机构填了营利属性—营利与非营利只分民办—请把这一格清空，或把办学性质改为民办。',
    ),
  ]
}

function judgeKnown(row: FieldRow, code: string, known: KnownBooks): CellProblem[] {
  const versions = known.institutions.get(known.institutionByCode.get(code) ?? 0)
  const latest = currentVersion(versions, known.today)
  const { kind, openedOn } = row.values
  if (!latest) return judgeOpening(row, code, known)
  const wrong = (key: string, id: string, text: string, severity: CellProblem['severity'] = 'error') => [
    fieldProblem(row, key, id, text, severity),
  ]
  if (latest.to && latest.to <= known.today)
    return wrong(
      'code',
      'institution.closed',
      `“${code} ${latest.name}”已于 ${latest.to} 停办或并入他校—注销的标识码不能再用—请核对；恢复办学要按凭据办理。`,
    )
  if (typeof kind === 'string' && kind !== latest.kind) {
    const name = institutionKindList.find((each) => each.value === latest.kind)?.zh
    return wrong(
      'kind',
      'institution.kind-change',
      `台账里“${latest.name}”是${name}—改变类型（转设）要换标识码、有批文，不能靠导入改—请核对；确已转设的，请按转设办理。`,
    )
  }
  if (typeof openedOn === 'string' && versions?.[0] && openedOn !== versions[0].from)
    return wrong(
      'openedOn',
      'institution.opened-on',
      `台账记载它 ${versions[0].from} 开办，这里是 ${openedOn}—导入不改开办日期—开办日期这一格不会采用，请核对。`,
      'warning',
    )
  return []
}

function judgeOpening(row: FieldRow, code: string, known: KnownBooks): CellProblem[] {
  const { openedOn } = row.values
  if (known.takenCodes.has(code))
    return [
      fieldProblem(
        row,
        'code',
        'institution.code-taken',
        `“${code}”已经给过别的机构，它不在您的管辖范围内—标识码作废后也不再用—请照标识码证书核对。`,
      ),
    ]
  if (openedOn === undefined)
    return [
      fieldProblem(
        row,
        row.mapping.openedOn === undefined ? 'code' : 'openedOn',
        'institution.no-opening',
        '台账里还没有这个机构，却没有填“开办日期”—不知道从哪天起算它的学位—请在“开办日期”列填批准开办的日期；标识码填错的请改正。',
      ),
    ]
  const oldest = known.limits.oldestOpeningYear
  if (typeof openedOn === 'string' && Number(openedOn.slice(0, 4)) < oldest)
    return [
      fieldProblem(
        row,
        'openedOn',
        'institution.opening-old',
        `开办日期 ${openedOn} 早于 ${oldest} 年—那时还没有新式学堂，多为年份写错—请核对；确以书院等前身计算的，确认时写明。`,
        'doubt',
      ),
    ]
  if (typeof openedOn === 'string' && openedOn > known.today)
    return [
      fieldProblem(
        row,
        'openedOn',
        'institution.opening-future',
        `开办日期 ${openedOn} 还没有到—台账只记已经开办的机构—筹建的请等开办后再导入。`,
      ),
    ]
  return []
}

function before(entry: InstitutionEntry, known: KnownBooks): InstitutionEntry | undefined {
  const institution = currentVersion(known.institutions.get(entry.institutionId), known.today)
  if (!institution) return undefined
  const premises = known.premises.get(premisesKey({ ...entry, campusNo: entry.premises.campusNo }))
  return {
    countyId: institution.countyId,
    institutionId: entry.institutionId,
    code: entry.code,
    stage: entry.stage,
    institution,
    premises: premises ?? { campusNo: entry.premises.campusNo },
  }
}

const institutionFields = {
  name: '机构名称',
  sector: '办学性质',
  profitStatus: '营利属性',
  publicInterest: '普惠性',
  townshipCentral: '乡镇公办中心园',
  boarding: '寄宿制',
  urbanRural: '城乡分类',
  unitId: '所在单位代码',
  parentInstitutionId: '主校',
} as const

const premisesFields = {
  campusName: '校区名称',
  rooms: '教室数',
  approvedCapacity: '核定学位',
  boardingBeds: '寄宿床位',
  lng: '经度',
  lat: '纬度',
} as const

function differences(old: InstitutionEntry, entry: InstitutionEntry): readonly Difference[] {
  const stages = old.institution.stages ?? []
  const newStage = stages.includes(entry.stage)
    ? []
    : [
        {
          what: '学段',
          from: stages.map((stage) => stageNames[stage]).join('、'),
          to: `增加${stageNames[entry.stage]}`,
        },
      ]
  return [
    ...newStage,
    ...figureDifferences(old.institution, entry.institution, institutionFields),
    ...figureDifferences(old.premises, entry.premises, premisesFields),
  ]
}
