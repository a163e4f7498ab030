import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { Card } from '../../../ui/page.tsx'
import type { Sign, TargetDetail, TargetPlace } from '../contract.ts'
import { signWords } from './sign-words.ts'
import type { OpenedFigure } from './use-targets-view.ts'

/** Those that hold back stand first. */
const order: readonly Sign[] = ['missed', 'behind', 'missing', 'open', 'on-path', 'reached', 'idle']

/** 各单位进度 — every place's standing in a sentence, those that hold back first. */
export function PlacesCard(props: {
  detail: TargetDetail
  onChoose: (unitId: number) => void
  onFigure: (figure: OpenedFigure) => void
}) {
  const { detail, onChoose, onFigure } = props
  const places = detail.places.toSorted((one, other) => order.indexOf(one.sign) - order.indexOf(other.sign))
  return (
    <Card title={`${detail.targetId} 各单位进度`} note="落后的在前">
      <ul className="rows">
        {places.map((place) => (
          <li key={place.unitId}>
            <button
              className="link-button place"
              type="button"
              title={place.name}
              onClick={() => onChoose(place.unitId)}
            >
              {shortPlaceName(place.name)}
            </button>
            <span className="grow">{place.sentence}</span>
            <span className={`tag ${tagOf(place.sign)}`}>{signWords[place.sign]}</span>
            {place.currentYear && (
              <button
                className="figure"
                type="button"
                aria-label={`${place.name} ${place.words}，查看来历`}
                onClick={() => onFigure(figureOf(detail, place))}
              >
                {place.words}
              </button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function figureOf(detail: TargetDetail, place: TargetPlace): OpenedFigure {
  const reading = place.series[0]?.reading
  const params = { unit: place.unitId, year: place.currentYear ?? 0, ...(reading && { reading }) }
  return { path: `/api/targets/${detail.targetId}/provenance`, params }
}

function tagOf(sign: Sign): string {
  if (sign === 'behind' || sign === 'missed') return 'shortage'
  if (sign === 'reached' || sign === 'on-path') return 'surplus'
  return sign === 'missing' ? 'waiting' : 'plain'
}
