import { readSheet } from '../../../platform/sheets/read-sheet.ts'
import type { Sheet } from '../../../platform/sheets/sheet.ts'
import { workbookOf } from '../../../platform/sheets/sheet-files.for-tests.ts'
import type { Enrolment } from '../../../records/registry/enrolment.ts'
import type { Institution } from '../../../records/registry/institution.ts'
import { kindOf } from '../import/kinds.ts'
import { importTables } from '../tables/all-tables.ts'
import type { ImportKind } from '../tables/import-table.ts'
import { type Judgement, judgeImport } from './judge-import.ts'
import { enrolmentKey, flowKey, type KnownBooks, populationKey } from './known-books.ts'
import { matchColumns } from './match-columns.ts'

export const primary = '2141000001'
export const closed = '2141000002'
export const kindergarten = '1141000003'
const county = 410_422

function institution(code: string, name: string, more: Partial<Institution> = {}): Institution {
  return {
    countyId: county,
    institutionId: Number(code),
    code,
    name,
    kind: 'primary-school',
    stages: ['primary'],
    sector: 'public',
    profitStatus: null,
    publicInterest: false,
    townshipCentral: false,
    boarding: false,
    urbanRural: '121',
    unitId: 410_422_001,
    parentInstitutionId: null,
    from: '2010-09-01',
    to: null,
    ...more,
  }
}

const versions = [
  institution(primary, '叶县第一小学'),
  institution(closed, '任店小学', { to: '2022-09-01' }),
  institution(kindergarten, '叶县第一幼儿园', { kind: 'kindergarten', stages: ['preschool'] }),
]

function filed(
  schoolYear: number,
  grade: Enrolment['grade'],
  pupils: number,
  more: Partial<Enrolment> = {},
): Enrolment {
  const own = { countyId: county, institutionId: Number(primary), schoolYear, grade, pupils }
  return { ...own, classes: null, boys: null, girls: null, largestClass: null, ...more }
}

const enrolment = [
  filed(2023, 'P1', 200),
  filed(2023, 'P2', 100),
  filed(2024, 'P6', 90, { boys: 50, girls: 40 }),
]
const [w, e, s, n] = [113, 114, 33, 34]

/** What the books say in these tests: one open primary school, one closed, a kindergarten, a square county. */
export const known: KnownBooks = {
  today: '2024-11-01',
  provinceDigits: '41',
  limits: {
    implausibleClassSize: 80,
    oldestSchoolYear: 2000,
    oldestOpeningYear: 1840,
    largest: {
      births: 500_000,
      people: 40_000_000,
      pupils: 20_000,
      classes: 500,
      rooms: 1000,
      seats: 50_000,
      beds: 50_000,
    },
    birthsChange: { factor: 2, heads: 100 },
    outlineToleranceM: 1000,
    stockFlow: { share: 0.15, heads: 8 },
  },
  institutions: Map.groupBy(versions, ({ institutionId }) => institutionId),
  institutionByCode: new Map(versions.map(({ code, institutionId }) => [code, institutionId])),
  takenCodes: new Set(['2141000099']),
  people: new Map(),
  synthetic: true,
  premises: new Map(),
  units: new Map(
    [
      { unitId: county, countyId: county, kind: 'county', code: '410422', name: '叶县' },
      { unitId: 410_422_001, countyId: county, kind: 'township', code: '410422001', name: '昆阳街道办事处' },
    ].map((unit) => [unit.code, unit]),
  ),
  unitNames: new Map([[county, '叶县']]),
  outlines: new Map([
    [
      county,
      [
        [
          [
            [w, s],
            [e, s],
            [e, n],
            [w, n],
            [w, s],
          ],
        ],
      ],
    ],
  ]),
  enrolment: new Map(enrolment.map((entry) => [enrolmentKey(entry), entry])),
  classes: new Map(),
  flows: new Map(
    [
      {
        countyId: county,
        institutionId: Number(primary),
        schoolYear: 2024,
        stage: 'primary' as const,
        entrants: 180,
      },
    ].map((flow) => [flowKey(flow), flow]),
  ),
  births: new Map(),
  population: new Map(
    [
      {
        countyId: county,
        unitId: county,
        onDay: '2020-11-01',
        basis: 'resident' as const,
        ageFrom: 0,
        ageTo: 4,
        people: 50,
        vintage: '2021-05-11',
        source: '普查',
      },
    ].map((entry) => [populationKey(entry), entry]),
  ),
}

/** A good row of each kind, by field; a test changes what it is about. */
export const goodRow: Readonly<Record<ImportKind, Readonly<Record<string, string | number>>>> = {
  'enrolment-by-grade': {
    schoolYear: 2024,
    code: primary,
    name: '叶县第一小学',
    grade: '二年级',
    classes: 4,
    boys: 100,
    girls: 95,
    pupils: 195,
    largestClass: 50,
  },
  'enrolment-by-class': {
    schoolYear: 2024,
    code: primary,
    grade: '一年级',
    classNo: 1,
    boys: 90,
    girls: 90,
    pupils: 180,
  },
  births: { unitCode: '410422', year: 2023, births: 500, vintage: '2024-03-01', source: '卫健委' },
  population: {
    unitCode: '410422',
    onDay: '2020-11-01',
    basis: '常住',
    ageFrom: 5,
    ageTo: 9,
    male: 30,
    female: 20,
    people: 50,
    vintage: '2021-05-11',
    source: '普查',
  },
  institutions: {
    code: '2141000010',
    name: '叶县新建小学',
    kind: '小学',
    stage: '小学',
    sector: '公办',
    urbanRural: '111 主城区',
    unitCode: '410422001',
    openedOn: '2024-09-01',
    lng: 113.5,
    lat: 33.5,
    datum: 'CGCS2000',
  },
  pupils: {
    pupilName: '王小明',
    documentKind: '居民身份证',
    document: '99042220180315002X',
    code: primary,
    name: '叶县第一小学',
    grade: '一年级',
    classNo: 1,
    guardianName: '王大明',
    relation: '父亲',
    guardianDocumentKind: '居民身份证',
    guardianDocument: '990422198801010010',
    guardianPhone: '10000000001',
  },
}

export type Row = Readonly<Record<string, unknown>>

/** A file of these rows under the table's own headers, in the table's own order, as a clerk would send it. */
export async function fileOf(kind: ImportKind, rows: readonly Row[]): Promise<Buffer> {
  const { columns } = importTables[kind]
  return workbookOf([
    columns.map(({ header }) => header),
    ...rows.map((row) => columns.map(({ key }) => (row[key] ?? null) as string | number | null)),
  ])
}

/** Reads real bytes and judges them against the world above. */
export async function judgeBytes(
  kind: ImportKind,
  bytes: Buffer,
  world: KnownBooks = known,
): Promise<Judgement<{ countyId: number }>> {
  const { rules } = kindOf(kind)
  const headers = rules.table.columns.map(({ header }) => header)
  const { sheet, problems } = await readSheet(bytes, { fileName: '表.xlsx', headers })
  const mapping = matchColumns(rules.table, (sheet as Sheet).headers)
  return judgeImport(rules, { sheet: sheet as Sheet, mapping, found: problems }, world)
}

/** `code cell severity` of every problem of these rows, each row the good one with its changes. */
export async function problemsOf(kind: ImportKind, ...changes: readonly Row[]): Promise<string[]> {
  const rows = changes.map((change) => ({ ...goodRow[kind], ...change }))
  const { problems } = await judgeBytes(kind, await fileOf(kind, rows))
  return problems.map(({ code, path, severity }) => `${code} ${path} ${severity}`)
}
