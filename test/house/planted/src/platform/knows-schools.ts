import { book } from '../records/book.ts'
export const known = book
