import { nothing } from './not-there.ts'
export const nowhere = nothing
