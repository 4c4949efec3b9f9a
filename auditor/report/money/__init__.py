"""Money tables: headers of roles or of sources, and the amounts in the rows under them."""
