import { forgetComplaints } from '../features/supervision/index.ts'
import type { Books } from '../records/books.ts'
import { applyRetention, type Retained } from '../records/people/apply-retention.ts'

/** 保存期清理 — erases the people and the words of complaints whose time is over; of complaints nothing where no term was entered. */
export async function applyTerms(
  books: Pick<Books, 'db' | 'plan'>,
  counties: readonly number[],
  today: string,
): Promise<Retained & { readonly complaints?: number }> {
  const people = await applyRetention(books.db, counties, today)
  const complaints = await forgetComplaints(books, counties, today)
  return { ...people, ...(complaints !== undefined && { complaints }) }
}
