import { Link } from '@tanstack/react-router'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Card } from '../../../ui/page.tsx'
import type { PaperBoard } from '../contract.ts'

/** 市里来文 — what the city issued to this county: what waits for its signature first. */
export function ReceivedCard({ received }: Pick<PaperBoard, 'received'>) {
  if (received.length === 0) return null
  const waits = ({ receivedAt, voidedOn }: (typeof received)[number]) =>
    receivedAt === null && voidedOn === null
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
              </span>
            </span>
            <CopyState copy={copy} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** 签收情况 — void, not signed for, or signed for by whom. */
export function CopyState({ copy }: { copy: PaperBoard['received'][number] }) {
  const { voidedOn, receivedAt, receivedBy } = copy
  if (voidedOn !== null) return <span className="tag shortage">作废</span>
  if (receivedAt === null) return <span className="tag waiting">待签收</span>
  return (
    <span className="quiet">
      {chinaMoment(receivedAt)} {receivedBy} 签收
    </span>
  )
}
