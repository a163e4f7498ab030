import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import { fieldNames, type PersonAnswer, type UnmaskAnswer } from '../contract.ts'
import { PurposeField, type PurposeWord } from './purpose-field.tsx'

/** 遮蔽字段 — opens for a purpose and closes itself again after the minutes the server gave. */
export function MaskedField({ person, field }: { person: PersonAnswer; field: keyof typeof fieldNames }) {
  const [asking, setAsking] = useState(false)
  const [opened, setOpened] = useState<UnmaskAnswer>()
  useEffect(() => {
    if (!opened) return
    const timer = setTimeout(() => setOpened(undefined), opened.minutes * 60_000)
    return () => clearTimeout(timer)
  }, [opened])
  const masked = person.masked[field]
  return (
    <div>
      <dt>{fieldNames[field]}</dt>
      <dd style={{ fontSize: 15, overflowWrap: 'anywhere' }}>
        {opened?.plain ?? masked ?? '没有登记'}
        {masked !== null && person.may.includes('unmask') && (
          <button
            className="link-button no-print"
            type="button"
            style={{ marginLeft: 8 }}
            onClick={() => (opened ? setOpened(undefined) : setAsking(true))}
          >
            {opened ? '重新遮蔽' : '查看原文'}
          </button>
        )}
      </dd>
      {opened && (
        <dd className="quiet" style={{ fontSize: 12 }}>
          {opened.minutes} 分钟后自动遮蔽；这次查看已记录。
        </dd>
      )}
      {asking && (
        <AskPurpose
          personId={person.personId}
          field={field}
          onClose={() => setAsking(false)}
          onOpened={(answer) => {
            setAsking(false)
            setOpened(answer)
          }}
        />
      )}
    </div>
  )
}

function AskPurpose(props: {
  personId: number
  field: keyof typeof fieldNames
  onClose: () => void
  onOpened: (answer: UnmaskAnswer) => void
}) {
  const [purpose, setPurpose] = useState<PurposeWord>()
  const queries = useQueryClient()
  const send = useSend<object, UnmaskAnswer>('POST', `/api/people/pupils/${props.personId}/unmask`)
  const open = () =>
    send.mutate(
      { field: props.field, purpose },
      {
        onSuccess: (answer) => {
          queries.invalidateQueries({ queryKey: [`/api/people/pupils/${props.personId}/accesses`] })
          props.onOpened(answer)
        },
      },
    )
  return (
    <Modal
      open
      title={`查看${fieldNames[props.field]}原文`}
      okText="查看"
      cancelText="取消"
      okButtonProps={{ disabled: !purpose, loading: send.isPending }}
      onOk={open}
      onCancel={props.onClose}
    >
      <p>
        这是未成年人的敏感信息。请选择事由；查看人、时间和事由会留在这个孩子的记录里，监护人可以要求查阅。
      </p>
      <PurposeField value={purpose} onChange={setPurpose} />
      {send.error && <Problem error={send.error} />}
    </Modal>
  )
}
