export const look = 1
