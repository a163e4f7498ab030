export const writeUnits = 1
