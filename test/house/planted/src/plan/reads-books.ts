import { book } from '../records/book.ts'
export const read = book
