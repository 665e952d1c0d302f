"""What colouring costs, from the drawing's file to the result's.

Time by step, peak memory, and how near the networks are to what the processor could do.

    python -m benchmarks.inference [--side PX ...] [--kind KIND ...] [--threads N]

Each drawing is coloured in a process of its own. CPU seconds are of all threads together: unlike wall-clock seconds,
they are much the same on a busy machine.
"""
