import { look } from '../../ui/look.ts'
export const drawn = look
