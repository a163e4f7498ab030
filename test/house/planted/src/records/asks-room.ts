import { left } from '../features/left/rules.ts'
export const asked = left
