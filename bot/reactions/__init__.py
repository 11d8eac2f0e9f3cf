"""What follows from what happened: pure.

From an event and the state after it to what goes out and what comes due.
"""
