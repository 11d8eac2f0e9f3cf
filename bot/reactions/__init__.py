"""What follows from what happened: pure, from an event and the state after it to what goes out and what comes due."""
