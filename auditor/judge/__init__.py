"""The model step: questions out, answers in, every quote verified. It only asks."""
