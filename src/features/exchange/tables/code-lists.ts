import { gradeWords } from '../../../kernel/grade-words.ts'
import { type Grade, gradesOf, type Stage, stageNames } from '../../../kernel/stage.ts'
import {
  type InstitutionKind,
  institutionKindNames as kindNames,
} from '../../../records/registry/institution.ts'
import type { UrbanRural } from '../../../records/registry/unit.ts'

/** 代码表 — what a column may hold: the value the books keep, the word officials read, other words for it. */
export type CodeList = readonly CodeEntry[]

export interface CodeEntry {
  readonly value: string
  readonly zh: string
  readonly also?: readonly string[]
}

/** The category digits are the first two of the ten-digit code (学校(机构)标识码: 2 类别 + 2 省 + 6 序号). */
export interface InstitutionKindEntry extends CodeEntry {
  readonly value: InstitutionKind
  readonly category: string
  readonly stages: readonly Stage[]
}

/**
 * 机构类型 — kinds of institutions, the category digits of their codes and the stages they may run.
 *
 * Categories: 11 幼儿园, 21 小学, 31 普通初中, 34 普通高中(含完全中学), 36 中等职业, 37 专门(工读), 51 特殊教育.
 * Source: 教育部《中小学校标识码编制规则》 as reported in zh.wikipedia.org 学校标识码.
 */
export const institutionKindList: readonly InstitutionKindEntry[] = [
  { value: 'kindergarten', zh: kindNames.kindergarten, category: '11', stages: ['preschool'] },
  {
    value: 'primary-school',
    zh: kindNames['primary-school'],
    also: ['完全小学'],
    category: '21',
    stages: ['preschool', 'primary'],
  },
  {
    value: 'teaching-point',
    zh: kindNames['teaching-point'],
    also: ['小学教学点'],
    category: '21',
    stages: ['preschool', 'primary'],
  },
  {
    value: 'junior-school',
    zh: kindNames['junior-school'],
    also: ['初中', '普通初中'],
    category: '31',
    stages: ['junior'],
  },
  {
    value: 'nine-year-school',
    zh: kindNames['nine-year-school'],
    also: ['九年制学校', '九年一贯制'],
    category: '31',
    stages: ['preschool', 'primary', 'junior'],
  },
  {
    value: 'complete-secondary',
    zh: kindNames['complete-secondary'],
    also: ['完中'],
    category: '34',
    stages: ['junior', 'senior'],
  },
  {
    value: 'twelve-year-school',
    zh: kindNames['twelve-year-school'],
    also: ['十二年一贯制'],
    category: '34',
    stages: ['preschool', 'primary', 'junior', 'senior'],
  },
  {
    value: 'senior-high',
    zh: kindNames['senior-high'],
    also: ['普通高中', '高中'],
    category: '34',
    stages: ['senior'],
  },
  {
    value: 'vocational-school',
    zh: kindNames['vocational-school'],
    also: ['中职', '职业高中', '中专'],
    category: '36',
    stages: ['vocational'],
  },
  {
    value: 'special-school',
    zh: kindNames['special-school'],
    also: ['特教学校'],
    category: '51',
    stages: ['special'],
  },
  {
    value: 'specialized-school',
    zh: kindNames['specialized-school'],
    also: ['工读学校'],
    category: '37',
    stages: ['primary', 'junior', 'senior'],
  },
]

/** Further categories a code may begin with, though no table of ours takes them: 22 23 32 33 35 成人与职业, 41 42 高校, 91—93 其他. */
export const otherCategories = ['22', '32', '33', '35', '41', '42', '91', '92', '93'] as const

export const stageList: CodeList = [
  { value: 'preschool', zh: stageNames.preschool, also: ['学前教育', '幼儿园', '幼儿'] },
  { value: 'primary', zh: stageNames.primary, also: ['小学教育'] },
  { value: 'junior', zh: stageNames.junior, also: ['初级中学', '初中教育'] },
  { value: 'senior', zh: stageNames.senior, also: ['高中'] },
  { value: 'vocational', zh: stageNames.vocational, also: ['中职', '中等职业教育'] },
  { value: 'special', zh: stageNames.special, also: ['特教'] },
]

const digits = ['一', '二', '三', '四', '五', '六']
const shortWords: Readonly<Record<Stage, (order: number) => { zh: string; also?: string[] }>> = {
  preschool: (order) => ({ zh: ['小班', '中班', '大班'][order] as string }),
  primary: (order) => ({
    zh: `${digits[order]}年级`,
    also: [`小学${digits[order]}年级`, `小${digits[order]}`],
  }),
  junior: (order) => ({
    zh: `初${digits[order]}`,
    also: [`${['七', '八', '九'][order]}年级`, `初中${digits[order]}年级`],
  }),
  senior: (order) => ({ zh: `高${digits[order]}`, also: [`高中${digits[order]}年级`] }),
  vocational: (order) => ({ zh: `中职${digits[order]}年级`, also: [`职${digits[order]}`] }),
  special: () => ({ zh: '特教（不分年级）', also: ['特教', '特殊教育'] }),
}

/** 年级 — by the words used in kindergartens and schools; the code of the books is taken too. */
export const gradeList: CodeList = (Object.keys(gradesOf) as Stage[]).flatMap((stage) =>
  gradesOf[stage].map((grade: Grade, order) => {
    const { zh, also = [] } = shortWords[stage](order)
    return { value: grade, zh, also: [...also, gradeWords(grade)] }
  }),
)

const gradeNames = new Map(gradeList.map((entry) => [entry.value, entry.zh]))

/** 年级名称 — "P3" → "三年级". */
export function gradeName(grade: Grade): string {
  return gradeNames.get(grade) ?? grade
}

export const sectorList: CodeList = [
  { value: 'public', zh: '公办', also: ['公立', '教育部门办'] },
  { value: 'private', zh: '民办', also: ['私立'] },
]

export const profitList: CodeList = [
  { value: 'non-profit', zh: '非营利性', also: ['非营利'] },
  { value: 'for-profit', zh: '营利性', also: ['营利'] },
]

export const basisList: CodeList = [
  { value: 'resident', zh: '常住', also: ['常住人口'] },
  { value: 'registered', zh: '户籍', also: ['户籍人口'] },
]

/** 城乡分类代码 — 国家统计局《统计用城乡划分代码》. */
export const urbanRuralList: readonly (CodeEntry & { value: UrbanRural })[] = [
  { value: '111', zh: '111 主城区', also: ['主城区'] },
  { value: '112', zh: '112 城乡结合区', also: ['城乡结合区'] },
  { value: '121', zh: '121 镇中心区', also: ['镇中心区'] },
  { value: '122', zh: '122 镇乡结合区', also: ['镇乡结合区'] },
  { value: '123', zh: '123 特殊区域', also: ['特殊区域'] },
  { value: '210', zh: '210 乡中心区', also: ['乡中心区'] },
  { value: '220', zh: '220 村庄', also: ['村庄'] },
]

export const datumList: CodeList = [
  { value: 'CGCS2000', zh: 'CGCS2000', also: ['国家2000', '2000国家大地坐标系', 'cgcs-2000'] },
  { value: 'WGS-84', zh: 'WGS-84', also: ['wgs84', 'GPS'] },
]

export const yesNoList: CodeList = [
  { value: 'true', zh: '是', also: ['TRUE', '1', '有', '√', 'Y'] },
  { value: 'false', zh: '否', also: ['FALSE', '0', '无', '×', 'N'] },
]
