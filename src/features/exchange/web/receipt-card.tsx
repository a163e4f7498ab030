import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Card } from '../../../ui/page.tsx'
import type { KindInfo, ReceiptAnswer } from '../contract.ts'

/** 回执 — what was written, on whose word, from which file; prints as it stands. */
export function ReceiptCard({ receipt, kind }: { receipt: ReceiptAnswer; kind: KindInfo | undefined }) {
  const facts: readonly (readonly [string, string])[] = [
    ['数据', kind?.name ?? receipt.kind],
    ['新增', `${receipt.rowsNew} 行`],
    ['更正', `${receipt.rowsCorrected} 处`],
    ['与台账相同', `${receipt.rowsSame} 行`],
    ['未导入', `${receipt.rejectedRows.length} 行`],
  ]
  return (
    <Card
      title={`回执 ${receipt.receiptNumber}`}
      note={receipt.recordedAt && chinaMoment(receipt.recordedAt, 'second')}
    >
      <dl className="facts">
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <ul className="rows">
        <li>
          依据：{receipt.docNumber}（{receipt.decidedOn}），经办：{receipt.accountName}
        </li>
        <li>
          凭据编号：
          {receipt.acts.length > 0
            ? receipt.acts.map(({ countyId, actId }) => `${countyId}-${actId}`).join('、')
            : '没有改动，不立凭据'}
        </li>
        <li style={{ overflowWrap: 'anywhere' }}>
          <span>
            文件：{receipt.fileName}，SHA-256 {receipt.sha256}
          </span>
        </li>
        {receipt.rejectedRows.length > 0 && <li>未导入的行：第 {receipt.rejectedRows.join('、')} 行</li>}
        {receipt.reason && <li>存疑说明：{receipt.reason}</li>}
      </ul>
    </Card>
  )
}
