"""How fast the paint network trains, and in how little memory: nurie's form beside a literal one, in one run.

    python -m benchmarks.training [--side 256] [--regions 166] [--device cuda]

The literal form has the same weights and gives the same pictures and gradients: K masks of h x w for each picture, and
a modulated convolution for one picture at a time. `docs/training-speed.md` holds the results.
"""
