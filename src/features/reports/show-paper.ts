import type { PaperTemplate, Plan } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { boundFields } from '../../platform/print/official-document.ts'
import type { Books } from '../../records/books.ts'
import { listFindings } from '../../records/findings/list-findings.ts'
import { listPlaces } from '../../records/indicators/list-places.ts'
import type { Paper, PaperHead } from '../../records/papers/paper.ts'
import { listReceipts } from '../../records/papers/paper-copy.ts'
import {
  findIssuedBefore,
  findLaterEdition,
  findPaper,
  listPaperSteps,
  listPapers,
} from '../../records/papers/read-papers.ts'
import type { PaperBoard, PaperShown } from './contract.ts'
import { mayOrder, mayWrite } from './draft-paper.ts'
import { actNames, movesOpenTo, tellStand } from './flow.ts'
import { keptRendering } from './lay-out-paper.ts'
import { receivedBy } from './received-routes.ts'

type Lent = Pick<Books, 'plan' | 'site'>

/** A list to choose from, not a book: the rest is found by narrowing in the supervision room. */
const findingsOffered = 200

/** 公文一览 — the papers in sight, and what this visitor may draft about whom. */
export async function paperBoard(tx: Tx, { plan, site }: Lent, visitor: Visitor): Promise<PaperBoard> {
  const counties = (await listPlaces(tx)).map(({ unitId, name }) => ({
    aboutId: unitId,
    ownerLevel: undefined,
    countyId: unitId,
    name,
  }))
  const phases = ['opened', 'assigned', 'signed', 'answered', 'rechecked'] as const
  const findings = (await listFindings(tx, { phases }, { limit: findingsOffered })).map(
    ({ findingId, ownerLevel, countyId, number, subject, found }) => ({
      aboutId: findingId,
      ownerLevel,
      countyId,
      name: `${number} ${subject}：${found}`,
    }),
  )
  const city = [{ aboutId: site.cityId, ownerLevel: undefined, countyId: site.cityId, name: site.cityName }]
  const about = { city, county: counties, finding: findings }
  const templates = [...plan.templates.values()].map((template) => ({
    template: template.id,
    zh: template.zh,
    subjects: about[template.about]
      .filter(
        ({ countyId, ownerLevel }) =>
          mayWrite(visitor, template, template.issuedBy === 'city' ? site.cityId : countyId) &&
          (ownerLevel === undefined || mayOrder(template, ownerLevel)),
      )
      .map(({ aboutId, name }) => ({ aboutId, name })),
  }))
  const papers = (await listPapers(tx)).map((paper) => headOf(plan, paper))
  const received = await receivedBy(tx, plan, visitor)
  return { templates: templates.filter(({ subjects }) => subjects.length > 0), papers, received }
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
): Promise<PaperShown | undefined> {
  const paper = await findPaper(tx, paperId)
  if (!paper) return undefined
  const template = plan.templates.get(paper.template)
  const before = await findIssuedBefore(tx, paper)
  const steps = await listPaperSteps(tx, paper)
  const { revision, hash, planVersion, knownAt, document, missing } = paper
  const earlier = paper.replaces === null ? undefined : await findPaper(tx, paper.replaces)
  const later = await findLaterEdition(tx, paper)
  const open = mayDo(visitor, template, paper)
  return {
    ...headOf(plan, paper),
    revision,
    hash,
    planVersion,
    knownAt,
    document: document as PaperShown['document'],
    missing: [...missing],
    since: before ? { docNumber: before.docNumber ?? '', changes: changesSince(before, paper) } : null,
    steps: steps.map((step) => ({ ...step, act: actNames[step.act] })),
    editions: [earlier, later].flatMap((each) => (each ? [editionOf(each)] : [])),
    receipts: await listReceipts(tx, paper),
    mayDo: open,
    // What may be declared void may also be issued anew, once.
    mayReissue: open.includes('void') && !later,
    formats: hasTable(paper) ? ['docx', 'xlsx'] : ['docx'],
    pdfSha256: (await keptRendering(tx, paper))?.pdfSha256 ?? null,
  }
}

function editionOf(paper: PaperHead) {
  const { paperId, edition, docNumber } = paper
  return { paperId, words: `第 ${edition} 版 ${docNumber ?? ''}（${tellStand(paper)}）` }
}

function mayDo(visitor: Visitor, template: PaperTemplate | undefined, paper: Paper): PaperShown['mayDo'] {
  return template && mayWrite(visitor, template, paper.countyId) ? movesOpenTo(paper, visitor.account) : []
}

/** 是否有表 — only tables make a workbook. */
export function hasTable({ document: { body, annexes } }: Paper): boolean {
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
