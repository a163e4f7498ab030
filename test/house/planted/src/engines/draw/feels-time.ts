export const now = () => Date.now()
export const luck = () => Math.random()
export const told = () => console.log(process.pid)
