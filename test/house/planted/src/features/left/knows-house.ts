import { house } from '../../app/house.ts'
export const home = house
