"""sentence, dossier -> passport: which articles carry one sentence, its way from a mouth to each page, and what changed on it."""
