import { join, resolve } from 'node:path'
import type { AnchorPlaces } from '../platform/audit/anchor-book.ts'
import { dataFolder } from './data-folder.ts'

/**
 * 锚点去处 — beside the data, and where KUOYOU_AUDIT_ANCHORS says; KUOYOU_AUDIT_KEY names the key that signs.
 *
 * A real site puts the second folder on another machine: who can rewrite both and the key can rewrite the audit.
 */
export function anchorPlaces(data?: string): AnchorPlaces {
  const folder = dataFolder(data)
  const { KUOYOU_AUDIT_ANCHORS, KUOYOU_AUDIT_KEY } = process.env
  return {
    folders: [
      join(folder, 'anchors'),
      KUOYOU_AUDIT_ANCHORS ? resolve(KUOYOU_AUDIT_ANCHORS) : join(folder, 'anchors-second'),
    ],
    keyFile: KUOYOU_AUDIT_KEY ? resolve(KUOYOU_AUDIT_KEY) : join(folder, 'audit-key'),
  }
}
