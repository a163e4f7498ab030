import { writeUnits } from '../../records/registry/write-units.ts'
export const written = writeUnits
