"""Numbers against their context: what others around a number would make it, whatever the words say."""
