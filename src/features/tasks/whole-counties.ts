import type { Visitor } from '../../platform/access/visitor.ts'

/**
 * 能看全县 — does the visitor act for whole counties? The county's filings of who does what stand beside no school:
 * whoever acts for some schools alone would see none of them, and every item as nobody's.
 */
export function hasWholeCounties({ institutions, shares }: Visitor): boolean {
  return !institutions && !shares?.some((share) => share.institutions)
}
