"""What of the page no reader took."""
