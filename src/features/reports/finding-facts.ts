import { sql } from 'kysely'
import { findingPhases, findingSeverities, findingSources } from '../../kernel/finding.ts'
import { spokenDay } from '../../kernel/spoken-day.ts'
import type { TemplateRows } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Finding } from '../../records/findings/finding.ts'
import { type FindingFilter, findFinding, listFindings } from '../../records/findings/list-findings.ts'
import type { Place } from '../../records/indicators/list-places.ts'
import type { PaperRow, PaperValue } from './paper-facts.ts'

interface Asked {
  readonly place: Place
  readonly counties: readonly Place[]
  readonly asOf: string
  /** What the template has rows for: nothing else is listed. */
  readonly lists: ReadonlySet<TemplateRows>
}

/** A paper about the whole city lists no more of those still open, and says so; a county's ledger has all of its own. */
const findingsPrinted = 200

/** 问题用数 — open findings and those closed this month one by one, and how many are open, overdue and were closed this month. */
export async function findingFacts(tx: Tx, asked: Asked) {
  const counted = await countFindings(tx)
  const values = [...asked.counties, asked.place].flatMap((place) => {
    // the city stands for all its counties and for what it must mend itself: as many as are listed
    const of = asked.counties.includes(place)
      ? counted.filter(({ countyId }) => countyId === place.unitId)
      : counted
    const sum = (count: 'open' | 'overdue' | 'closed') => of.reduce((total, each) => total + each[count], 0)
    return (['open', 'overdue', 'closed'] as const).map((count): [string, PaperValue] => [
      `findings.${count}@${place.unitId}`,
      value(place.name, counts[count], String(sum(count)), asked.asOf),
    ])
  })
  const [only] = asked.counties.length === 1 ? asked.counties : []
  const listed = async (rows: TemplateRows, of: FindingFilter, page = {}) => {
    if (!asked.lists.has(rows)) return []
    const findings = await listFindings(tx, { ...of, ...(only && { countyId: only.unitId }) }, page)
    return findings.map((finding) => rowOf(finding, asked.asOf))
  }
  const finding = await listed('finding', { open: true }, only ? {} : { limit: findingsPrinted })
  const shown = value(asked.place.name, '列出的未销号的问题', String(finding.length), asked.asOf)
  return {
    values: [...values, [`findings.listed@${asked.place.unitId}`, shown] as const],
    rows: {
      finding,
      'overdue-finding': await listed('overdue-finding', { open: true, dueBefore: asked.asOf }),
      'closed-finding': await listed('closed-finding', {
        phases: ['closed'],
        closedFrom: `${asked.asOf.slice(0, 7)}-01`,
      }),
    },
  }
}

const late = '已逾期'

const counts = { open: '未销号的问题', overdue: '逾期未销号的问题', closed: '本月销号的问题' } as const

interface Counted {
  readonly countyId: number
  readonly open: number
  readonly overdue: number
  readonly closed: number
}

async function countFindings(tx: Tx): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select county_id as "countyId",
           count(*) filter (where phase <> 'closed')::integer as open,
           count(*) filter (where phase <> 'closed' and due_on < book.as_of())::integer as overdue,
           count(*) filter (where phase = 'closed' and date_trunc('month', closed_on) = date_trunc('month', book.as_of()))::integer
             as closed
      from book.findings group by county_id`.execute(tx)
  return rows
}

function rowOf(finding: Finding, asOf: string): PaperRow {
  const bound = (zh: string, text: string) => value(finding.subject, `${finding.number} ${zh}`, text, asOf)
  const { dueOn, closedOn, dismissed } = finding
  return {
    key: String(finding.findingId),
    unitId: finding.countyId,
    cells: {
      number: bound('编号', finding.number),
      county: finding.county,
      subject: finding.subject,
      found: bound('问题', finding.found),
      'due-on': bound('期限', dueOn === null ? '未定' : spokenDay(dueOn)),
      phase: bound('进展', dismissed ? '不予交办' : findingPhases[finding.phase]),
      'closed-on': bound('销号日期', closedOn === null ? '未销号' : spokenDay(closedOn)),
      late: dueOn !== null && dueOn < asOf ? late : '未逾期',
    },
  }
}

/** 一个问题的用数 — what a notice says of it, and whose it is to mend. */
export async function oneFinding(tx: Tx, findingId: number, asOf: string) {
  const finding = await findFinding(tx, findingId)
  if (!finding) return undefined
  const { countyId, number, county, subject } = finding
  const facts = {
    number: ['编号', number],
    county: ['所在县', county],
    subject: ['问题单位', subject],
    found: ['问题', finding.found],
    'found-on': ['发现日期', spokenDay(finding.foundOn)],
    source: ['来源', findingSources[finding.source]],
    severity: ['程度', findingSeverities[finding.severity]],
    item: ['依据条目', finding.item],
    quote: ['依据原文', finding.quote],
    unit: ['整改责任单位', finding.ownerUnit],
    person: ['整改责任人', finding.ownerPerson],
    'due-on': ['整改期限', finding.dueOn && spokenDay(finding.dueOn)],
  } as const
  const values = Object.entries(facts).map(([name, [zh, text]]): [string, PaperValue] => [
    `finding.${name}@${countyId}`,
    value(subject, zh, text, asOf),
  ])
  return { countyId, ownerLevel: finding.ownerLevel, values }
}

function value(where: string, zh: string, text: string | null, asOf: string): PaperValue {
  return { zh, text, source: '问题整改台账', definition: '督导发现的问题，按整改台账', asOf, where }
}
