import { bookDay, type ServedSite } from '../../records/books.ts'

/** 所问之日 — the day a reading asks for, today without one; a day ahead of the books says no more than their last. */
export function dayAsked(site: ServedSite, { asOf }: { readonly asOf?: string | undefined }): string {
  const today = bookDay(site)
  return asOf === undefined || asOf > today ? today : asOf
}
