/** The mark: two threads beside each other, and the name. */
export function Mark() {
  return (
    <>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path
          d="M9 30C9 22 4 19 9 11 12 6 12 4 12 2"
          fill="none"
          stroke="#34307F"
          stroke-width="4.5"
          stroke-linecap="round"
        />
        <path
          d="M20 30C20 22 15 19 20 11 23 6 23 4 23 2"
          fill="none"
          stroke="#B86E00"
          stroke-width="4.5"
          stroke-dasharray="6.5 4"
        />
      </svg>
      <span lang="en">Alongside</span>
    </>
  )
}
