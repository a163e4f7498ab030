import type { Answers } from '../kernel/filed-answers.ts'
import type { ReturnForm } from '../plan/index.ts'
import type { Tx } from '../platform/db/transaction-client.ts'
import { listSubjects } from '../records/returns/list-subjects.ts'
import { demoAnswers } from './demo-answers.ts'
import type { DemoCounty, DemoTime } from './demo-county.ts'
import { writeFiling } from './demo-filing.ts'
import { demoRecognitions, seniorKinds } from './demo-recognitions.ts'
import { randomStream } from './random-stream.ts'

/** Of a book without entries thought out for it, so many are made. */
const entriesOtherwise = 1

/** 演示台账（合成数据） — a few entries of a book kept by event; how many were written. */
export async function demoEntries(
  tx: Tx,
  form: ReturnForm,
  county: DemoCounty,
  time: DemoTime,
): Promise<number> {
  const subjects = await listSubjects(tx, form.subject, time.today)
  const subject = subjects.find(
    ({ countyId, kind, id }) => countyId === county.id && (kind === 'county' || county.filers.has(id)),
  )
  if (!subject) return 0
  const entries: Entry[] =
    form.id === 'school-inspector'
      ? inspectors(county, time)
      : (thoughtOut[form.id]?.(county, time) ?? Array.from({ length: entriesOtherwise }, () => ({}))).map(
          (given) => ({ given }),
        )
  for (const [at, { given, lines }] of entries.entries()) {
    const day = `${time.year - 1}-10-15`
    const drawn = demoAnswers(form, {
      stream: randomStream(county.seed, `entry ${form.id} ${county.id} ${at}`),
      day,
      given,
      institutions: county.institutions.map(({ id }) => id),
      units: county.townships,
      lines: form.lines ? (lines ?? [{}, {}]) : [],
    })
    await writeFiling(tx, form, { id: String(at + 1), from: day, dueOn: null }, subject, {
      outcome: 'approved',
      answers: drawn,
      today: time.today,
    })
  }
  return entries.length
}

/** An entry's answers once, and those of its lines where they are thought out too. */
interface Entry {
  readonly given: Answers
  readonly lines?: readonly Answers[]
}

type ThoughtOut = (county: DemoCounty, time: DemoTime) => Answers[]

const thoughtOut: Readonly<Record<string, ThoughtOut>> = {
  'pairing-agreement': pairings,
  recognition: demoRecognitions,
  // last year's round: this year's begins with a forecast of its own
  'seat-adjustment': (_, { year }) => [
    { step: 'plan', 'issued-on': `${year - 1}-10-20` },
    { step: 'approval', 'issued-on': `${year - 1}-11-15` },
  ],
  // every other county's layout was approved longer ago than it may be
  'kindergarten-layout-plan': ({ index, institutions }, { year }) => [
    {
      'approved-on': index % 2 === 0 ? `${year - 1}-03-20` : `${year - 5}-08-20`,
      kindergartens: institutions.filter(({ kind }) => kind === 'kindergarten').length,
    },
  ],
  'estate-kindergarten': (_, { year }) => [
    { 'delivered-on': `${year - 2}-06-30`, stage: 'built', 'listed-on': `${year - 2}-09-10` },
    { stage: 'not-built', 'listed-on': `${year - 1}-03-10` },
  ],
  'project-register': projects,
  'kindergarten-hazard-removal': ({ index }) => (index === 1 ? [{ 'all-removed': 'yes' }] : []),
  'expansion-plan': () => [{ way: 'grouping' }, { way: 'extension' }],
  'growth-plan': (_, { year }) => [
    { 'begins-on': `${year - 1}-09-01`, 'midterm-on': `${year}-12-31`, 'ends-on': `${year + 2}-08-31` },
  ],
  'education-base': (_, { year }) => [
    { kind: 'cooperation-centre', from: `${year - 1}-03-01` },
    { kind: 'study-base', from: `${year - 2}-05-01` },
    { kind: 'study-course', from: `${year - 1}-09-01` },
  ],
  'practice-case': ({ index }, { year }) => [
    {
      ...{ title: practices[index % practices.length]!, item: 'T5' },
      ...{ before: `${year - 1}-10-15`, after: `${year}-04-15` },
    },
  ],
  'research-ticket': () => [{ topic: 'play' }, { topic: 'transition', 'answered-by': 'nobody' }],
}

/** What counties tell of as their good practice. */
const practices = [
  '小区配套园移交办成公办园（合成数据）',
  '闲置小学校舍改建公办园（合成数据）',
  '优质园办分园带动乡镇园（合成数据）',
  '公办园挖潜扩班（合成数据）',
]

/** Two projects a county: every third stands in no development plan, every fourth was begun late, every other opens late. */
function projects({ index }: DemoCounty, { year }: DemoTime): Answers[] {
  return [
    {
      ...{ name: '普通高中学位扩容项目（合成数据）', stage: 'senior', 'in-plan': 'yes' },
      ...{ 'registered-on': `${year - 1}-03-10`, 'start-by': `${year - 1}-06-30` },
      'started-on': index % 4 === 1 ? `${year - 1}-09-15` : `${year - 1}-06-20`,
      ...{ 'finish-by': `${year}-06-30`, 'open-by': `${year}-09-01` },
      ...(index % 2 === 0 && { 'finished-on': `${year}-06-25`, 'opened-on': `${year}-09-01` }),
    },
    {
      ...{ name: '公办幼儿园新建项目（合成数据）', stage: 'preschool' },
      'in-plan': index % 3 === 1 ? 'no' : 'yes',
      ...{ 'registered-on': `${year - 1}-05-20`, 'start-by': `${year}-03-31` },
      ...(index % 4 !== 3 && { 'started-on': `${year}-03-25` }),
      ...{ 'finish-by': `${year + 1}-06-30`, 'open-by': `${year + 1}-09-01` },
    },
  ]
}

/** So many agreements of a county help rural schools. */
const agreements = 6

/** Rural schools helped by schools in town, a kindergarten led by another, and a senior high school in another's hands; every third agreement has run out. */
function pairings({ institutions }: DemoCounty, { year }: DemoTime): Answers[] {
  const schools = institutions.filter(({ kind }) => kind === 'primary-school' || kind === 'junior-school')
  const helpers = schools.filter(({ rural }) => !rural)
  if (helpers.length === 0) return []
  const [strong, weak] = institutions.filter(({ kind }) => seniorKinds.includes(kind))
  const entrusted = strong && weak ? [{ helper: strong.id, helped: weak.id, kind: 'entrusted' }] : []
  const pairs = schools
    .filter(({ rural }) => rural)
    .slice(0, agreements)
    .map(({ id }, at) => ({ helper: helpers[at % helpers.length]!.id, helped: id, kind: 'pairing' }))
  const [leader, led] = institutions.filter(({ kind }) => kind === 'kindergarten')
  const leading = leader && led ? [{ helper: leader.id, helped: led.id, kind: 'kindergarten-leading' }] : []
  return [...entrusted, ...leading, ...pairs].map((pair, at) => ({
    ...pair,
    from: `${year - 2}-09-01`,
    to: at % 3 === 2 ? `${year}-08-31` : `${year + 1}-08-31`,
  }))
}

/** Of a county's many schools, so many inspectors at most look after some. */
const inspectorsMost = 6
const schoolsOfArea = 20
const nameWords = ['甲', '乙', '丙', '丁', '戊', '己']

/** Inspectors of whom every second works at a school himself; most counties have too few. */
function inspectors({ institutions }: DemoCounty, { year }: DemoTime): Entry[] {
  const areas = Math.min(inspectorsMost, Math.ceil(institutions.length / schoolsOfArea))
  return Array.from({ length: areas }, (_, at) => {
    const area = institutions.slice(at * schoolsOfArea, (at + 1) * schoolsOfArea)
    const home = institutions[(at * schoolsOfArea + schoolsOfArea) % institutions.length]!
    return {
      given: {
        name: `督学${nameWords[at]}`,
        kind: at % 2 === 0 ? 'full-time' : 'part-time',
        ...(at % 2 === 1 && { 'works-at': home.id }),
        from: `${year - 1}-09-01`,
        to: `${year + 1}-08-31`,
      },
      lines: area.map(({ id }) => ({ school: id, tie: 'area' })),
    }
  })
}
