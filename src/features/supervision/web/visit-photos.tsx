import { Button, Upload } from 'antd'
import { sizeWords } from '../../../ui/attachments.tsx'
import type { KeptPhoto } from './kept-photos.ts'

/** 待传照片 — taken or chosen on the spot, with a line or without; each can be taken back until it is sent. */
export function VisitPhotos(props: {
  photos: readonly KeptPhoto[]
  add: (file: File) => void
  remove: (photo: KeptPhoto) => void
  /** The browser keeps nothing. */
  trouble: boolean
  disabled: boolean
}) {
  const { photos, add, remove, trouble, disabled } = props
  const take = (file: File) => {
    add(file)
    return false
  }
  const common = { showUploadList: false, disabled, beforeUpload: take } as const
  return (
    <div style={{ marginTop: 10 }}>
      <ul className="rows">
        {photos.map((photo) => (
          <li key={photo.id}>
            <span className="grow" style={{ overflowWrap: 'anywhere' }}>
              {photo.file.name} <span className="quiet">{sizeWords(photo.file.size)}，待传</span>
            </span>
            <Button
              size="small"
              aria-label={`不要 ${photo.file.name}`}
              disabled={disabled}
              onClick={() => remove(photo)}
            >
              不要
            </Button>
          </li>
        ))}
      </ul>
      <div className="page-tools">
        <Upload {...common} multiple accept=".jpg,.jpeg,.png,.webp">
          <Button disabled={disabled}>添加照片</Button>
        </Upload>
        <span className="only-phone">
          <Upload {...common} accept="image/*" capture="environment">
            <Button disabled={disabled}>拍照</Button>
          </Upload>
        </span>
      </div>
      {trouble && (
        <p className="notice" role="alert">
          这张照片没有留住：浏览器不让本页存文件，或空间已满。请先连上网络提交文字，再在记录页上传照片。
        </p>
      )}
    </div>
  )
}
