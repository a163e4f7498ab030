import { granted, type Result, refused } from '../../kernel/result.ts'
import type { PaperTemplate } from '../../plan/index.ts'
import { actsAllowed } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Scope } from '../../platform/db/scope.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import type { Books } from '../../records/books.ts'
import type { PaperContent } from '../../records/papers/paper.ts'
import { draftPaper } from '../../records/papers/write-papers.ts'
import { paperAccess } from './access.ts'
import { fillTemplate } from './fill-template.ts'
import { gatherFacts } from './gather-facts.ts'

type Lent = Pick<Books, 'db' | 'plan' | 'site'>

/** 成稿要求 — which template, about what, in whose sight, on which day and, to draw it again, at which moment. */
export interface ContentAsked {
  readonly template: PaperTemplate
  readonly aboutId: number
  readonly scope: Scope & { readonly asOf: string }
}

/** 成稿 — what the paper says, and whose it is; undefined where what it is about is not in sight. */
export async function drawContent(
  books: Lent,
  asked: ContentAsked,
): Promise<{ readonly countyId: number; readonly content: PaperContent } | undefined> {
  const facts = await gatherFacts(books, asked)
  if (!facts) return undefined
  const countyId = asked.template.issuedBy === 'city' ? books.site.cityId : facts.place.unitId
  return { countyId, content: fillTemplate(asked.template, facts) }
}

/** 拟稿 — draws a paper and enters it as a draft of the office that issues such papers. */
export async function draft(
  books: Lent,
  visitor: Visitor,
  asked: ContentAsked,
): Promise<Result<{ paperId: number }> | NotFound> {
  const drawn = await drawContent(books, asked)
  if (!drawn) return notFound
  const { countyId, content } = drawn
  if (!mayWrite(visitor, asked.template, countyId)) return notYours(asked.template)
  const { id: template } = asked.template
  const paperId = await books.db.transaction(asked.scope, (tx) =>
    draftPaper(tx, { countyId, template, aboutId: asked.aboutId }, content, visitor),
  )
  return granted({ paperId })
}

/** 能否办理 — is this visitor of the office whose paper it is? */
export function mayWrite(visitor: Visitor, { issuedBy }: PaperTemplate, countyId: number): boolean {
  return actsAllowed(paperAccess, visitor, { counties: [countyId] }).includes(`write-${issuedBy}`)
}

/** 不归您办 — with who does. */
export function notYours({ zh, issuedBy }: PaperTemplate) {
  const who = issuedBy === 'city' ? '市教体局' : '该县教育主管部门'
  return refused({
    code: 'paper.not-yours',
    text: `“${zh}”不归您办理—这类公文由${who}拟稿、审批和印发—请联系${who}。`,
  })
}
