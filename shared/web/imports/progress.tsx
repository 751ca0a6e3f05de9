interface ProgressProps {
  readonly words: string;
  readonly value: number;
  readonly most: number;
  /** Until a script shows it. */
  readonly hidden?: boolean;
  /** Whether the page that it stands on is to be looked at again. */
  readonly running?: boolean;
}

/** How far an import is; a script keeps it up to date (assets/import-progress.js). */
export function Progress({ words, value, most, hidden, running }: ProgressProps) {
  return (
    <div
      id="voortgang"
      class="progress"
      tabindex={-1}
      hidden={hidden}
      data-running={running ? "yes" : undefined}
    >
      <p role="status" id="voortgang-tekst">
        {words}
      </p>
      <progress aria-labelledby="voortgang-tekst" value={value} max={most} />
    </div>
  );
}
