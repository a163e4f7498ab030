import type { CountyDivision, VillageDivision } from '../records/divisions/divisions.ts'
import type { InstitutionDraft } from './institution-draft.ts'
import { isTownshipCentral } from './kindergarten-sectors.ts'

const fancy = [
  '小太阳',
  '童心',
  '七色光',
  '金色摇篮',
  '育英',
  '蓓蕾',
  '小博士',
  '阳光',
  '新苗',
  '启慧',
  '爱贝',
  '春蕾',
]
const counters = ['第一', '第二', '第三', '第四', '第五', '第六', '第七', '第八', '第九', '第十']

/**
 * 起名 — a plausible Chinese name for every institution of a county; no name is given twice.
 *
 * Derived from township and village names, e.g. 叶县昆阳街道第二小学, 鲁山县瓦屋镇耐庄村教学点. Any likeness to a
 * real school is accidental: the data are generated.
 */
export function nameInstitutions(
  county: CountyDivision,
  drafts: readonly InstitutionDraft[],
): Map<InstitutionDraft, string> {
  const taken = new Set<string>()
  const names = new Map<InstitutionDraft, string>()
  for (const draft of drafts) {
    const choices = candidates(shortCounty(county.name), draft)
    const name = choices.find((choice) => !taken.has(choice)) ?? numbered(choices[0]!, taken)
    taken.add(name)
    names.set(draft, name)
  }
  return names
}

/** 更名 — what a junior school is called after its renaming. */
export function renamed(name: string): string {
  return name.replace(/(第.)?初级中学/, '实验中学')
}

function candidates(county: string, draft: InstitutionDraft): string[] {
  const township = `${county}${draft.township.name}`
  const village = `${township}${shortVillage(draft.village)}`
  const byNumber = (place: string, what: string) => counters.map((counter) => `${place}${counter}${what}`)
  const street = draft.township.kind === 'street'
  const choices: Readonly<Record<InstitutionDraft['kind'], string[]>> = {
    kindergarten: kindergartenNames(township, village, draft),
    'primary-school':
      draft.central && !street
        ? [`${township}中心小学`]
        : draft.sector === 'private'
          ? [`${county}育才小学`, `${county}英才小学`, ...byNumber(township, '小学')]
          : street
            ? byNumber(township, '小学')
            : [`${village}小学`],
    'teaching-point': [`${village}教学点`],
    'junior-school':
      draft.sector === 'private'
        ? [`${county}育才中学`, `${county}明德中学`, `${county}求实中学`]
        : [`${township}初级中学`, ...byNumber(township, '初级中学').slice(1)],
    'nine-year-school': [`${village}学校`, `${village}九年一贯制学校`],
    'complete-secondary': byNumber(county, '中学'),
    'twelve-year-school': [`${county}实验学校`],
    'senior-high':
      draft.sector === 'private'
        ? [`${county}英才高级中学`, `${county}新世纪高级中学`]
        : [`${county}高级中学`, ...byNumber(county, '高级中学').slice(1)],
    'vocational-school': [`${county}中等职业学校`, `${county}职业技术学校`, ...byNumber(county, '职业学校')],
    'special-school': [`${county}特殊教育学校`, `${county}启智学校`],
    'specialized-school': [`${county}专门学校`],
  }
  return choices[draft.kind]
}

function kindergartenNames(township: string, village: string, draft: InstitutionDraft): string[] {
  if (isTownshipCentral(draft)) return [`${township}中心幼儿园`]
  if (draft.sector === 'public' && draft.convertedFrom === undefined) {
    return [`${village}幼儿园`, ...counters.map((counter) => `${township}${counter}幼儿园`)]
  }
  const start = draft.id % fancy.length
  const words = [...fancy.slice(start), ...fancy.slice(0, start)]
  return words.flatMap((word) => [`${village}${word}幼儿园`])
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  const [, place, what] = name.match(/^(.*?)((?:教学点|幼儿园|学校|小学|高级中学|初级中学|中学))$/)!
  for (let n = 2; ; n++) {
    const next = `${place}${counters[n - 1] ?? `第${n}`}${what}`
    if (!taken.has(next)) return next
  }
}

/** 平顶山高新技术产业开发区 → 高新区 */
function shortCounty(name: string): string {
  if (name.includes('高新技术')) return '高新区'
  return name.includes('示范区') ? '示范区' : name
}

/** 李庄村村民委员会 → 李庄村, 李庄村民委员会 → 李庄村, 曙北社区居民委员会 → 曙北社区 */
export function shortVillage({ name, community }: VillageDivision): string {
  const bare = name.replace(/(村民委员会|居民委员会|居委会|村委会)$/, '')
  return community || /[村区]$/.test(bare) ? bare : `${bare}村`
}
