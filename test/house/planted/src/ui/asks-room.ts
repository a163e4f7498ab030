import { left } from '../features/left/contract.ts'
export const shown = left
