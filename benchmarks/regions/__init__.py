"""How accurate and how fast region maps are: nurie's methods beside others, on drawings whose true regions are known.

    python -m benchmarks.regions accuracy --out DIR --cache DIR [--plan quick|full] [--linefiller PATH]
    python -m benchmarks.regions speed    --out DIR --cache DIR [--linefiller PATH]
    python -m benchmarks.regions report   --out DIR [--docs docs]

`docs/regions.md` holds the results and says how they are made.
"""
