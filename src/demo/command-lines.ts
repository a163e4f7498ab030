import type { Answers } from '../kernel/filed-answers.ts'
import { type Item, type Plan, term } from '../plan/index.ts'
import type { DemoCounty } from './demo-county.ts'

type LinesOf = (county: DemoCounty, day: string) => Answers[]

/** 演示责任与督导 — the lines of the forms by which a county carries the plan: who does each item, how far it is, when it is inspected. */
export const commandLines: Readonly<Record<string, LinesOf>> = {
  'item-owner': ownerLines,
  'item-progress': progressLines,
  'inspection-plan': inspectionLines,
}

/** Of twelve counties the last files nothing of this and the one before it only a part. */
const round = 12

/** 不报责任分工 — whether a county files none of these forms. */
export function isSilent({ index }: DemoCounty): boolean {
  return index % round === round - 1
}

function isPartial({ index }: DemoCounty): boolean {
  return index % round === round - 2
}

/** Every `step`th is left out of what a county files in part. */
const leftOut = 3

const surnames = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '褚', '卫']
const posts = ['分管副局长', '基础教育股股长', '计划财务股股长', '人事股股长', '督导室主任']
const ownDays = ['12-31', '06-30', '08-31', '10-31']

function ownerLines(county: DemoCounty, day: string): Answers[] {
  const asked = asksCounty(county.plan)
  const filed = isPartial(county) ? asked.filter((_, at) => at % leftOut > 0) : asked
  return filed.map((item, at) => {
    const [lead, ...others] = unitsOf(county.plan, item)
    return {
      item: item.id.toLowerCase(),
      lead: lead!,
      ...(others.length > 0 && { partners: others.join('、') }),
      measure: `列出清单，明确到校（园）到人，每月调度一次：${[item.quote].flat().join('，')}`.slice(0, 300),
      person: `${surnames[(at + county.index) % surnames.length]}某（合成，${posts[at % posts.length]}）`,
      phone: '0375-0000000',
      due:
        item.due ??
        `${Number(day.slice(0, 4)) + (isOverdue(at, county) ? 1 : 2 + (at % 3))}-${ownDays[at % ownDays.length]}`,
    }
  })
}

/** A few of a county's own days have passed, of another item in each county. */
function isOverdue(at: number, { index }: DemoCounty): boolean {
  return (at + index * 7) % 48 === 5
}

/** Whoever else binds it helps the education authority, which leads all that binds a county. */
function unitsOf(plan: Plan, { owners }: Item): string[] {
  const beside = owners.filter((owner) => owner !== 'county' && owner !== 'city')
  return ['county', ...beside].map((owner) => term(plan, `owner-${owner}`))
}

function asksCounty(plan: Plan): Item[] {
  return [...plan.items.values()].filter(({ owners }) => owners.some((owner) => owner !== 'city'))
}

/** Of a hundred items so many are not begun: in its second year one county has begun everything, another is behind. */
const idle = [3, 10, 0, 5]
/** Of a hundred that are begun so many are done. */
const done = 25

/** One line for every item: a county in its second year has something to say of each. */
function progressLines(county: DemoCounty, day: string): Answers[] {
  return asksCounty(county.plan)
    .filter((_, at) => !isPartial(county) || at % leftOut > 0)
    .map((item, at) => {
      // 37 and 100 have no divisor in common: what is idle lies scattered over the sections, elsewhere in each county
      const place = (at * 37 + county.index * 11) % 100
      const given = { item: item.id.toLowerCase() }
      if (place < idle[county.index % idle.length]!) return { ...given, status: 'not-started' }
      const evidence = '已印发方案、列出清单，并到乡镇和学校核查（合成数据）'
      if (place < 100 - done) return { ...given, status: 'under-way', evidence, day }
      return { ...given, status: 'done', evidence, doc: `合成〔${day.slice(0, 4)}〕${at + 1}号`, day }
    })
}

const modes = ['government', 'schools', 'monitoring']

/** In one county of four every eighth measure is left out of the year's inspections. */
const inspectsAll = ({ index }: DemoCounty) => index % 4 !== 1

/** One visit for each measure, a fortnight each, from October on. */
function inspectionLines(county: DemoCounty, day: string): Answers[] {
  const { plan } = county
  const year = Number(day.slice(0, 4))
  return plan.measures
    .filter((_, at) => inspectsAll(county) || at % 8 !== county.index % 8)
    .filter((_, at) => !isPartial(county) || at % leftOut > 0)
    .map(({ id, zh }, at) => {
      const month = 10 + Math.floor(at / 4)
      const of = month > 12 ? `${year + 1}-${String(month - 12).padStart(2, '0')}` : `${year}-${month}`
      return {
        measure: id.toLowerCase(),
        mode: modes[at % modes.length]!,
        subject: `${zh}：查方案、查台账，抽查两所学校（合成数据）`.slice(0, 200),
        from: `${of}-08`,
        to: `${of}-20`,
        lead: `${surnames[at % surnames.length]}某（合成，督导室主任）`,
      }
    })
}
