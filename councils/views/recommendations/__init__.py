"""Pages of recommendations: for everybody, for the council, for bodies, for whoever is asked."""
