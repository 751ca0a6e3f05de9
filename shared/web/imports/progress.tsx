interface ProgressProps {
  readonly words: string;
  readonly value: number;
  readonly most: number;
  /** True until a script shows it. */
  readonly hidden?: boolean;
  /** Tells the script to load the page again until the import is done. */
  readonly running?: boolean;
}

/** A progress bar; assets/import-progress.js keeps it up to date. */
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
