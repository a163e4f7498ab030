import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { KnownBooks, KnownUnit } from './known-books.ts'
import { metresToOutline, pointInOutline, type Ring } from './point-in-outline.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/**
 * 位置可信 — both coordinates, their datum, and inside the county the row says.
 *
 * CGCS2000 and WGS-84 agree to centimetres and are stored alike. Points given the wrong way round are
 * recognised by lying in the county once turned. Outlines are simplified: up to their error beyond the
 * line is a doubt, farther is refused.
 */
export function judgePlace(row: FieldRow, known: KnownBooks, unit: KnownUnit | undefined): CellProblem[] {
  const { lng, lat, datum } = row.values
  if (lng === undefined && lat === undefined) return []
  if (typeof lng !== 'number' || typeof lat !== 'number')
    return [
      fieldProblem(
        row,
        lng === undefined ? 'lng' : 'lat',
        'place.half',
        `经度和纬度只填了一个—一个数定不了位置—请两个都填，或都留空。`,
      ),
    ]
  if (datum === undefined && row.mapping.datum === undefined) return [noDatum(row, 'lng')]
  const problems = datum === undefined ? [noDatum(row, 'datum')] : []
  const outline = unit && known.outlines.get(unit.countyId)
  return outline ? [...problems, ...judgeInside(row, lng, lat, outline, known)] : problems
}

function noDatum(row: FieldRow, key: string): CellProblem {
  return fieldProblem(
    row,
    key,
    'place.no-datum',
    '填了经纬度，却没有“坐标系”—同样的数在不同坐标系里相差几百米—请在“坐标系”列填 CGCS2000 或 WGS-84；不知道坐标系的，经纬度留空。',
  )
}

function judgeInside(
  row: FieldRow,
  lng: number,
  lat: number,
  outline: readonly (readonly Ring[])[],
  known: KnownBooks,
): CellProblem[] {
  if (pointInOutline(lng, lat, outline)) return []
  if (pointInOutline(lat, lng, outline))
    return [
      fieldProblem(
        row,
        'lng',
        'place.swapped',
        `经度 ${lng}、纬度 ${lat} 填反了—对调以后正好落在本县—请把两列对调。`,
      ),
    ]
  const metres = Math.round(metresToOutline(lng, lat, outline))
  if (metres <= known.limits.outlineToleranceM)
    return [
      fieldProblem(
        row,
        'lng',
        'place.near-border',
        `点（${lng}，${lat}）在县界外约 ${metres} 米—平台的县界是简化的，误差有 ${known.limits.outlineToleranceM} 米上下，也可能用错了坐标系—请核对；属实的，确认时写明。`,
        'doubt',
      ),
    ]
  return [
    fieldProblem(
      row,
      'lng',
      'place.outside-county',
      `点（${lng}，${lat}）在所在县的边界以外约 ${(metres / 1000).toFixed(1)} 公里—机构应在它登记的县里—请核对经纬度、坐标系和所在单位代码。`,
    ),
  ]
}
