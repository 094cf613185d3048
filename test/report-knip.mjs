// Tells how many files knip looked at, so that a look at nothing does not pass.

/** A reporter as knip calls it, after its own one has listed what it found. */
export default function reportKnip({ counters }) {
  console.log(`knip looked at ${counters.processed} of ${counters.total} files`);
}
