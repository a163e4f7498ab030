import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/app/data-folder.ts'
import { cruiseHouse } from './cruise-house.ts'
import { drawMap } from './draw-map.ts'

writeFileSync(join(root, 'docs/map.md'), drawMap(await cruiseHouse()))
