import { chinaMoment } from '../../kernel/china-moment.ts'
import type { PaperTemplate, Plan } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { boundFields } from '../../platform/print/official-document.ts'
import { type Books, bookDay } from '../../records/books.ts'
import type { Finding } from '../../records/findings/finding.ts'
import { listFindings } from '../../records/findings/list-findings.ts'
import { listPlaces } from '../../records/indicators/list-places.ts'
import type { Paper, PaperHead } from '../../records/papers/paper.ts'
import { listReceipts, type Receipt } from '../../records/papers/paper-copy.ts'
import {
  findIssuedBefore,
  findLaterEdition,
  findPaper,
  listPaperSteps,
  listPapers,
} from '../../records/papers/read-papers.ts'
import type { PaperBoard, PaperShown } from './contract.ts'
import { mayOrder, mayWrite } from './draft-paper.ts'
import { notNumbered } from './fill-template.ts'
import { actNames, tellStand } from './flow.ts'
import { keptRendering } from './lay-out-paper.ts'
import { nothingOpen, openActs } from './open-acts.ts'
import { receivedBy } from './received-routes.ts'

type Lent = Pick<Books, 'plan' | 'site'>

/** A list to choose from, not a book: the rest is found by narrowing in the supervision room. */
const findingsOffered = 200

/** 回看 — until the end of which past day papers are looked at, where nothing can be done; absent: as they stand now. */
export interface LookedAt {
  readonly until?: string | undefined
}

/** 公文一览 — the papers in sight, and what this visitor may draft about whom. */
export async function paperBoard(
  tx: Tx,
  lent: Lent,
  visitor: Visitor,
  { until }: LookedAt,
): Promise<PaperBoard> {
  const { plan, site } = lent
  return {
    day: bookDay(site),
    templates: until === undefined ? await offeredTo(tx, lent, visitor) : [],
    papers: (await listPapers(tx, { until })).map((paper) => headOf(plan, paper)),
    received: await receivedBy(tx, plan, visitor, until),
  }
}

interface Subject {
  readonly aboutId: number
  readonly countyId: number
  readonly name: string
  /** Where it is a finding. */
  readonly finding?: Finding
}

/** Templates of which the visitor may draft one, with everything each may be about. */
async function offeredTo(tx: Tx, { plan, site }: Lent, visitor: Visitor): Promise<PaperBoard['templates']> {
  const placeOf = (unitId: number, name: string): Subject => ({ aboutId: unitId, countyId: unitId, name })
  const open = await listFindings(tx, { open: true }, { limit: findingsOffered })
  const about: Readonly<Record<PaperTemplate['about'], readonly Subject[]>> = {
    city: [placeOf(site.cityId, site.cityName)],
    county: (await listPlaces(tx)).map(({ unitId, name }) => placeOf(unitId, name)),
    finding: open.map((finding) => ({
      aboutId: finding.findingId,
      countyId: finding.countyId,
      name: `${finding.number} ${finding.subject}：${finding.found}`,
      finding,
    })),
  }
  return [...plan.templates.values()].flatMap((template) => {
    const subjects = about[template.about].filter(
      ({ countyId, finding }) =>
        mayWrite(visitor, template, template.issuedBy === 'city' ? site.cityId : countyId) &&
        (!finding || mayOrder(template, finding)),
    )
    const named = subjects.map(({ aboutId, name }) => ({ aboutId, name }))
    return named.length > 0 ? [{ template: template.id, zh: template.zh, subjects: named }] : []
  })
}

function headOf(plan: Plan, paper: PaperHead) {
  const { paperId, template, title, asOf, phase, docNumber, issuedOn, edition, voidedOn, voidReason } = paper
  const zh = plan.templates.get(template)?.zh ?? template
  const stands = tellStand(paper)
  return { paperId, zh, title, asOf, phase, stands, docNumber, issuedOn, edition, voidedOn, voidReason }
}

/** 一份公文 — what it says and from where, what changed since the last of its kind, what was done and may be done. */
export async function showPaper(
  tx: Tx,
  { plan }: Lent,
  visitor: Visitor,
  paperId: number,
  { until }: LookedAt,
): Promise<PaperShown | undefined> {
  const now = await findPaper(tx, paperId)
  const [stood] = now ? await listPapers(tx, { until, paperId }) : []
  if (!now || !stood) return undefined
  const paper = { ...now, ...stood }
  const template = plan.templates.get(paper.template)
  const before = await findIssuedBefore(tx, paper)
  const steps = (await listPaperSteps(tx, paper)).filter(({ doneAt }) => isBy(doneAt, until))
  const { revision, hash, planVersion, knownAt, missing } = paper
  const later = await findLaterEdition(tx, paper)
  const editions: PaperHead[] = []
  for (const id of [paper.replaces, later?.paperId])
    if (id) editions.push(...(await listPapers(tx, { until, paperId: id })))
  const open = until !== undefined || !template ? nothingOpen : await openActs(tx, visitor, template, paper)
  return {
    ...headOf(plan, paper),
    revision,
    hash,
    planVersion,
    knownAt,
    document: (paper.phase === now.phase ? now.document : unnumbered(now)) as PaperShown['document'],
    missing: [...missing],
    since: before ? { docNumber: before.docNumber ?? '', changes: changesSince(before, paper) } : null,
    steps: steps.map((step) => ({ ...step, act: actNames[step.act] })),
    editions: editions.map(editionOf),
    receipts: paper.phase === 'issued' ? receiptsBy(await listReceipts(tx, paper), until) : [],
    mayDo: open.acts,
    mayReissue: open.mayReissue && !later,
    waitsFor: open.waitsFor,
    formats: hasTable(paper) ? ['docx', 'xlsx'] : ['docx'],
    pdfSha256: (await keptRendering(tx, paper))?.pdfSha256 ?? null,
  }
}

/** As it read before it was issued. */
function unnumbered({ document: { issuedOn: _, ...document } }: Paper): Paper['document'] {
  return { ...document, docNumber: notNumbered }
}

function editionOf(paper: PaperHead) {
  const { paperId, edition, docNumber } = paper
  return { paperId, words: `第 ${edition} 版 ${docNumber ?? ''}（${tellStand(paper)}）` }
}

function receiptsBy(receipts: readonly Receipt[], until: string | undefined): Receipt[] {
  return receipts.map((receipt) =>
    receipt.receivedAt === null || isBy(receipt.receivedAt, until)
      ? receipt
      : { ...receipt, receivedAt: null, receivedBy: null },
  )
}

const isBy = (moment: string, until: string | undefined) =>
  until === undefined || chinaMoment(moment, 'day') <= until

/** 是否有表 — only tables make a workbook. */
function hasTable({ document: { body, annexes } }: Paper): boolean {
  return [...body, ...annexes.flatMap(({ blocks }) => blocks)].some(({ kind }) => kind === 'table')
}

function changesSince(before: Paper, now: Paper) {
  const was = new Map(boundFields(before.document).map((field) => [field.id, field]))
  const is = new Map(boundFields(now.document).map((field) => [field.id, field]))
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((id) => ({
      zh: (is.get(id) ?? was.get(id))!.zh,
      was: was.get(id)?.text ?? null,
      is: is.get(id)?.text ?? null,
    }))
    .filter((change) => change.was !== change.is)
}
