"""The triage aid: what a message seems to be, and the words that made it think so."""

import os

# A message is too short for two threads: they would only spin for one another, beside a service at work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
