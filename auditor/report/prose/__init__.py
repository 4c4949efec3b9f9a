"""What running text states: amounts, the total score, the grade."""
