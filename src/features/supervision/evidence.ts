import Type from 'typebox'
import { attachmentRoutes } from '../../platform/files/attachment-routes.ts'
import type { Thing } from '../../platform/files/attachments.ts'
import type { Books, BooksRoute } from '../../records/books.ts'
import type { Finding } from '../../records/findings/finding.ts'
import { findFinding } from '../../records/findings/list-findings.ts'
import { findingAccess } from './access.ts'

/** 佐证所属 — the finding as the thing its evidence belongs to; a school sees that of its own. */
export function evidenceOf({ countyId, findingId, institutionId }: Finding): Thing {
  return { kind: 'finding', id: String(findingId), countyId, institutionId: institutionId ?? undefined }
}

/** 佐证接口 — photographs and papers of what was found and how it was mended. */
export const evidenceRoutes: readonly BooksRoute[] = attachmentRoutes<Books>({
  path: '/api/findings/{findingId}',
  zh: '问题与整改佐证',
  id: Type.Integer({ minimum: 1 }),
  read: findingAccess.read,
  keep: findingAccess.attach,
  accepts: ['jpeg', 'png', 'webp', 'pdf'],
  find: async (tx, _, id) => {
    const finding = await findFinding(tx, Number(id))
    return finding && evidenceOf(finding)
  },
})
