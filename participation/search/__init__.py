"""Finding dossiers by words, place, kind, state, phase and time: see docs/search.md."""
