import { left } from '../left/rules.ts'
export const touched = left
