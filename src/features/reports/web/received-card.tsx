import { Link } from '@tanstack/react-router'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Card } from '../../../ui/page.tsx'
import type { PaperBoard } from '../contract.ts'

/** 市里来文 — what the city issued to this county: what waits for its signature first. */
export function ReceivedCard({ received }: Pick<PaperBoard, 'received'>) {
  if (received.length === 0) return null
  const waits = ({ receivedAt, voidedOn }: Copy) => receivedAt === null && voidedOn === null
  const sorted = [...received.filter(waits), ...received.filter((each) => !waits(each))]
  return (
    <Card title="市里来文" note={`共 ${received.length} 份，待签收 ${received.filter(waits).length} 份`}>
      <ul className="rows">
        {sorted.map((copy) => (
          <li key={`${copy.countyId} ${copy.paperId}`}>
            <span className="grow">
              <Link to={`/papers/received/${copy.countyId}/${copy.paperId}` as never}>{copy.title}</Link>
              <br />
              <span className="quiet">
                {copy.zh} · {copy.docNumber} · {copy.issuedOn}
                {copy.receivedAt !== null && (
                  <>
                    <br />
                    {tellReceipt(copy)}
                  </>
                )}
              </span>
            </span>
            <CopyTag copy={copy} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

type Copy = PaperBoard['received'][number]

/** 签收情况 — who signed for it and when. */
export function tellReceipt({ receivedAt, receivedBy }: Copy): string {
  return receivedAt === null ? '' : `${chinaMoment(receivedAt)} ${receivedBy} 签收`
}

/** 来文标签 — void, or not signed for yet. */
export function CopyTag({ copy: { voidedOn, receivedAt } }: { copy: Copy }) {
  if (voidedOn !== null) return <span className="tag shortage">作废</span>
  return receivedAt === null ? <span className="tag waiting">待签收</span> : null
}
