// What this browser keeps for us. One that keeps nothing (a private window, a full disk) does without, and no script stops for it.

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps words under a key; null forgets it. */
export function keep(key: string, words: string | null): void {
  try {
    if (words === null) localStorage.removeItem(key);
    else localStorage.setItem(key, words);
  } catch {
    // The words stay in the page.
  }
}
