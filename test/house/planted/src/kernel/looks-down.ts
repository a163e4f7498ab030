import { book } from '../records/book.ts'
export const lowered = book
