import { granted, type Result, refused } from '../../kernel/result.ts'
import type { PaperTemplate } from '../../plan/index.ts'
import { actsAllowed } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import type { Books } from '../../records/books.ts'
import type { Finding } from '../../records/findings/finding.ts'
import type { Paper, PaperContent, PaperHead } from '../../records/papers/paper.ts'
import { findLaterEdition, findPaper } from '../../records/papers/read-papers.ts'
import { draftPaper } from '../../records/papers/write-papers.ts'
import { paperAccess } from './access.ts'
import { fillTemplate } from './fill-template.ts'
import { noReason, tellStand } from './flow.ts'
import { gatherFacts, type PaperAsked } from './gather-facts.ts'

type Lent = Pick<Books, 'db' | 'plan' | 'site'>

/** 成稿 — what the paper says, and whose it is; undefined where what it is about is not in sight. */
export async function drawContent(books: Lent, asked: PaperAsked): Promise<Drawn | undefined> {
  const facts = await gatherFacts(books, asked)
  if (!facts) return undefined
  const countyId = asked.template.issuedBy === 'city' ? books.site.cityId : facts.place.unitId
  return { countyId, ownerLevel: facts.ownerLevel, content: fillTemplate(asked.template, facts) }
}

interface Drawn {
  readonly countyId: number
  /** Of a paper about a finding: whose it is to mend. */
  readonly ownerLevel?: Finding['ownerLevel'] | undefined
  readonly content: PaperContent
}

/** 拟稿 — draws a paper and enters it as a draft of the office that issues such papers. */
export async function draft(
  books: Lent,
  visitor: Visitor,
  asked: PaperAsked,
): Promise<Result<{ paperId: number }> | NotFound> {
  const drawn = await drawContent(books, asked)
  if (!drawn) return notFound
  const { countyId, content, ownerLevel } = drawn
  if (!mayWrite(visitor, asked.template, countyId)) return notYours(asked.template)
  if (ownerLevel !== undefined && !mayOrder(asked.template, { ownerLevel })) return ownFinding()
  const { id: template } = asked.template
  const paperId = await books.db.transaction(asked.scope, (tx) =>
    draftPaper(tx, { countyId, template, aboutId: asked.aboutId }, content, visitor),
  )
  return granted({ paperId })
}

/**
 * 出新版 — draws an issued paper anew as its next edition, with the reason; it goes the whole way again and takes a number
 * of its own. The one before stays in force until the new one is issued.
 */
export async function draftEdition(
  books: Lent,
  visitor: Visitor,
  paperId: number,
  reason: string,
  scope: PaperAsked['scope'],
): Promise<Result<{ paperId: number }> | NotFound> {
  const seen = await books.db.transaction(scope, (tx) => findPaper(tx, paperId))
  const template = seen && books.plan.templates.get(seen.template)
  if (!seen || !template) return notFound
  if (!mayWrite(visitor, template, seen.countyId)) return notYours(template)
  const drawn = await drawContent(books, { template, aboutId: seen.aboutId, scope })
  if (!drawn) return notFound
  return books.db.transaction(scope, async (tx) => {
    const paper = await findPaper(tx, paperId, 'locked')
    if (!paper) return notFound
    if (!reason.trim()) return noReason('出新版')
    if (paper.phase !== 'issued' || paper.voidedOn !== null) return notInForce(paper)
    const later = await findLaterEdition(tx, paper)
    if (later) return hasLater(later)
    const newEdition = { of: paper, says: `${paper.docNumber}的第 ${paper.edition + 1} 版：${reason.trim()}` }
    return granted({ paperId: await draftPaper(tx, { ...paper, newEdition }, drawn.content, visitor) })
  })
}

function notInForce(paper: Paper) {
  return refused({
    code: 'paper.not-in-force',
    text: `不能出新版—这份公文的状态是“${tellStand(paper)}”，只有已印发、没有作废的才出新版—请另行拟稿。`,
  })
}

function hasLater({ docNumber, title }: PaperHead) {
  return refused({
    code: 'paper.has-later-edition',
    text: `这份公文已有新一版“${docNumber ?? `${title}（拟稿）`}”—一份公文一次只出一个新版—请办那一份。`,
  })
}

/** 能否办理 — is this visitor of the office whose paper it is? */
export function mayWrite(visitor: Visitor, { issuedBy }: PaperTemplate, countyId: number): boolean {
  return actsAllowed(paperAccess, visitor, { counties: [countyId] }).includes(`write-${issuedBy}`)
}

/** 能否责令 — an office orders those below it: the city its counties and institutions, a county its institutions, nobody itself. */
export function mayOrder(
  { issuedBy }: PaperTemplate,
  { ownerLevel, ofCity = false }: Pick<Finding, 'ownerLevel'> & Partial<Pick<Finding, 'ofCity'>>,
): boolean {
  return ownerLevel === 'institution' || (issuedBy === 'city' && !ofCity)
}

function ownFinding() {
  return refused({
    code: 'paper.own-finding',
    text: '不能拟这份通知书—这个问题由县级负责整改，县里不能给自己下通知—请由市教体局拟发。',
  })
}

/** 不归您办 — with who does. */
export function notYours({ zh, issuedBy }: PaperTemplate) {
  const who = issuedBy === 'city' ? '市教体局' : '该县教育主管部门'
  return refused({
    code: 'paper.not-yours',
    text: `“${zh}”不归您办理—这类公文由${who}拟稿、审批和印发—请联系${who}。`,
  })
}
