import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Progress, Space, Upload } from 'antd'
import { type ReactNode, useState } from 'react'
import { chinaMoment } from '../kernel/china-moment.ts'
import { Answered, Problem } from './page.tsx'
import { type AnswerError, type Params, useAnswer, useApi } from './use-api.tsx'

interface Attachment {
  readonly attachmentId: string
  readonly name: string
  readonly bytes: number
  readonly addedName: string
  readonly addedAt: string
  readonly removedName: string | null
  readonly removedAt: string | null
  readonly reason: string | null
}

/** 附件 — what belongs to a thing: a place to drop a file or take its photograph, the list, removing with a reason. */
export function Attachments(props: {
  /** Of the thing: `/api/…/{id}/attachments`. */
  path: string
  mayKeep: boolean
  /** Endings and types the file dialogue offers. */
  accept: string
  /** Said where nothing is attached yet. */
  empty: string
  /** What opening one must tell, such as a purpose; undefined while it is not yet known: nothing opens. */
  openWith?: Params | undefined
  /** Asks for what `openWith` needs. */
  asking?: ReactNode
}) {
  const query = useAnswer<Attachment[]>(props.path)
  const client = useQueryClient()
  const reread = () => client.invalidateQueries({ queryKey: [props.path] })
  return (
    <>
      <Answered query={query} rows={2}>
        {(all) => (
          <>
            {all.length === 0 && <p className="quiet">{props.empty}</p>}
            {all.some(({ removedAt }) => removedAt === null) && props.asking}
            <ul className="rows">
              {all.map((each) => (
                <Line key={each.attachmentId} each={each} {...props} onChange={reread} />
              ))}
            </ul>
          </>
        )}
      </Answered>
      {props.mayKeep && <DropZone path={props.path} accept={props.accept} onSent={reread} />}
    </>
  )
}

function Line(props: {
  each: Attachment
  path: string
  mayKeep: boolean
  openWith?: Params | undefined
  asking?: ReactNode
  onChange: () => void
}) {
  const api = useApi()
  const { each, path, openWith, asking } = props
  const href = `${path}/${each.attachmentId}`
  const mayOpen = asking === undefined || openWith !== undefined
  if (each.removedAt !== null)
    return (
      <li>
        <span className="grow quiet">
          <s>{each.name}</s>
          <br />
          {chinaMoment(each.removedAt)} {each.removedName}移除：{each.reason}
        </span>
      </li>
    )
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <span className="grow" style={{ overflowWrap: 'anywhere' }}>
        {mayOpen ? (
          <a href={api.href(href, openWith)} download>
            {each.name}
          </a>
        ) : (
          each.name
        )}
        <br />
        <span className="quiet">
          {sizeWords(each.bytes)}，{chinaMoment(each.addedAt)} {each.addedName}
        </span>
      </span>
      {props.mayKeep && <Removal path={`${href}/removal`} name={each.name} onRemoved={props.onChange} />}
    </li>
  )
}

function Removal({ path, name, onRemoved }: { path: string; name: string; onRemoved: () => void }) {
  const api = useApi()
  const [reason, setReason] = useState<string>()
  const [error, setError] = useState<AnswerError>()
  if (reason === undefined)
    return (
      <Button size="small" aria-label={`移除 ${name}`} onClick={() => setReason('')}>
        移除
      </Button>
    )
  const remove = () => api.send('POST', path, { reason }).then(onRemoved, setError)
  return (
    <span style={{ flexBasis: '100%' }}>
      <Space.Compact style={{ width: '100%' }}>
        <Input
          aria-label="移除的理由"
          placeholder="理由，如：拍糊了，重拍"
          maxLength={200}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <Button disabled={reason.trim().length < 2} onClick={remove}>
          移除
        </Button>
        <Button onClick={() => setReason(undefined)}>取消</Button>
      </Space.Compact>
      {error && <Problem error={error} />}
    </span>
  )
}

/** 拖放区 — one file at a time, with its progress; on a phone the camera stands beside it. */
export function DropZone(props: { path: string; accept: string; onSent: () => void }) {
  const api = useApi()
  const [share, setShare] = useState<number>()
  const [error, setError] = useState<AnswerError>()
  const send = (file: File) => {
    setError(undefined)
    setShare(0)
    api
      .upload(props.path, file, {}, setShare)
      .then(props.onSent, setError)
      .finally(() => setShare(undefined))
    return false
  }
  const sending = share !== undefined
  const common = { maxCount: 1, showUploadList: false, disabled: sending, beforeUpload: send } as const
  return (
    <div style={{ marginTop: 10 }}>
      <Upload.Dragger {...common} accept={props.accept}>
        <Button loading={sending}>选择文件</Button>
        <p className="quiet" style={{ margin: '8px 0 0' }}>
          或把文件拖到这里，20 MB 以内；照片会去掉拍摄地点。
        </p>
      </Upload.Dragger>
      <div className="only-phone" style={{ marginTop: 8 }}>
        <Upload {...common} accept="image/*" capture="environment">
          <Button disabled={sending}>拍照</Button>
        </Upload>
      </div>
      {sending && <Progress percent={Math.floor(share * 100)} aria-label="上传进度" />}
      {error && <Problem error={error} />}
    </div>
  )
}

/** 大小 — 312 KB, 4.2 MB. */
export function sizeWords(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
