"""What indicators ask for and reach, and what weights, scores and grades follow from it."""
