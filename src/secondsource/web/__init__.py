"""a case -> pages and answers in a browser on this machine."""
