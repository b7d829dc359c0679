"""sentence, dossier -> passport: who carries one sentence, its way from a mouth to each page, and what changed on it."""
