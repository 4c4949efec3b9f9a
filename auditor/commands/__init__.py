"""The commands of the command line, a module for each kind. No logic: heavy imports wait inside them."""
