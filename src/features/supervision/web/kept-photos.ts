/** 待传照片 — a photograph as it lies on this machine and has not reached the platform. */
export interface KeptPhoto {
  /** Sent twice under this name it is one. */
  readonly id: string
  readonly account: string
  /** The draft it was taken for: it goes with no other visit. */
  readonly draft: string
  readonly file: File
}

const database = 'kuoyou-visit-photos'
const store = 'photo'

/** 本机照片 — of this account's draft, as they were taken; rejects where the browser does not let them be read. */
export async function keptPhotos(account: string, draft: string): Promise<readonly KeptPhoto[]> {
  const all = await within<KeptPhoto[]>('readonly', (photos) => photos.getAll())
  return all.filter((photo) => photo.account === account && photo.draft === draft)
}

/** 留照片 — kept before this resolves; rejects where the browser keeps nothing. */
export async function keepPhoto(account: string, draft: string, file: File): Promise<void> {
  const photo: KeptPhoto = { id: crypto.randomUUID(), account, draft, file }
  await within('readwrite', (photos) => photos.add(photo))
}

/** 照片改随 — the photographs of one draft go with another from now on. */
export async function movePhotos(account: string, draft: string, to: string): Promise<void> {
  for (const photo of await keptPhotos(account, draft))
    await within('readwrite', (photos) => photos.put({ ...photo, draft: to }))
}

/** 忘照片 — sent, or not wanted. */
export async function forgetPhoto({ id }: KeptPhoto): Promise<void> {
  await within('readwrite', (photos) => photos.delete(id))
}

async function within<T>(mode: IDBTransactionMode, ask: (photos: IDBObjectStore) => IDBRequest): Promise<T> {
  const opened = await open()
  try {
    const transaction = opened.transaction(store, mode)
    const asked = ask(transaction.objectStore(store))
    return await new Promise<T>((resolve, reject) => {
      transaction.oncomplete = () => resolve(asked.result)
      transaction.onabort = () => reject(transaction.error)
      transaction.onerror = () => reject(transaction.error)
    })
  } finally {
    opened.close()
  }
}

function open(): Promise<IDBDatabase> {
  const opening = indexedDB.open(database, 1)
  return new Promise((resolve, reject) => {
    opening.onupgradeneeded = () => opening.result.createObjectStore(store, { keyPath: 'id' })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
}
