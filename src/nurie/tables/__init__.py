"""Tables I-IV of the paper and its figures, each one command: train every row alike, score it, write it down."""
