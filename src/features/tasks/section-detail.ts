import { dueLights, type Item, type Plan, quotedWords } from '../../plan/index.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Books } from '../../records/books.ts'
import type { DutyJudgement } from '../../records/duties/duty-judgement.ts'
import { judgeCoverage } from '../../records/duties/judge-coverage.ts'
import type { Finding } from '../../records/findings/finding.ts'
import { listFindings } from '../../records/findings/list-findings.ts'
import type { ItemShown, SectionDetail } from './contract.ts'
import { type FactBook, gatherFacts } from './gather-facts.ts'
import { judgeItem, missingOf, progressNames } from './rules.ts'
import { sectionsOf } from './sections.ts'

/** A page of names; the boards behind list them all. */
const gapsListed = 30
const findingsListed = 30

/** 一格明细 — every item of a section in one county: the words, who, what was reported, whom it misses, what is being mended. */
export async function sectionDetail(
  context: Pick<Books, 'db' | 'plan' | 'site'>,
  scope: Scope & { readonly asOf: string },
  sectionId: string,
): Promise<SectionDetail | undefined> {
  const { db, plan } = context
  const section = sectionsOf(plan).find(({ id }) => id === sectionId)
  const book = await gatherFacts(context, scope)
  const [place] = book.places
  if (!section || !place) return undefined
  const ids = new Set(section.items.map(({ id }) => id))
  const duties = [...plan.coverage.values()].filter(({ item }) => ids.has(item))
  const judgements = duties.length > 0 ? await judgeCoverage(db, plan, { ...scope, duties }) : []
  const findings = await db.transaction(scope, (tx) => listOpenFindings(tx, section.items))
  return {
    asOf: scope.asOf,
    sectionId,
    zh: section.zh,
    heading: section.heading,
    countyId: place.countyId,
    county: place.name,
    items: section.items.map((item) => itemShown(plan, book, item, place.countyId, { judgements, findings })),
  }
}

async function listOpenFindings(tx: Parameters<typeof listFindings>[0], items: readonly Item[]) {
  const found = new Map<string, readonly Finding[]>()
  for (const { id } of items)
    found.set(id, await listFindings(tx, { item: id, open: true }, { limit: findingsListed }))
  return found
}

interface Beneath {
  readonly judgements: readonly DutyJudgement[]
  readonly findings: ReadonlyMap<string, readonly Finding[]>
}

function itemShown(
  plan: Plan,
  book: FactBook,
  item: Item,
  countyId: number,
  { judgements, findings }: Beneath,
): ItemShown {
  const facts = book.of(countyId, item)
  const { light, words, reasons } = judgeItem(facts, {
    today: book.asOf,
    lightOf: dueLights(plan, book.asOf),
  })
  const { owner, progress } = facts
  return {
    itemId: item.id,
    quote: quotedWords(item),
    from: item.from ?? null,
    due: item.due ?? null,
    light,
    words,
    reasons: reasons.map((reason) => ({ ...reason })),
    owner: owner && {
      lead: owner.lead,
      partners: owner.partners,
      measure: owner.measure,
      person: owner.person,
      dueOn: owner.dueOn,
    },
    missing: missingOf(owner),
    progress: progress && {
      words: progressNames[progress.status],
      period: progress.period,
      evidence: progress.evidence,
      document: progress.document,
      on: progress.on,
    },
    duties: judgements
      .filter(({ duty }) => duty.item === item.id)
      .flatMap((each) => dutyShown(each, countyId)),
    lateForms: facts.lateForms.map((late) => ({ ...late })),
    findings: (findings.get(item.id) ?? []).map(({ findingId, number, subject, found, dueOn }) => ({
      findingId,
      number,
      subject,
      found,
      dueOn,
    })),
  }
}

function dutyShown({ duty, counties }: DutyJudgement, countyId: number): ItemShown['duties'] {
  const own = counties.find((county) => county.countyId === countyId)
  if (!own) return []
  const { zh, every, has, remedy } = duty
  const { total, uncovered, unknown, gaps } = own
  return [
    {
      zh,
      every,
      has,
      remedy,
      total,
      uncovered,
      unknown,
      gaps: gaps.slice(0, gapsListed).map(({ subject, why }) => ({ subject, why })),
    },
  ]
}
