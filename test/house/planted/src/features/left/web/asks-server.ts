import { left } from '../rules.ts'
export const page = left
